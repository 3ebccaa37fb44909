"""Which records of an observation count for nobody, and why: copies of datasets listed elsewhere, and others' series."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from atalaya.catalogue.records import preferred
from atalaya.history.read import Sealed
from atalaya.store.tables import Row


@dataclass(frozen=True, slots=True)
class Aside:
    """The records of one source that are set aside: how many are copies, and how many series of each organisation."""

    copies: int = 0
    republished: int = 0


def copies(observation: Sealed) -> dict[str, str]:
    """Record id of a copy → record id of the dataset that it lists."""
    rows = observation.rows("appearances", columns=("record_id", "copy_id"))
    return {
        str(row["copy_id"]): str(row["record_id"])
        for row in rows
        if row["copy_id"] is not None and row["copy_id"] != row["record_id"]
    }


def set_aside(observation: Sealed) -> dict[str, str]:
    """Record id → `copy` or `republished`."""
    found = {str(row["record_id"]): "republished" for row in observation.rows("republished", columns=("record_id",))}
    return {**found, **dict.fromkeys(copies(observation), "copy")}


def aside_by_source(observation: Sealed) -> dict[str, Aside]:
    """What is set aside in each source; sources without any are left out."""
    why = set_aside(observation)
    counts: Counter[tuple[str, str]] = Counter()
    for row in observation.rows("records", columns=("record_id", "source_id")):
        reason = why.get(str(row["record_id"]))
        if reason is not None:
            counts[str(row["source_id"]), reason] += 1
    sources = {source for source, _ in counts}
    return {source: Aside(counts[source, "copy"], counts[source, "republished"]) for source in sorted(sources)}


def listings(observation: Sealed) -> Iterator[Row]:
    """Every dataset that several sources list, by id: record_id, title, source_id, and its copies with their evidence."""
    known = {
        str(row["record_id"]): row for row in observation.rows("records", columns=("record_id", "source_id", "title"))
    }
    gathered: dict[str, list[Row]] = {}
    for row in observation.rows("appearances"):
        if row["copy_id"] is not None and row["copy_id"] != row["record_id"]:
            gathered.setdefault(str(row["record_id"]), []).append(row)
    for record_id, rows in sorted(gathered.items()):
        yield {
            "record_id": record_id,
            "title": title_of(known[record_id]),
            "source_id": known[record_id]["source_id"],
            "copies": [
                {
                    "record_id": row["copy_id"],
                    "source_id": row["source_id"],
                    "title": title_of(known[str(row["copy_id"])]),
                    "points": row["points"],
                    "evidence": row["evidence"],
                }
                for row in rows
            ],
        }


def series(observation: Sealed) -> Iterator[Row]:
    """Every republished series, by id: record_id, title, source_id, organisation, how it was told and the text that told."""
    known = {str(row["record_id"]): row for row in observation.rows("records", columns=("record_id", "title"))}
    for row in observation.rows("republished"):
        yield {**row, "title": title_of(known[str(row["record_id"])])}


def title_of(record: Row) -> str:
    """The title by which people know a record, else its id."""
    title = record["title"]
    return (preferred(title) if isinstance(title, dict) else None) or str(record["record_id"])
