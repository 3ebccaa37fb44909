"""Years, months or quarters that stand as columns beside each other instead of in a column of their own."""

import re
from collections import defaultdict
from collections.abc import Iterable

from atalaya.inspection.defects.cells import MOST_CELLS, CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.view import ColumnView, TableView

_ID = "periods_as_columns"
LEAST_YEARS = 3
LEAST_MONTHS = 4
LEAST_QUARTERS = 3

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTHS = (
    "ene(?:ro)?|jan(?:uary|eiro)?|feb(?:rero|ruary)?|fev(?:ereiro)?|mar(?:zo|ch|co)?|abr(?:il)?|apr(?:il)?|may(?:o)?|mai(?:o)?|"
    "jun(?:io|e|ho)?|jul(?:io|y|ho)?|ago(?:sto)?|aug(?:ust)?|sept?(?:iembre|ember)?|set(?:iembre|embro)?|oct(?:ubre|ober)?|"
    "out(?:ubro)?|nov(?:iembre|ember|embro)?|di[cz](?:iembre|embro)?|dec(?:ember)?|dez(?:embro)?"
)
_MONTH = re.compile(rf"(?<![a-z])(?:{_MONTHS})(?![a-z])")
_QUARTER = re.compile(
    r"(?<![a-z0-9])(?:q ?[1-4]|[1-4] ?q|trim(?:estre)? ?[1-4]|t ?[1-4]|(?:primer|segundo|tercer|cuarto) "
    r"trimestre|i{1,3}v? trim\w*)(?![a-z0-9])"
)
_FORMS = ((_YEAR, LEAST_YEARS, "years"), (_MONTH, LEAST_MONTHS, "months"), (_QUARTER, LEAST_QUARTERS, "quarters"))


def detect(view: TableView) -> Iterable[CellDefect]:
    """One defect for the table: the columns of numbers whose names differ in the period alone."""
    if len(view.numeric) < LEAST_YEARS:
        return
    for form, least, told in _FORMS:
        groups: defaultdict[str, dict[str, ColumnView]] = defaultdict(dict)
        for column in view.numeric:
            found = form.search(column.folded)
            if found is not None:
                stem = column.folded[: found.start()] + "\x00" + column.folded[found.end() :]
                groups[_YEAR.sub("", stem) if form is _MONTH else stem].setdefault(found[0], column)
        wide = [column for group in groups.values() if len(group) >= least for column in group.values()]
        if wide:
            yield _found(view, sorted(wide, key=lambda column: column.position), told)
            return


def _found(view: TableView, wide: list[ColumnView], told: str) -> CellDefect:
    header = view.frame.header_rows[-1:]
    return CellDefect(
        id=_ID,
        columns=tuple(column.position for column in wide),
        count=len(wide),
        cells=tuple(column.address(header[0]) for column in wide[:MOST_CELLS]) if header else (),
        rows=header,
        detail=f"{len(wide)} columns hold the same figure for different {told}",
        example=tuple(column.name for column in wide[:MOST_CELLS]),
    )


KIND = DefectKind(
    id=_ID,
    version=1,
    title="Years or months as columns",
    text="A figure of several years, months or quarters stands in one column, with the period in another. Told from {years} "
    "columns whose names differ in the year alone, {months} in the month, {quarters} in the quarter.",
    remedy="Turn the columns into rows: one column for the period, one for the figure, so that a new period adds rows "
    "and no column.",
    detect=detect,
    thresholds={"years": LEAST_YEARS, "months": LEAST_MONTHS, "quarters": LEAST_QUARTERS},
    examples=(
        ExampleTable(
            "a column a year",
            ("municipio", "2019", "2020", "2021"),
            (("Villa", 1, 2, 3), ("Río", 4, 5, 6)),
            ("B1", "C1", "D1"),
        ),
        ExampleTable(
            "a column a month",
            ("programa", "enero", "febrero", "marzo", "abril"),
            (("Salud", 1, 2, 3, 4), ("Vías", 5, 6, 7, 8)),
            ("B1", "E1"),
        ),
        ExampleTable(
            "one column for the year", ("municipio", "anio", "casos"), (("Villa", 2019, 3), ("Villa", 2020, 4))
        ),
        ExampleTable("two years compared", ("municipio", "censo 2002", "censo 2018"), (("Villa", 3, 4), ("Río", 5, 6))),
    ),
)
