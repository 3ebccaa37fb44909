"""In a format that tells numbers from texts, the numbers of a column are numbers.

Those that are texts are left out of every sum without a word, so that the table fails. A text file knows no types and is not
concerned; a column all of whose values are texts may hold codes.
"""

from atalaya.catalogue.vocabularies.formats import is_a
from atalaya.checks.cases import TableCase
from atalaya.checks.check import Effort
from atalaya.checks.contents import TRUE_FIELDS, true_formats
from atalaya.checks.example_cases import column, table
from atalaya.checks.inner_defects import Shown, numeric, on_defect
from atalaya.inspection.defects import numbers_as_text
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.findings import Column

TYPED = ("excel", "json", "ods", "sqlite")
"""Formats (with their special cases) in which each cell says whether it is a number or a text. Parquet and dBase say it of whole
columns."""


def concerned(case: TableCase) -> tuple[Column, ...]:
    """The columns of numbers of such formats."""
    formats = true_formats(case.inspection)
    return numeric(case) if any(is_a(each, typed) for each in formats for typed in TYPED) else ()


CHECK = on_defect(
    numbers_as_text.KIND,
    check_id="numbers_typed",
    title="Numbers are numbers, not texts",
    found="{count} cells hold a number as text: {cells}, in the column {columns}.",
    absent="The table has no numbers, or its format does not tell numbers from texts.",
    concerned=concerned,
    reads=("table.columns.kind", "table.columns.filled", *TRUE_FIELDS, "inspection.members"),
    effort=Effort.LOW,
    shown=Shown(
        sound=table(columns=(column(1, "municipio"), column(2, "monto", "number"))),
        foreign=table("municipio", "observaciones"),
        fault=CellDefect(id=numbers_as_text.KIND.id, columns=(2,), count=2, cells=("B3", "B9"), rows=(3, 9), detail=""),
        format="xlsx",
    ),
)
