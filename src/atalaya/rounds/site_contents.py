"""The contents stage: one unit a crawled site. Each of its documents is inspected once, whatever number of addresses lead to it;
and what was seen of pages and documents is carried on in histories.
"""

import multiprocessing
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final, cast

from atalaya.exceptions import ProcessDied
from atalaya.fetch.answers import Failure
from atalaya.harvest.site.masking import opening_of
from atalaya.history.continuity import GONE, NOT_ASKED, UNREACHED, Sighting, advance
from atalaya.inspection.findings import Inspection
from atalaya.rounds.context import Round
from atalaya.rounds.crawling import STAGE as CRAWL
from atalaya.rounds.histories import batched
from atalaya.rounds.inspecting import ALONE, LARGE, PROCESSES, Desk, country_of, inspect_blob
from atalaya.rounds.processes import METHOD, spread
from atalaya.store.ledger import Ledger
from atalaya.store.tables import Row

STAGE = "contents"

HISTORIES = "histories "
"""Before the id of a site in the unit that carries on what was seen of its pages and documents; no source has such an id."""

MOST_TABLES: Final = 20
MOST_COLUMNS: Final = 200
LONGEST_NAME: Final = 100
_LETTERS_A_WORD: Final = 6
"""Letters of a document for each of its words, about, the blank included: readers count letters, which are cheaper to count."""
_PICTURES = frozenset({"jpeg", "jpg", "png", "gif", "tiff", "tif", "bmp", "webp"})


def read_contents(round_: Round) -> None:
    """Inspect the documents of every site that has no part yet, then carry on the histories."""
    units = round_.ledger.units(CRAWL)
    if not units:
        return
    waiting = [unit for unit in units if not round_.ledger.done(STAGE, unit)]
    total, done = len(units) + 1, len(units) - len(waiting)

    def told() -> None:
        nonlocal done
        done += 1
        round_.progress(STAGE, done, total)

    round_.progress(STAGE, done, total)
    processes = PROCESSES if len(waiting) > ALONE else 1
    large = multiprocessing.get_context(METHOD).Lock() if processes > 1 else nullcontext()
    as_of = date.fromisoformat(round_.as_of[:10])
    desk = Desk(round_.ledger, round_.archive, country_of(round_.pack, as_of), large)
    try:
        spread(partial(_read_unit, desk), waiting, processes, told)
    except ProcessDied:
        rest = [unit for unit in units if not round_.ledger.done(STAGE, unit)]
        spread(partial(_read_unit, replace(desk, large=nullcontext())), rest, 1, told)
    for unit in units:
        if not round_.ledger.done(STAGE, HISTORIES + unit):
            round_.ledger.write(STAGE, HISTORIES + unit, _histories(round_, unit))
    told()


def _read_unit(desk: Desk, unit: str) -> None:
    """Inspect the documents of one site and write their part."""
    bodies = {str(row["sha256"]): row for row in _documents(desk.ledger, unit)}
    limits = replace(desk.country.limits, warm=True)
    heavy = any(cast(int, row["size"]) > LARGE for row in bodies.values())
    with desk.large if heavy else nullcontext():
        found = [_row(unit, sha256, inspect_blob(desk.archive, bodies[sha256], limits)) for sha256 in sorted(bodies)]
    desk.ledger.write(STAGE, unit, (("site_contents", row) for row in found))


def _documents(ledger: Ledger, unit: str) -> Iterator[Row]:
    """The documents of a site whose bytes are at hand."""
    for _, row in ledger.unit_rows(CRAWL, unit, "site_documents"):
        good = isinstance(row["status"], int) and 200 <= row["status"] < 300 and row["failure"] is None
        if good and row["sha256"] is not None and not row["probed"] and row["kept"] != "withdrawn":
            yield row


def _row(source_id: str, sha256: str, found: Inspection) -> Row:
    document = found.document
    pictures = document is not None and bool(document.scanned_pages) and not document.text_pages
    members = " ".join(member.path for member in found.members[:20])
    return {
        "source_id": source_id,
        "sha256": sha256,
        "format": found.format,
        "tables": [
            [column.name[:LONGEST_NAME] for column in table.columns[:MOST_COLUMNS]]
            for table in found.tables[:MOST_TABLES]
        ],
        "rows": sum(table.rows for table in found.tables),
        "words": _words(found),
        "scanned": pictures or found.format in _PICTURES,
        "title": opening_of(document.title) if document is not None else "",
        "opening": opening_of(document.opening if document is not None else members),
        "content_sha256": found.content_sha256,
        "reason": found.reason,
    }


def _words(found: Inspection) -> int:
    """How many words a machine can read in it, about; a table counts its cells."""
    if found.document is not None:
        return -(-found.document.characters // _LETTERS_A_WORD)
    return sum(column.filled for table in found.tables for column in table.columns)


def _histories(round_: Round, unit: str) -> Iterator[tuple[str, Row]]:
    """What was seen of every page and document of a site, carried on from the observation before."""
    contents = {str(row["sha256"]): row for _, row in round_.ledger.unit_rows(STAGE, unit, "site_contents")}
    sightings = {
        str(row["mention_id"]): _sighting(table, row, contents)
        for table, row in round_.ledger.unit_rows(CRAWL, unit, "site_pages", "site_documents")
    }
    for some in batched(sightings):
        before = round_.histories.many(some)
        for mention_id in some:
            yield "histories", advance(before.get(mention_id), sightings[mention_id], round_.as_of)


def _sighting(table: str, row: Row, contents: dict[str, Row]) -> Sighting:
    """A page is known by its text, a document by its content, without what changes at every asking."""
    read = contents.get(str(row["sha256"]), {})
    content = row["text_sha256"] if table == "site_pages" else read.get("content_sha256")
    state = _state(row)
    good = state == "good"
    return Sighting(
        str(row["mention_id"]),
        "page" if table == "site_pages" else "document",
        state,
        content_sha256=cast("str | None", content) if good else None,
        sha256=cast("str | None", row["sha256"]) if good else None,
    )


def _state(row: Row) -> str:
    """As of the probe of a resource (`history.continuity.probe_state`); an address elsewhere is good where it answers."""
    failure, status = row["failure"], cast("int | None", row["status"])
    if failure in NOT_ASKED or failure == Failure.SPENT:
        return "not_asked"
    if failure in UNREACHED or (status or 0) >= 500:
        return "unreached"
    if status in GONE or row.get("soft_404"):
        return "gone"
    return "good" if failure is None and status is not None and 200 <= status < 300 else "hidden"
