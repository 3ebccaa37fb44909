"""What the observation before carried on of each subject, kept on disk: there may be millions, and a unit asks for few."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from atalaya.history.read import Sealed
from atalaya.store.lookup import Lookup, Values
from atalaya.store.tables import TABLES, Row

COLUMNS = tuple(TABLES["histories"].columns)
AT_ONCE = 5_000
JSON = tuple(name for name, kind in TABLES["histories"].columns.items() if kind == "json")
NAME = "histories.sqlite"


class Histories:
    """The table `histories` of a sealed observation by subject; nothing where there is no observation before."""

    def __init__(self, previous: Sealed | None, folder: Path) -> None:
        self._lookup: Lookup | None = None
        if previous is not None:
            self._lookup = Lookup.build(folder / NAME, len(COLUMNS), previous.values("histories", COLUMNS))

    def get(self, subject_id: str) -> Row | None:
        """The row of one subject."""
        return self.many((subject_id,)).get(subject_id)

    def many(self, subject_ids: Iterable[str]) -> Mapping[str, Row]:
        """The rows of these subjects by id; those that were not known are left out."""
        found = self._lookup.many(subject_ids) if self._lookup is not None else {}
        return {subject_id: _row(values) for subject_id, (values, *_) in found.items()}

    def known(self, subject_ids: Iterable[str]) -> Iterator[bool]:
        """Whether each subject was known, in order."""
        for some in batched(subject_ids):
            there = self._lookup.many(some) if self._lookup is not None else {}
            yield from (subject_id in there for subject_id in some)

    def others(self, subject_ids: Iterable[str]) -> Iterator[Row]:
        """The rows of all subjects but these, by id."""
        return map(_row, self._lookup.others(subject_ids)) if self._lookup is not None else iter(())

    def close(self) -> None:
        """Remove what lies on disk."""
        if self._lookup is not None:
            self._lookup.close()
            self._lookup.path.unlink(missing_ok=True)


def batched(ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Ids, some thousands at a time."""
    rest = iter(ids)
    while some := tuple(islice(rest, AT_ONCE)):
        yield some


def _row(values: Values) -> Row:
    row: Row = dict(zip(COLUMNS, values, strict=True))
    for name in JSON:
        written = row[name]
        row[name] = json.loads(written) if isinstance(written, str) else None
    return row
