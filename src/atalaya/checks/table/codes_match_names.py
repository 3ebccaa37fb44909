"""A code and the name beside it mean the same in every row.

One of the two is wrong wherever they differ, whichever it is, so that the table fails. What they mean is told by the divisions of
the country and by the other rows of the table.
"""

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Effort
from atalaya.checks.example_cases import column, table
from atalaya.checks.inner_defects import Shown, at_least, on_defect
from atalaya.inspection.defects import codes_contradict_names
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.roles import folded
from atalaya.inspection.defects.words import column_words
from atalaya.inspection.findings import Column


def concerned(case: TableCase) -> tuple[Column, ...]:
    """The columns of names and codes, where there are two or more."""
    code = column_words().code
    found = tuple(
        each
        for each in case.table.columns
        if each.filled > 0 and (each.kind == "text" or (each.kind == "integer" and code.search(folded(each.name))))
    )
    return tuple(at_least(2, found))


CHECK = on_defect(
    codes_contradict_names.KIND,
    check_id="codes_match_names",
    title="Codes and names mean the same",
    found="In {count} of {rows} rows a code or a name contradicts the others of its row: {cells}, in the columns {columns}.",
    absent="The table has no two columns of codes or names.",
    concerned=concerned,
    reads=("table.columns.kind", "table.columns.filled"),
    counts="rows",
    effort=Effort.MEDIUM,
    shown=Shown(
        sound=table("codigo", "municipio"),
        foreign=table(columns=(column(1, "anio", "integer"), column(2, "monto", "number"))),
        fault=CellDefect(
            id=codes_contradict_names.KIND.id, columns=(1, 2), count=2, cells=("A3", "A7"), rows=(3, 7), detail=""
        ),
    ),
)
