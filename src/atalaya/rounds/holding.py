"""An empty answer is not a deletion: which harvests are held, and what is carried over from the observation before.

A source is held when it gives fewer datasets than its `least` (one, where it declares nothing: an empty catalogue is not
believed at first sight either), when more than `shrink_limit` of the datasets accepted before
are gone, or when it failed and had accepted datasets. Its rows of the observation before then stand as they are and nothing
of it is decided. The same datasets answered again in the next observation release it; a failure, however often, never does.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from atalaya.catalogue.identity import IdentifiedDataset
from atalaya.catalogue.migration import migrated
from atalaya.catalogue.traits import traits_of
from atalaya.countries.pack import Source
from atalaya.harvest.protocol import FAILED, Harvest
from atalaya.history.read import Sealed
from atalaya.history.records import record_traits
from atalaya.store.tables import Row

HELD = "held"
CARRIED = ("records", "attributions", "distributions")
"""Tables whose rows of a held source are carried over; each has a `source_id`."""

SHRUNK = "shrunk"
BELOW_LEAST = "below_least"
ABOVE_MOST = "above_most"


@dataclass(frozen=True, slots=True)
class Answered:
    """The datasets that a harvest gave: how many, and the sha256 of their ids, sorted."""

    datasets: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What the observation before holds of a source: the datasets accepted (None: never), its last answer and how it was read."""

    observation: str
    protocol: str
    url: str
    accepted: int | None
    answered: Answered | None


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a source is held, and where that is said in one sentence."""

    reason: str
    detail: str


def answered(datasets: tuple[IdentifiedDataset, ...]) -> Answered:
    """What stands for an answer when two are compared."""
    ids = sorted(dataset.record_id for dataset in datasets)
    return Answered(len(ids), hashlib.sha256("\n".join(ids).encode()).hexdigest())


def standing_of(previous: Sealed | None, source_id: str) -> Standing | None:
    """What the observation before holds of a source; None where it did not know it."""
    if previous is None:
        return None
    for row in previous.rows("sources", "source_id = ?", [source_id]):
        state, datasets = str(row["state"]), cast(int, row["datasets"])
        accepted = datasets if state in ("complete", "partial") or (state == HELD and datasets) else None
        known = isinstance(row["answered"], int) and isinstance(row["answered_sha256"], str)
        last = Answered(cast(int, row["answered"]), str(row["answered_sha256"])) if known else None
        return Standing(previous.manifest.observation, str(row["protocol"]), str(row["url"]), accepted, last)
    return None


def gone_of(
    previous: Sealed | None, source: Source, datasets: tuple[IdentifiedDataset, ...], before: Standing | None
) -> int:
    """How many of the datasets accepted before are gone: neither their identifier nor a counterpart under another is there.

    Counterparts are looked for only where so many identifiers are gone that the source would be held.
    """
    if previous is None or before is None or not before.accepted:
        return 0
    known = {str(row["record_id"]) for row in previous.rows("records", "source_id = ?", [source.id], ("record_id",))}
    gone = len(known - {dataset.record_id for dataset in datasets})
    if gone <= before.accepted * Fraction(str(source.shrink_limit)):
        return gone
    former = [traits for traits, _ in record_traits(previous, source.id).values()]
    return gone - len(migrated(former, [traits_of(item.record_id, item.dataset) for item in datasets]))


def hold_of(
    source: Source, harvested: Harvest, answer: Answered, before: Standing | None, gone: int = 0
) -> Hold | None:
    """Why this harvest is not accepted; None where it is, or where it failed and there is nothing to keep.

    `gone` is how many of the datasets accepted before are gone (`gone_of`).
    """
    accepted = before.accepted if before else None
    if harvested.state == FAILED:
        detail = harvested.detail or "the source failed"
        return Hold(harvested.reason or FAILED, _kept(detail, before)) if before and accepted is not None else None
    if before is not None and before.answered == answer:
        return None  # answered alike twice, or nothing came or went
    if accepted and gone > accepted * Fraction(str(source.shrink_limit)):
        share = f"more than the share of {source.shrink_limit} that may vanish at once"
        said = f"{answer.datasets} datasets were given after {accepted}, and {gone} of those are gone: {share}"
        return Hold(SHRUNK, _kept(said, before))
    if answer.datasets < source.least and (accepted is None or accepted >= source.least):
        return Hold(BELOW_LEAST, _kept(_too_few(source, answer), before))
    return None


def _kept(detail: str, before: Standing | None) -> str:
    """What happened, and what stands instead."""
    if before is None or before.accepted is None:
        return f"{detail}; nothing was accepted before, and a second equal answer will be"
    return f"{detail}; the {before.accepted} datasets accepted before stand, as in {before.observation}"


def released(hold: Hold, answer: Answered, before: Standing | None, observation: str | None) -> bool:
    """Whether a person released what would be held: the observation before is the one that they saw, and the source gives no
    fewer datasets than it gave then. A failure is never released: there is nothing to accept."""
    if hold.reason not in (SHRUNK, BELOW_LEAST) or before is None or before.answered is None:
        return False
    return before.observation == observation and answer.datasets >= before.answered.datasets


def bounds_crossed(source: Source, answer: Answered) -> Hold | None:
    """The bound that an accepted harvest lies outside of, which is told and holds nothing."""
    if source.most is not None and answer.datasets > source.most:
        return Hold(ABOVE_MOST, f"{answer.datasets} datasets were given and at most {source.most} are expected")
    return Hold(BELOW_LEAST, _too_few(source, answer)) if answer.datasets < source.least else None


def _too_few(source: Source, answer: Answered) -> str:
    return f"{answer.datasets} datasets were given and at least {source.least} are expected"


def carried_rows(previous: Sealed | None, source_id: str) -> Iterator[tuple[str, Row]]:
    """The rows of a source that stand, as the observation before has them, and what it knows of their unasked addresses."""
    if previous is None:
        return
    addresses: set[object] = set()
    for table in CARRIED:
        for row in previous.rows(table, "source_id = ?", [source_id]):
            if table == "distributions":
                addresses.add(row["download_url"] or row["access_url"])
            yield table, row
    for row in previous.rows("validators", "purpose <> ?", [source_id]):
        if row["url"] in addresses:
            yield "validators", row


def carried_tables(previous: Sealed | None, source_id: str) -> list[Row]:
    """The tables inside files of a source that the observation before judged: their subject, resource, record and name."""
    if previous is None:
        return []
    columns = ("subject_id", "record_id", "resource_id", "table")
    rows = previous.rows("outcomes", "source_id = ? AND level = 'table'", [source_id], columns)
    return list({str(row["subject_id"]): row for row in rows}.values())
