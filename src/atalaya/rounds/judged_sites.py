"""The web sites of a round as the duties stage needs them: whose each is, how far it was read, and what it mentions."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from atalaya.duties.site_reading import SiteReading
from atalaya.duties.verdicts import Evidence
from atalaya.rounds.context import Round
from atalaya.rounds.crawling import STAGE as CRAWL
from atalaya.rounds.mentions import mentions_of_round
from atalaya.rounds.obliging import Site
from atalaya.rounds.site_sources import site_sources

LOOKED_AT = 5
"""Pages that are cited as looked through."""


def sites_of(round_: Round) -> Iterator[Site]:
    """Every site of the round that has an institution, by id of its source."""
    for source in site_sources(round_):
        owners = (source.institution,) if source.institution is not None else source.covers
        if owners and round_.ledger.done(CRAWL, source.id):
            rows = list(round_.ledger.unit_rows(CRAWL, source.id, "sites", "site_pages"))
            told = next((row for table, row in rows if table == "sites"), None)
            if told is not None:
                pages = [row for table, row in rows if table == "site_pages"]
                yield Site(
                    institution_ids=tuple(owners),
                    reading=reading_of(told, pages),
                    mentions=partial(mentions_of_round, round_, source.id),
                )


def reading_of(site: Mapping[str, Any], pages: list[Mapping[str, Any]] | list[dict[str, object]]) -> SiteReading:
    """How far a site was read, from its row and those of its pages.

    It counts as read whole where all of it was, or all of its section of the law: what stands there is what the site publishes
    because a law demands it.
    """
    section_read = bool(site["section_pages"]) and not site["section_unread"]
    read = bool(site["pages_read"])
    return SiteReading(
        source_id=site["source_id"],
        url=site["url"],
        read=read,
        whole=read and (site["state"] == "complete" or (section_read and not site["unrendered"])),
        looked_at=tuple(_looked_at(site, pages)),
        reason=site["reason"] or "",
        pages=site["pages_read"],
    )


def _looked_at(site: Mapping[str, Any], pages: list[Any]) -> Iterator[Evidence]:
    """The pages that were looked through, those of the section first; the address that failed where none was."""
    good = [row for row in pages if row["sha256"] is not None and row["same_as"] is None and not row["soft_404"]]
    good.sort(key=lambda row: (not row["section"], row["depth"], row["url"]))
    for row in good[:LOOKED_AT]:
        yield Evidence(
            url=row["url"],
            mention_id=row["mention_id"],
            sha256=row["sha256"],
            text=row["title"] or row["text"] or "",
            path=tuple(row["path"]),
        )
    if not good:
        yield Evidence(url=site["url"], text=site["reason"] or "")
