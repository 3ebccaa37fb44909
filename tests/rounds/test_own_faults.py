"""A fault of our own side leaves the round as one error that says what to do, whatever ran side by side."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from atalaya.clock import fixed_clock, stamp, system_clock
from atalaya.countries.reader import read_pack
from atalaya.exceptions import StoreError
from atalaya.replay.server import serving, write_resolve
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.settings import read_settings
from atalaya.store.archive import Archive

DAY = datetime(2026, 1, 5, 12, tzinfo=UTC)


def test_a_disk_that_refuses_ends_the_round_with_its_own_words(
    small_country: Callable[..., tuple[Path, Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise StoreError("the disk is full; free some space and resume")

    monkeypatch.setattr(Archive, "writer", refuse)
    pack, replay = small_country()
    with serving(replay) as served:
        write_resolve(served, tmp_path / "resolve.json")
        settings = replace(read_settings({}, tmp_path / "home"), timeout=5.0)
        plan = Plan(settings=settings, clock=fixed_clock(DAY), pacing=system_clock(), resolve=tmp_path / "resolve.json")
        with pytest.raises(StoreError, match="the disk is full"):
            asyncio.run(observe(plan, Request(pack=read_pack(pack), as_of=stamp(DAY))))
