"""Codes and names that go together in nearly all rows of a table, and the rows in which a code stands beside the name
of another."""

from collections import Counter
from collections.abc import Iterator

from atalaya.catalogue.folding import fold
from atalaya.inspection.defects import roles
from atalaya.inspection.defects.view import ColumnView, TableView

LEAST_CODES = 3
LEAST_ROWS = 3
"""Rows in which a code stands beside its name, on average: of single rows none tells which is wrong."""
MOST_WRONG = 0.02
"""Share of the rows that may contradict a pairing."""
_NEAR = 3
"""Columns between a code and its name, at most."""


def contradictions(view: TableView) -> Iterator[tuple[ColumnView, ColumnView, list[int]]]:
    """Column of codes, column of names, and the rows (from 0) whose name is the one of another code."""
    codes = [column for column in view.columns if column.kind in ("integer", "text") and roles.names_code(column)]
    names = [column for column in view.labels if column.distinct >= LEAST_CODES] if codes else []
    for code in codes:
        for name in names if code.distinct >= LEAST_CODES else ():
            if name is code or abs(name.position - code.position) > _NEAR or not _may_pair(view, code, name):
                continue
            rows = _wrong(code, name)
            if rows:
                yield code, name, rows
                break


def _may_pair(view: TableView, code: ColumnView, name: ColumnView) -> bool:
    """Whether there are about as many codes as names, and many rows of each."""
    few, many = sorted((code.distinct, name.distinct))
    return many <= 1.5 * few + 2 and view.rows >= LEAST_ROWS * many


def _wrong(code: ColumnView, name: ColumnView) -> list[int]:
    pairs = Counter(zip(code.codes, name.codes, strict=True))
    if len(pairs) <= code.distinct + len(code.missing):
        return []
    own: dict[int, tuple[int, int]] = {}
    for (one, other), count in pairs.items():
        if count > own.get(one, (0, 0))[0]:
            own[one] = (count, other)
    keys = [fold(text) for text in name.texts]
    meant = Counter(
        keys[other] for one, (count, other) in own.items() if one not in code.missing and count >= LEAST_ROWS
    )
    wrong = {
        (one, other)
        for (one, other), count in pairs.items()
        if one not in code.missing
        and other not in name.missing
        and keys[other] != keys[own[one][1]]
        and meant[keys[other]]
        and 5 * count <= own[one][0] + 4
    }
    right = sum(count for _, (count, _) in own.items())
    odd = sum(pairs[pair] for pair in wrong)
    others = sum(pairs.values()) - right
    if not odd or others > MOST_WRONG * len(code.codes):
        return []
    return [row for row, pair in enumerate(zip(code.codes, name.codes, strict=True)) if pair in wrong]
