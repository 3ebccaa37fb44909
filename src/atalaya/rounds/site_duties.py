"""The web sites of a round as the stage that judges duties wants them: whose each is, how far it was read, what it mentions."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final, cast

from atalaya.countries.pack import Source
from atalaya.duties.site_reading import SiteReading
from atalaya.duties.verdicts import Evidence
from atalaya.rounds.context import Round
from atalaya.rounds.crawling import STAGE as CRAWL
from atalaya.rounds.mentions import mentions_of_round
from atalaya.rounds.obliging import Site, judge_duties
from atalaya.rounds.site_sources import site_sources

LOOKED_AT: Final = 20
"""Pages that a verdict on something that is not there cites: those of the section of the law first."""


def judge_site_duties(round_: Round) -> None:
    """Judge the duties of the institutions whose sites were read."""
    sources = site_sources(round_)
    judge_duties(round_, _sites(round_, sources), len(sources))


def _sites(round_: Round, sources: tuple[Source, ...]) -> Iterator[Site]:
    for source in sources:
        owners = (source.institution, *source.covers)
        yield Site(
            institution_ids=tuple(owner for owner in dict.fromkeys(owners) if owner is not None),
            reading=reading_of(round_, source.id),
            mentions=partial(mentions_of_round, round_, source.id),
        )


def reading_of(round_: Round, source_id: str) -> SiteReading:
    """How far a site was read: whole where all of it was, or where the budget left out nothing of its section of the law."""
    rows = round_.ledger.unit_rows(CRAWL, source_id, "sites", "site_pages")
    site: Any = None
    pages: list[dict[str, Any]] = []
    for table, row in rows:
        if table == "sites":
            site = row
        else:
            pages.append(cast("dict[str, Any]", row))
    pages.sort(key=lambda row: (not row["section"], row["failure"] is not None, row["depth"], row["url"]))
    section_known = site["section_pages"] > 0 and site["reason"] == "budget"
    return SiteReading(
        source_id=source_id,
        url=str(site["url"]),
        read=site["state"] != "failed",
        whole=site["section_unread"] == 0 and (site["state"] == "complete" or section_known),
        looked_at=tuple(map(_evidence, pages[:LOOKED_AT])) or (Evidence(url=str(site["url"])),),
        reason=str(site["reason"] or ("section_unread" if site["section_unread"] else "")),
        pages=site["pages_read"],
    )


def _evidence(row: dict[str, Any]) -> Evidence:
    return Evidence(
        url=str(row["url"]),
        mention_id=str(row["mention_id"]),
        sha256=row["sha256"],
        text=str(row["title"] or row["text"] or ""),
        path=tuple(row["path"]),
    )
