"""The identify stage: which records are one dataset, which came back under another identifier, which are others' series.

It writes an appearance for every record, and sets records *aside* that must not count for the institution that lists them:
copies of a dataset that another source has as well, and republished series of international organisations. Set aside is not
thrown away: the record stays, with what it is a copy of and by which evidence, and a person's decision on the record brings a
series back, or sets one aside that nothing told.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from atalaya.catalogue.federation import Appearance, Federation
from atalaya.catalogue.kinship import Kin
from atalaya.catalogue.migration import migrated, moved_resources
from atalaya.catalogue.traits import Traits, traits_of
from atalaya.harvest.protocol import COMPLETE
from atalaya.history.read import Sealed
from atalaya.history.records import dataset_of, distribution_of, record_traits, resource_place
from atalaya.rounds.context import IDENTIFY, Round
from atalaya.rounds.harvesting import STAGE as HARVEST
from atalaya.rounds.harvesting import series_rulings
from atalaya.rounds.traces import Series, Trace, trace_noted, traces_of_rows
from atalaya.store.tables import Row

UNIT = "identity"
SPILL = "identifying"
"""Folder of an open observation for what the search for pairs cannot hold in memory."""
RECORDS = ("records", "attributions", "distributions")

Rows = Iterator[tuple[str, Row]]


def identify_records(round_: Round) -> None:
    """Write the one unit of the stage if it has no part yet."""
    round_.progress(IDENTIFY, 0, 1)
    if not round_.ledger.done(IDENTIFY, UNIT):
        round_.ledger.write(IDENTIFY, UNIT, _rows(round_))
        shutil.rmtree(round_.folder / SPILL, ignore_errors=True)
    round_.progress(IDENTIFY, 1, 1)


def _rows(round_: Round) -> Rows:
    ruled = series_rulings(round_)
    known = _known(round_.previous)

    def load(source_id: str) -> list[Traits]:
        return [trace.traits for trace in _traces(round_, source_id, ruled)]

    with Federation(load, round_.folder / SPILL) as federation:
        for source_id in sorted(round_.sources.keys() & set(round_.ledger.units(HARVEST))):
            for trace in _traces(round_, source_id, ruled):
                federation.add(source_id, trace.traits.key, (*trace.rank, _first_seen(round_, trace)), trace.keys)
                yield from _republished_row(source_id, trace)
        yield from (("appearances", _appearance_row(item)) for item in federation.appearances())
    if round_.previous is not None:
        yield from _migrations(round_, round_.previous, known)


def _appearance_row(item: Appearance) -> Row:
    return {
        "record_id": item.record_id,
        "source_id": item.source_id,
        "copy_id": item.copy_id,
        "points": item.points,
        "evidence": list(item.evidence),
    }


def _traces(round_: Round, source_id: str, ruled: Series) -> Iterator[Trace]:
    """The traces of the records of a source, in order of their ids: as the harvest noted them, else made from its rows."""
    notes = round_.ledger.notes(HARVEST, source_id)
    if notes is None:
        rows = round_.ledger.unit_rows(HARVEST, source_id, *RECORDS)
        return traces_of_rows(round_.sources[source_id], rows, ruled)
    return map(trace_noted, notes)


def _first_seen(round_: Round, trace: Trace) -> str:
    return str((round_.histories.get(trace.traits.key) or {}).get("first_seen") or round_.as_of)


def _read_whole(round_: Round) -> frozenset[str]:
    """The sources that gave all that they have: of the others nothing can be said to be gone."""
    rows = (row for _, row in round_.ledger.rows(HARVEST, "sources"))
    return frozenset(str(row["source_id"]) for row in rows if row["state"] == COMPLETE)


def _known(previous: Sealed | None) -> Mapping[str, set[str]]:
    """The records of each source in the observation before."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    if previous is not None:
        for row in previous.rows("records", columns=("record_id", "source_id")):
            known[str(row["source_id"])].add(str(row["record_id"]))
    return known


def _republished_row(source_id: str, trace: Trace) -> Rows:
    found = trace.republished
    if found is not None:
        yield (
            "republished",
            {
                "record_id": trace.traits.key,
                "source_id": source_id,
                "organisation": found.organisation,
                "how": found.how,
                "said": found.said,
            },
        )


def _migrations(round_: Round, previous: Sealed, known: Mapping[str, set[str]]) -> Rows:
    """Datasets and resources that the observation before knew under another identifier, in sources that were read whole."""
    for source_id in sorted(_read_whole(round_) & known.keys()):
        rows = round_.ledger.unit_rows(HARVEST, source_id, "records")
        present = {str(row["record_id"]) for _, row in rows}
        if not known[source_id] - present or present <= known[source_id]:
            continue
        former, now = record_traits(previous, source_id), _traits_and_resources(round_, source_id)
        for kin in migrated([traits for traits, _ in former.values()], [traits for traits, _ in now.values()]):
            yield from _migration_rows(source_id, kin, former[kin.one][1], now[kin.other][1])


def _traits_and_resources(round_: Round, source_id: str) -> dict[str, tuple[Traits, list[Row]]]:
    """Traits and distributions of the records of a source, as this round has them, in order of their ids."""
    tables: defaultdict[str, list[Row]] = defaultdict(list)
    for table, row in round_.ledger.unit_rows(HARVEST, source_id, *RECORDS):
        tables[table].append(row)
    distributions: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(tables["distributions"], key=lambda row: int(str(row["ordinal"]))):
        distributions[str(row["record_id"])].append(row)
    owners = {str(row["record_id"]): row["institution_id"] for row in tables["attributions"]}
    found = {}
    for record in sorted(tables["records"], key=lambda row: str(row["record_id"])):
        record_id = str(record["record_id"])
        dataset = dataset_of(record, tuple(distribution_of(row) for row in distributions[record_id]))
        owner = owners[record_id]
        found[record_id] = (
            traits_of(record_id, dataset, owner=None if owner is None else str(owner)),
            distributions[record_id],
        )
    return found


def _migration_rows(source_id: str, kin: Kin, before: list[Row], after: list[Row]) -> Rows:
    said: dict[str, Any] = {"source_id": source_id, "points": kin.points, "evidence": list(kin.evidence)}
    yield "migrations", {"subject_id": kin.other, "former_id": kin.one, "level": "dataset", **said}
    pairs = moved_resources([resource_place(row) for row in before], [resource_place(row) for row in after])
    for former, now, how in pairs:
        row: Row = {**said, "points": 0.0, "evidence": [how]}
        yield "migrations", {"subject_id": now, "former_id": former, "level": "resource", **row}
