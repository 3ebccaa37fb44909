"""Sources shared among processes: what they read is what one process reads, and an error of any of them ends the round."""

import asyncio
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from atalaya.clock import system_clock
from atalaya.countries.pack import Source
from atalaya.exceptions import StoreError
from atalaya.rounds import crew
from atalaya.rounds.crew import by_host, claimed, processes_for


def source(name: str, url: str) -> Source:
    return Source(id=name, title={"": name}, protocol="datajson", url=url)


@pytest.fixture
def days(days: Any) -> Any:
    """The small country by the machine's clock, which alone can be kept by several processes."""
    days.pacing = system_clock
    return days


def test_sources_of_one_host_are_claimed_together_and_once(tmp_path: Path) -> None:
    groups = by_host(
        [source("a", "https://x.example/a"), source("b", "https://y.example/"), source("c", "http://X.example/c")]
    )
    assert groups == [["a", "c"], ["b"]]
    one, other = claimed(groups, tmp_path), claimed(groups, tmp_path)
    assert [next(one), next(other)] == [["a", "c"], ["b"]]
    assert [*one, *other] == []


def test_few_sources_are_read_in_one_process(days: Any) -> None:
    assert processes_for(None, 1000) == 1
    assert processes_for(days, crew.LEAST_SOURCES - 1) == 1


@pytest.fixture
def shared(days: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The small country with its two sources shared between this process and another."""
    monkeypatch.setattr("atalaya.rounds.harvesting.processes_for", lambda apart, _sources: 1 if apart is None else 2)
    return days


def contents(observation: Any) -> dict[str, str | None]:
    return {entry.name: entry.content_sha256 for entry in observation.manifest.tables}


def test_two_processes_read_what_one_reads(days: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    run = asyncio.create_subprocess_exec

    async def counted(*command: str, **more: Any) -> Any:
        started.append(command[-1])
        return await run(*command, **more)

    alone = days.observe(0)
    monkeypatch.setattr(asyncio, "create_subprocess_exec", counted)
    monkeypatch.setattr("atalaya.rounds.harvesting.processes_for", lambda _apart, _sources: 2)
    days.home = tmp_path / "another-home"
    assert contents(days.observe(0)) == contents(alone)
    assert started == [crew.WORKER]


def test_two_processes_fetch_what_one_fetches(days: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process leaves every group to the other one, so that what is there was fetched there."""
    alone = days.observe(0)
    monkeypatch.setattr("atalaya.rounds.fetching.processes_for", lambda _apart, _groups, _resources: 2)
    told: list[str] = []
    helped = crew.helped

    @asynccontextmanager
    async def left(apart: Any, task: Any, others: int, done: Any) -> Any:
        def counted() -> None:
            told.append(task.work)
            done()

        async with helped(apart, task, others, counted):
            yield iter(())

    monkeypatch.setattr("atalaya.rounds.fetching.helped", left)
    days.home = tmp_path / "another-home"
    assert contents(days.observe(0)) == contents(alone)
    assert told
    assert set(told) == {crew.Work.FETCH}


def test_an_error_of_another_process_ends_the_round(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other process finds an archive that is no folder; this one leaves every group to it."""

    def none(_groups: object, _claims: object) -> Iterator[list[str]]:
        (shared.home / "archive").write_text("not a folder", encoding="utf-8")
        return iter(())

    monkeypatch.setattr(crew, "claimed", none)
    with pytest.raises(StoreError, match="archive"):
        shared.observe(0)
