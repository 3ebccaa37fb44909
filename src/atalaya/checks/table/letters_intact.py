"""Letters with accents are the letters that were meant, in names of columns and in texts.

`encoding_utf8` asks in which encoding the bytes are written; this check asks whether the words survived. A file in perfect UTF-8
may hold `EducaciÃ³n` for ever, because it was damaged before it was saved.
"""

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Effort
from atalaya.checks.example_cases import column, table
from atalaya.checks.inner_defects import Shown, on_defect
from atalaya.inspection.defects import mojibake
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.findings import Column


def concerned(case: TableCase) -> tuple[Column, ...]:
    """The columns of text, and those with a name."""
    return tuple(each for each in case.table.columns if each.name.strip() or (each.kind == "text" and each.filled > 0))


CHECK = on_defect(
    mojibake.KIND,
    check_id="letters_intact",
    title="Letters with accents are intact",
    found="{count} cells or names of columns hold damaged letters: {cells}, in the column {columns}.",
    absent="The table has neither texts nor names of columns.",
    concerned=concerned,
    reads=("table.columns.kind", "table.columns.filled"),
    effort=Effort.LOW,
    shown=Shown(
        sound=table("area", "municipio"),
        foreign=table(columns=(column(1, "", "integer"), column(2, "", "number"))),
        fault=CellDefect(
            id=mojibake.KIND.id,
            columns=(1,),
            count=24,
            cells=("A2", "A3"),
            rows=(2, 3),
            detail="",
            shown="EducaciÃ³n",
        ),
    ),
)
