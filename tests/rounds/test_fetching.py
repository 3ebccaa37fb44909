"""How files are fetched: what a source asks for its host holds for the files that lie there too."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from atalaya.countries.pack import Source
from atalaya.rounds.context import Round
from atalaya.rounds.fetching import Target, resource_policy
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
