"""One round over one web site, until something ends it. Usage: crawling_round.py ADDRESS HOME."""

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from atalaya.clock import fixed_clock, stamp, system_clock
from atalaya.countries.pack import SITE, Citation, CountryPack, Group, Institution, Law, Source
from atalaya.history.read import Sealed
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.settings import read_settings

DAY = datetime(2026, 1, 5, 12, tzinfo=UTC)


def pack_of(address: str, **more: object) -> CountryPack:
    """A country of one institution with one site."""
    source = Source(
        id="zz:site-uno", title={"es": "Sitio"}, protocol=SITE, url=address, institution="zz:uno", local=True,
        requests_per_second=2_000,
    )  # fmt: skip
    return CountryPack(
        code="zz", name={"es": "Zeta"}, languages=("es",), folder=Path(), sha256="x", sources=(replace(source, **more),),
        groups=(Group(id="all", title={"es": "Todas"}, kinds=("ministry",), headline=True),), divisions=(),
        institutions=(Institution(id="zz:uno", name="Ministerio Uno", kind="ministry"),),
        laws=(Law(id="ley", title={"es": "Ley"}, citation=Citation(law=("información pública", "transparencia"))),),
    )  # fmt: skip


def round_over(
    address: str, home: Path, *, moment: datetime = DAY, resume: bool = False, pages: int = 2_000, browser: str = "off"
) -> Sealed:
    """Run one round, or what is left of it."""
    settings = replace(read_settings({}, home), site_pages=pages, browser=browser, timeout=20.0)
    plan = Plan(settings=settings, clock=fixed_clock(moment), pacing=system_clock())
    request = Request(pack=pack_of(address), as_of=stamp(moment), as_of_stated=True, resume=resume)
    return asyncio.run(observe(plan, request))


if __name__ == "__main__":
    round_over(sys.argv[1], Path(sys.argv[2]))
