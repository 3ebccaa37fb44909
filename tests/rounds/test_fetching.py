"""How files are fetched: what a source asks for its host holds for the files that lie there too."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from atalaya.countries.pack import Source
from atalaya.rounds.context import Round
from atalaya.rounds.fetching import BATCH, Batch, Target, _together, by_host, processes_for, resource_policy
from atalaya.settings import read_settings


def made(rates: dict[str, float], **declared: Any) -> Round:
    source = Source(id="zz:a", title={}, protocol="ckan", url="https://Slow.example/files", **declared)
    pack = SimpleNamespace(sources=(source,), rates=rates)
    settings = replace(read_settings({}, Path("home")), requests_per_second=1.0, body_limit=100)
    nothing = dict.fromkeys(("opening", "folder", "home", "ledger", "archive", "client", "clock", "previous"))
    return Round(**cast(Any, {"pack": pack, "settings": settings, **nothing}))


@pytest.mark.parametrize(
    ("url", "rates", "declared", "expected"),
    [
        ("https://slow.example/f.zip", {}, {"requests_per_second": 0.2, "connections": 1}, (0.2, 1)),
        ("https://other.example/f.zip", {}, {"requests_per_second": 0.2, "connections": 1}, (1.0, 2)),
        ("https://slow.example/f.zip", {}, {"requests_per_second": 50.0, "connections": 9}, (1.0, 2)),
        ("https://slow.example/f.zip", {"slow.example": 3.0}, {"requests_per_second": 0.2}, (3.0, 2)),
        ("https://slow.example/f.zip", {}, {}, (1.0, 2)),
    ],
    ids=["its own host", "another host", "never faster", "the pack's rate rules", "nothing declared"],
)
def test_a_source_speaks_for_its_host(
    url: str, rates: dict[str, float], declared: dict[str, Any], expected: tuple[float, int]
) -> None:
    policy = resource_policy(made(rates, **declared), Target("r", url, local=False))
    assert (policy.requests_per_second, policy.connections) == expected


def targets(*urls: str) -> tuple[Target, ...]:
    return tuple(Target(url, url, local=False) for url in urls)


def test_units_of_one_host_are_in_one_group() -> None:
    units = [
        Batch("a", targets("https://x.example/1", "https://x.example/2")),
        Batch("b", targets("https://y.example/1")),
        Batch("c", targets("http://X.example/3", "https://z.example/1")),
        Batch("d", targets("https://w.example/1", "https://y.example:8443/2")),
        Batch("e", targets("https://z.example/2", "https://v.example/2")),
        Batch("f", targets("not an address")),
    ]
    assert by_host(units) == [["a", "c", "e"], ["b", "d"], ["f"]]


def test_the_targets_of_a_small_origin_are_never_parted() -> None:
    origins = [
        targets(*(f"https://h{number}.example/{place}" for place in range(number))) for number in (30, 19, 1, 49, 2)
    ]
    sizes = [len(together) for together in _together(origins)]
    assert sizes == [50, 49, 2]
    assert max(sizes) <= BATCH


def test_few_resources_or_one_host_are_fetched_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("atalaya.rounds.fetching.processors", lambda: 4)
    apart = cast(Any, object())
    assert processes_for(None, 100, 100_000) == 1
    assert processes_for(apart, 100, 3_999) == 1
    assert processes_for(apart, 1, 100_000) == 1
    assert processes_for(apart, 100, 6_500) == 3
    assert processes_for(apart, 100, 100_000) == 4
