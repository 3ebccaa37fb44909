"""Small indices, written for tests."""

from collections.abc import Sequence

from atalaya.indices.engine import Computed, compute
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import parse_index
from atalaya.indices.table import UnitTable, table_of

HEAD = """
format: 2
id: trial
version: 1
title: {es: Prueba, en: Trial}
units: {id: unit}
"""
TWO = """
tree:
  id: index
  children:
    - {id: a, source: {column: a}}
    - {id: b, source: {column: b}, weight: 3}
"""


def index_of(rest: str = "", tree: str = TWO) -> Index:
    """An index from what stands between its head and its tree."""
    return parse_index(HEAD + rest + tree, "trial")


def table_for(index: Index, rows: Sequence[Sequence[object]], columns: str = "a b") -> UnitTable:
    """A table whose units are u0, u1, … and whose columns are named in a text."""
    names = columns.split()
    return table_of(
        [{"unit": f"u{number}", **dict(zip(names, row, strict=True))} for number, row in enumerate(rows)], index
    )


def computed(rest: str, rows: Sequence[Sequence[object]], tree: str = TWO, columns: str = "a b") -> Computed:
    """An index computed over a small table."""
    index = index_of(rest, tree)
    return compute(index, table_for(index, rows, columns))
