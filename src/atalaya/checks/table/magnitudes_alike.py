"""No value is of another magnitude than all others of its kind, or only the source can tell whether it is right.

This check never fails. A year in which a town has thirty times what it has in all others is most often a slip of decimals, and
sometimes a dam that was built: the table alone cannot tell, and a true value is nothing to mend. What stands out is named and
leaves the verdict *unknown* until somebody has compared it with its source.
"""

from atalaya.checks.cases import TableCase
from atalaya.checks.check import Effort
from atalaya.checks.example_cases import column, table
from atalaya.checks.inner_defects import Shown, measures, numeric, on_defect
from atalaya.inspection.defects import magnitude_outlying
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.roles import folded
from atalaya.inspection.defects.words import column_words
from atalaya.inspection.findings import Column


def concerned(case: TableCase) -> tuple[Column, ...]:
    """The columns of figures beside one of years, in tables with enough rows for the groups that are compared."""
    if case.table.rows < magnitude_outlying.LEAST_GROUPS:
        return ()
    year = column_words().year
    years = [each for each in numeric(case) if year.search(folded(each.name))]
    found = measures(case)
    return found if years and len(case.table.columns) > len(found) + len(years) else ()


CHECK = on_defect(
    magnitude_outlying.KIND,
    check_id="magnitudes_alike",
    title="Values are of the magnitude of the others",
    text="No year of one town or institution has {times} times what its other years have, or bears to another column a "
    "relation {times} times that of all others, where the others are alike. Told from {groups} groups of name and year. "
    "What stands out so is named and never fails: only its source can tell whether it is right.",
    doubtful="{count} groups of values are at least {times} times off what all others have, and only the source can tell whether "
    "they are right: {cells}, in the column {columns}.",
    absent="The table has no figures by name and year that could be compared.",
    concerned=concerned,
    reads=("table.columns.kind", "table.columns.filled"),
    effort=Effort.MEDIUM,
    shown=Shown(
        sound=table(
            columns=(column(1, "municipio"), column(2, "anio", "integer"), column(3, "monto", "number")), rows=60
        ),
        foreign=table("municipio", "observaciones", rows=60),
        fault=CellDefect(
            id=magnitude_outlying.KIND.id,
            columns=(3,),
            count=1,
            cells=("C31",),
            rows=(31,),
            detail="",
            doubtful=True,
        ),
    ),
)
