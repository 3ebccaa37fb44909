"""The columns have names that say what they hold: present, different from each other, and not made by a program."""

import re
from collections import Counter

from atalaya.catalogue.folding import fold
from atalaya.catalogue.vocabularies.formats import is_a
from atalaya.checks.cases import TableCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import table, table_case
from atalaya.checks.outcomes import Outcome, Verdict, unknown
from atalaya.inspection.findings import Table

MADE_BY_PROGRAMS = re.compile(
    r"(?:unnamed|column|columna|coluna|col|sin nombre|sin titulo|no name|untitled) ?\d*|"
    r"(?:field|campo|var|v|x|f|c|header|encabezado|expr) ?\d+|\d+ \d+ unnamed|unnamed \d+ level \d+"
)
"""Folded names that spreadsheets, databases and libraries give to columns without a name ("Unnamed: 0", "Columna 3",
"V1"). Without a number, "campo" and "f" are words of people."""

_NUMBER = re.compile(r"[-+]?[\d.,\s%]+")
_YEAR = re.compile(r"(?:19|20)\d\d")

WITH_HEADER_ROW = ("txt", "excel", "ods", "html")
"""Formats (with their special cases) in which names of columns stand in a row; in others they come with every value."""


def rule(case: TableCase) -> Outcome:
    """The outcome of one table; `passed` of `applied` counts columns."""
    names = [column.name for column in case.table.columns]
    if not names:
        return unknown("no_columns")
    needs_row = any(is_a(case.inspection.format or "", each) for each in WITH_HEADER_ROW)
    if case.table.header_row is None and (needs_row or not any(name.strip() for name in names)):
        return Outcome(Verdict.FAIL, "no_header", {"columns": len(names)}, 0, len(names))
    repeats = Counter(fold(name) or name for name in names)
    faults = Counter(fault for name in names if (fault := _fault(name, repeats)) is not None)
    good = len(names) - sum(faults.values())
    evidence = {
        "columns": len(names),
        "good": good,
        **{code: faults[code] for code in ("blank", "generic", "repeated", "number")},
    }
    return Outcome(
        Verdict.FAIL if faults else Verdict.PASS, "poor_names" if faults else "ok", evidence, good, len(names)
    )


def _fault(name: str, repeats: Counter[str]) -> str | None:
    folded = fold(name)
    if not name.strip():
        return "blank"
    if MADE_BY_PROGRAMS.fullmatch(folded) and name.strip() not in ("x", "y", "X", "Y"):
        return "generic"
    if _NUMBER.fullmatch(name.strip()) and not _YEAR.fullmatch(name.strip()):
        return "number"
    return "repeated" if repeats[folded or name] > 1 else None


CHECK = Check(
    id="header_meaningful",
    version=2,
    level=Level.TABLE,
    dimension=Dimension.CONTENT,
    title="The columns have names of their own",
    text="The table has a row of column names; every column has one, no two have the same, and none is a name that a "
    "program made up or a number other than a year.",
    remedy="Write in the first row of the table one short name for every column that says what it holds, without empty "
    "or merged cells, and save the file again.",
    effort=Effort.LOW,
    fields=("table.header_row", "table.columns", "table.columns.name", "inspection.format"),
    reasons={
        "ok": "All {columns} columns have names of their own.",
        "no_columns": "No columns could be told in the table.",
        "no_header": "The table has no row of column names.",
        "poor_names": "{good} of {columns} columns have good names; {blank} have none, {generic} have one that a "
        "program made up, {repeated} share one, {number} have a number.",
    },
    rule=rule,
    examples=(
        Example(table_case(table("codigo", "municipio", "monto")), Verdict.PASS, "ok", "three names"),
        Example(table_case(table("municipio", "2022", "2023")), Verdict.PASS, "ok", "years may head columns"),
        Example(table_case(table("a", "b", header_row=None)), Verdict.FAIL, "no_header", "data from the first row on"),
        Example(
            table_case(table("a", "b", header_row=None), "html"),
            Verdict.FAIL,
            "no_header",
            "a table in HTML without heads",
        ),
        Example(table_case(table("codigo", "")), Verdict.FAIL, "poor_names", "a column without a name"),
        Example(table_case(table("codigo", "Unnamed: 1")), Verdict.FAIL, "poor_names", "a name made by a library"),
        Example(table_case(table("monto", "Monto ")), Verdict.FAIL, "poor_names", "the same name twice"),
        Example(
            table_case(table("Villa Real", "0101", "37.5")), Verdict.FAIL, "poor_names", "values in place of names"
        ),
        Example(
            table_case(Table(name="vacia", header_row=None, first_data_row=None, rows=0, columns=(), reason="")),
            Verdict.UNKNOWN,
            "no_columns",
            "an empty sheet",
        ),
    ),
)
