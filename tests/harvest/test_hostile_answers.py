"""Every protocol over hostile answers: whatever is asked gives the same monster, and the harvest fails aloud and soon."""

import time
from typing import Any

import pytest

from atalaya.harvest.protocol import FAILED, REASONS
from atalaya.harvest.registry import PROTOCOLS, protocol
from atalaya.harvest.visits import Refusal, unpack
from benchmarks import monsters
from tests.harvest.exemplars import ckan

MIB = 1 << 20
SECONDS = 30.0
"""Processor seconds of one harvest; most take less than a tenth of one."""
REQUESTS = 100

MONSTERS = {
    "bad-utf8": monsters.bad_utf8(20_000),
    "deep-json": monsters.deep_json(100_000),
    "deep-page": monsters.deep_page(5_000),
    "deep-xml": monsters.deep_xml(50_000),
    "gzip-of-gzip": monsters.gzip_of_gzip(64 * MIB),
    "laughs": monsters.laughs(),
    "long-key": monsters.long_key(MIB),
    "long-line": monsters.long_line(MIB),
    "long-number": monsters.long_number(200_000),
    "literal": monsters.long_literal(MIB),
    "nested-zip": monsters.nested_zip(),
    "outside": monsters.outside_entity("http://169.254.169.254/"),
    "quadratic": monsters.quadratic(20_000),
    "span": monsters.workbook_span(),
    "zip-bomb": monsters.zip_bomb(64 * MIB),
}


@pytest.mark.parametrize("monster", MONSTERS)
@pytest.mark.parametrize("name", [known.id for known in PROTOCOLS])
async def test_a_monster_is_no_catalogue(name: str, monster: str, web: Any, source: Any) -> None:
    class Den(web):  # type: ignore[misc]
        def reply(self, url: str) -> Any:
            return MONSTERS[monster]

    den = Den()
    started = time.process_time()
    harvested = await protocol(name).harvest(source("https://datos.example/data", name), den)
    assert time.process_time() - started < SECONDS
    assert len(den.asked) <= REQUESTS
    assert not harvested.datasets or name in ("schema_org", "waf", "sitemap"), harvested.datasets[:1]
    if not harvested.datasets:
        assert harvested.state == FAILED
        assert harvested.reason in REASONS
        assert harvested.detail


def test_gzip_members_in_a_row_are_one_text() -> None:
    packed = b"".join(monsters.gzip_pieces(128 * MIB))
    assert isinstance(unpack(packed), Refusal)
    assert unpack(ckan.BASE.encode()) == ckan.BASE.encode()
