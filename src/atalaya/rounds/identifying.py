"""The identify stage: which records are one dataset, which came back under another identifier, which are others' series.

It writes an appearance for every record, and sets records *aside* that must not count for the institution that lists them:
copies of a dataset that another source has as well, and republished series of international organisations. Set aside is not
thrown away: the record stays, with what it is a copy of and by which evidence, and a person's decision on the record brings a
series back, or sets one aside that nothing told.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from atalaya.catalogue.federation import Entry, federate
from atalaya.catalogue.kinship import Kin
from atalaya.catalogue.migration import migrated, moved_resources
from atalaya.catalogue.records import Dataset
from atalaya.catalogue.traits import Traits, address_key, traits_of
from atalaya.catalogue.vocabularies.international import Republished, republished
from atalaya.countries.pack import Source
from atalaya.harvest.protocol import COMPLETE
from atalaya.history.read import Sealed
from atalaya.history.records import dataset_of, distribution_of, record_traits, resource_place
from atalaya.rounds.context import IDENTIFY, Round
from atalaya.rounds.harvesting import STAGE as HARVEST
from atalaya.rounds.harvesting import series_rulings
from atalaya.store.tables import Row

UNIT = "identity"
NAMED = frozenset({"name", "rule", "decision"})
"""Ways of attribution by which the body that is named is known; it is then no international organisation."""

Rows = Iterator[tuple[str, Row]]


def identify_records(round_: Round) -> None:
    """Write the one unit of the stage if it has no part yet."""
    round_.progress(IDENTIFY, 0, 1)
    if not round_.ledger.done(IDENTIFY, UNIT):
        round_.ledger.write(IDENTIFY, UNIT, _rows(round_))
    round_.progress(IDENTIFY, 1, 1)


@dataclass(frozen=True, slots=True)
class _Record:
    """What this stage keeps of one record."""

    record_id: str
    source_id: str
    traits: Traits
    rank: tuple[int | str, ...]


def _rows(round_: Round) -> Rows:
    records: list[_Record] = []
    known = _known(round_.previous)
    fresh: dict[str, list[Row]] = {}
    ruled = series_rulings(round_)
    for source_id, unit in _harvested(round_):
        for record, distributions, attribution in unit:
            dataset = dataset_of(record, tuple(distribution_of(row) for row in distributions))
            records.append(_record(round_, source_id, record, dataset, attribution))
            if known and record["record_id"] not in known.get(source_id, ()):
                fresh[str(record["record_id"])] = distributions
            yield from _republished_row(record, dataset, attribution, ruled)
    for item in federate(Entry(record.source_id, record.rank, record.traits) for record in records):
        yield (
            "appearances",
            {
                "record_id": item.record_id,
                "source_id": item.source_id,
                "copy_id": item.copy_id,
                "points": item.points,
                "evidence": list(item.evidence),
            },
        )
    if round_.previous is not None:
        yield from _migrations(round_.previous, known, _read_whole(round_), records, fresh)


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


def _harvested(round_: Round) -> Iterator[tuple[str, Iterator[tuple[Row, list[Row], Row]]]]:
    """The records of each source with their distributions and attributions, in order of their ids."""
    for name in round_.ledger.units(HARVEST):
        tables: defaultdict[str, list[Row]] = defaultdict(list)
        for table, row in round_.ledger.unit_rows(HARVEST, name):
            tables[table].append(row)
        distributions: defaultdict[str, list[Row]] = defaultdict(list)
        for row in sorted(tables["distributions"], key=lambda row: cast(int, row["ordinal"])):
            distributions[str(row["record_id"])].append(row)
        owners = {str(row["record_id"]): row for row in tables["attributions"]}
        ordered = sorted(tables["records"], key=lambda row: str(row["record_id"]))
        yield name, ((row, distributions[str(row["record_id"])], owners[str(row["record_id"])]) for row in ordered)


def _record(round_: Round, source_id: str, record: Row, dataset: Dataset, attribution: Row) -> _Record:
    record_id = str(record["record_id"])
    owner = cast("str | None", attribution["institution_id"])
    first_seen = (round_.histories.get(record_id) or {}).get("first_seen") or round_.as_of
    rank = (*_rank(dataset, round_.sources[source_id], owner), str(first_seen))
    return _Record(record_id, source_id, traits_of(record_id, dataset, owner=owner), rank)


def _rank(dataset: Dataset, source: Source, institution: str | None) -> tuple[int | str, ...]:
    """How likely a record is the original among the listings of one dataset; the least is.

    First a source that the institution owns, then one that names an institution or covers few, then one on whose host the
    dataset's page or files lie. What was seen first decides between equals, so that an original stays one.
    """
    own = 0 if source.institution is not None and source.institution == institution else 1
    host = address_key(source.url).partition("/")[0]
    places = [dataset.landing_page, *(item.url for item in dataset.distributions)]
    here = any(address_key(place).partition("/")[0] == host for place in places if place)
    return (own, 0 if institution is not None else 1, 0 if source.covers else 1, 0 if here else 1)


def _republished_row(record: Row, dataset: Dataset, attribution: Row, ruled: Mapping[str, Republished | None]) -> Rows:
    """A decision on the record first; one on its publisher only takes the weight from what publisher and creator are called."""
    record_id = str(record["record_id"])
    ours = attribution["method"] in NAMED and attribution["institution_id"] is not None
    found = ruled[record_id] if record_id in ruled else republished(dataset, agents=not ours)
    if found is None:
        return
    yield (
        "republished",
        {
            "record_id": record["record_id"],
            "source_id": record["source_id"],
            "organisation": found.organisation,
            "how": found.how,
            "said": found.said,
        },
    )


def _migrations(
    previous: Sealed,
    known: Mapping[str, set[str]],
    whole: frozenset[str],
    records: Sequence[_Record],
    fresh: Mapping[str, list[Row]],
) -> Rows:
    """Datasets and resources that the observation before knew under another identifier, in sources that were read whole."""
    by_source: defaultdict[str, list[_Record]] = defaultdict(list)
    for record in records:
        by_source[record.source_id].append(record)
    for source_id in sorted(by_source.keys() & whole):
        now = [record.traits for record in by_source[source_id]]
        gone = known.get(source_id, set()) - {traits.key for traits in now}
        if gone and any(traits.key in fresh for traits in now):
            former = record_traits(previous, source_id)
            for kin in migrated([traits for traits, _ in former.values()], now):
                yield from _migration_rows(source_id, kin, former[kin.one][1], fresh[kin.other])


def _migration_rows(source_id: str, kin: Kin, before: list[Row], after: list[Row]) -> Rows:
    said: dict[str, Any] = {"source_id": source_id, "points": kin.points, "evidence": list(kin.evidence)}
    yield "migrations", {"subject_id": kin.other, "former_id": kin.one, "level": "dataset", **said}
    pairs = moved_resources([resource_place(row) for row in before], [resource_place(row) for row in after])
    for former, now, how in pairs:
        row: Row = {**said, "points": 0.0, "evidence": [how]}
        yield "migrations", {"subject_id": now, "former_id": former, "level": "resource", **row}
