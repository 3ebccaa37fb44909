"""What the identify stage keeps of one record: its traits, what it is found by, how likely it is an original, whose series it is.

The harvest stage writes it beside each part, while the records are at hand; where it is missing it is made from the rows again.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from atalaya.catalogue.kin_index import Keys, keys_of
from atalaya.catalogue.records import Dataset
from atalaya.catalogue.traits import Traits, address_key, traits_of
from atalaya.catalogue.vocabularies.international import Republished, republished
from atalaya.countries.pack import Source
from atalaya.history.records import dataset_of, distribution_of
from atalaya.store.tables import Row

NAMED = frozenset({"name", "rule", "decision"})
"""Ways of attribution by which the body that is named is known; it is then no international organisation."""

Series = Mapping[str, Republished | None]
"""What people decided on single records: record id → whose series it is, or None for *their own*."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One record. `traits` have no description, file names or contents: they are among the keys, and asked for nowhere else."""

    rank: tuple[int, ...]
    traits: Traits
    keys: Keys
    republished: Republished | None

    def note(self) -> list[object]:
        """As JSON."""
        traits, found = self.traits, self.republished
        return [
            self.rank,
            traits.key,
            traits.native_id,
            traits.owner,
            [*traits.titles],
            traits.publisher,
            traits.landing_page,
            [*traits.addresses],
            [*traits.marks],
            *self.keys,
            None if found is None else [found.organisation, found.how, found.said],
        ]


def trace_noted(note: list[Any]) -> Trace:
    """The trace that `Trace.note` wrote."""
    rank, key, native_id, owner, titles, publisher, page, addresses, marks, kinds, numbers, found = note
    traits = Traits(
        key=key,
        native_id=native_id,
        owner=owner,
        titles=frozenset(titles),
        publisher=publisher,
        landing_page=page,
        addresses=frozenset(addresses),
        marks=frozenset(marks),
    )
    return Trace(tuple(rank), traits, (kinds, numbers), found and Republished(*found))


def trace_of(source: Source, record_id: str, dataset: Dataset, attribution: Row, ruled: Series) -> Trace:
    """The trace of a record; `attribution` is its row.

    A decision on the record comes first; one on its publisher only takes the weight from what publisher and creator are called.
    """
    owner = cast("str | None", attribution["institution_id"])
    traits = traits_of(record_id, dataset, owner=owner)
    ours = attribution["method"] in NAMED and owner is not None
    found = ruled[record_id] if record_id in ruled else republished(dataset, agents=not ours)
    return Trace(_rank(dataset, source, owner), traits, keys_of(traits), found)


def traces_of_rows(source: Source, rows: Iterator[tuple[str, Row]], ruled: Series) -> Iterator[Trace]:
    """The traces of the records of a source that the rows of its part hold, in order of their ids."""
    tables: defaultdict[str, list[Row]] = defaultdict(list)
    for table, row in rows:
        tables[table].append(row)
    distributions: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(tables["distributions"], key=lambda row: cast(int, row["ordinal"])):
        distributions[str(row["record_id"])].append(row)
    owners = {str(row["record_id"]): row for row in tables["attributions"]}
    for record in sorted(tables["records"], key=lambda row: str(row["record_id"])):
        record_id = str(record["record_id"])
        dataset = dataset_of(record, tuple(distribution_of(row) for row in distributions[record_id]))
        yield trace_of(source, record_id, dataset, owners[record_id], ruled)


def _rank(dataset: Dataset, source: Source, institution: str | None) -> tuple[int, ...]:
    """How likely a record is the original among the listings of one dataset; the least is.

    First a source that the institution owns, then one that names an institution or covers few, then one on whose host the
    dataset's page or files lie. What was seen first decides between equals (`identifying`), so that an original stays one.
    """
    own = 0 if source.institution is not None and source.institution == institution else 1
    host = address_key(source.url).partition("/")[0]
    places = [dataset.landing_page, *(item.url for item in dataset.distributions)]
    here = any(address_key(place).partition("/")[0] == host for place in places if place)
    return (own, 0 if institution is not None else 1, 0 if source.covers else 1, 0 if here else 1)
