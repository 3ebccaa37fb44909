"""How a table says that it is written: dialects of CSV (version 1) and of tables (version 2), read strictly.

https://specs.frictionlessdata.io/csv-dialect, https://datapackage.org/standard/table-dialect
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from atalaya.catalogue.descriptors import DescriptorProblem, Kinds, StrictReader, shown

_KEYS: Kinds = {
    "delimiter": str, "lineTerminator": str, "quoteChar": (str, type(None)), "doubleQuote": bool,
    "escapeChar": (str, type(None)), "nullSequence": (str, type(None)), "skipInitialSpace": bool, "header": bool,
    "headerRows": list, "headerJoin": str, "headerCase": bool, "caseSensitiveHeader": bool, "commentRows": list,
    "commentChar": str, "csvddfVersion": (str, int, float), "sheetName": str, "sheetNumber": int, "skipBlankRows": bool,
    "$schema": str, "name": str, "title": str, "description": str,
}  # fmt: skip
_NESTED = ("csv", "excel")
"""Where frictionless keeps the keys of one format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDialect:
    """How a table is written. None for a mark means that it is found by looking; rows count from 1.

    `header_rows` are those that hold the labels, joined by `header_join` where there are several; empty for a table without a
    header. `comment_rows` and rows that begin with `comment_char` are passed over.
    """

    delimiter: str | None = None
    quote: str | None = None
    no_quote: bool = False
    escape: str | None = None
    double_quote: bool = True
    skip_initial_space: bool | None = None
    null_sequence: str | None = None
    header_rows: tuple[int, ...] = (1,)
    header_join: str = " "
    comment_rows: frozenset[int] = frozenset()
    comment_char: str | None = None
    skip_blank_rows: bool = False
    sheet_name: str | None = None
    sheet_number: int = 1


def read_dialect(value: object) -> tuple[TableDialect | None, tuple[DescriptorProblem, ...]]:
    """Read a descriptor that JSON gave; None where it cannot be used. Never raises."""
    reader = StrictReader()
    if not isinstance(value, Mapping):
        reader.error("dialect", f"{shown(value)} is not an object", "write an object such as {}")
        return None, tuple(reader.problems)
    flat = {key: item for key, item in value.items() if key not in _NESTED}
    for name in _NESTED:
        nested = value.get(name)
        flat |= dict(nested) if isinstance(nested, Mapping) else {}
    known = reader.checked(flat, _KEYS, "dialect")
    for key in ("delimiter", "quoteChar", "escapeChar"):
        mark = known.get(key)
        if isinstance(mark, str) and len(mark) != 1 and not (key == "quoteChar" and mark == ""):
            reader.error(f"dialect.{key}", f"{mark!r} is not one character", "write one character")
    for key in ("headerRows", "commentRows"):
        if not all(isinstance(row, int) and not isinstance(row, bool) and row >= 1 for row in known.get(key, ())):
            reader.error(f"dialect.{key}", "rows are counted from 1", "write numbers such as [1, 2]")
    return None if reader.failed else _dialect(known), tuple(reader.problems)


def _dialect(known: Mapping[str, Any]) -> TableDialect:
    rows = tuple(sorted(known.get("headerRows", (1,)))) if known.get("header", True) else ()
    return TableDialect(
        delimiter=known.get("delimiter"),
        quote=known.get("quoteChar") or None,
        no_quote="quoteChar" in known and not known["quoteChar"],
        escape=known.get("escapeChar"),
        double_quote=known.get("doubleQuote", True),
        skip_initial_space=known.get("skipInitialSpace"),
        null_sequence=known.get("nullSequence"),
        header_rows=rows,
        header_join=known.get("headerJoin", " "),
        comment_rows=frozenset(known.get("commentRows", ())),
        comment_char=known.get("commentChar") or None,
        skip_blank_rows=known.get("skipBlankRows", False),
        sheet_name=known.get("sheetName"),
        sheet_number=known.get("sheetNumber", 1),
    )
