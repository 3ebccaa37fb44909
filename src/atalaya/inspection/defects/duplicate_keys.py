"""A code that tells the rows apart, but for a few rows that share theirs."""

from collections import Counter
from collections.abc import Iterable

from atalaya.inspection.defects import roles
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.view import ColumnView, TableView
from atalaya.inspection.defects.words import column_words

_ID = "duplicate_keys"
LEAST_ROWS = 20
MOST_REPEATED = 0.02
"""Share of the rows that may repeat a code that is still meant to be one a row; one row in any table of `LEAST_ROWS`."""
_SHAPES = 3
"""Shapes that the codes of a column have: most are written alike."""


def detect(view: TableView) -> Iterable[CellDefect]:
    """The first column that is a key but for few rows, where no other one is a key."""
    if view.rows < LEAST_ROWS:
        return
    named = [column for column in view.columns[:FIRST] if may_be_key(column.folded) and not roles.is_row_number(column)]
    if any(column.distinct == column.filled == view.rows for column in named):
        return
    for column in named:
        if column.distinct < column.filled and _nearly_unique(column, view.rows) and _alike(column):
            yield _found(view, column)
            return


FIRST = 12
"""Columns among which the key stands: codes further right belong to other things."""


def may_be_key(folded: str) -> bool:
    """Whether a folded name is that of a code that tells rows apart, and not of one that says whom they refer to."""
    words = column_words()
    return words.key.search(folded) is not None and words.reference.search(folded) is None


def _nearly_unique(column: ColumnView, rows: int) -> bool:
    return column.filled >= 0.95 * rows and column.filled - column.distinct <= max(1, MOST_REPEATED * rows)


def _alike(column: ColumnView) -> bool:
    """Whether its values are written as codes are: of few lengths, or all digits."""
    shapes = Counter(len(text) for number, text in enumerate(column.texts) if number not in column.missing)
    return column.kind == "integer" or sum(count for _, count in shapes.most_common(_SHAPES)) >= 0.9 * column.distinct


def _found(view: TableView, column: ColumnView) -> CellDefect:
    shared = frozenset(number for number, count in column.counts.items() if count > 1 and number not in column.missing)
    rows = sorted(column.rows_of(shared), key=lambda row: (column.codes[row], row))
    detail = f"column {column.letters} tells the rows apart but for {len(rows)}, which share {len(shared)} codes"
    example = (column.texts[min(shared)],)
    return view.found(_ID, ((column, row) for row in rows), detail, count=len(rows), example=example)


KIND = DefectKind(
    id=_ID,
    version=1,
    title="Codes that several rows share",
    text="Where a column of codes tells the rows apart, no code stands twice. Told from {rows} rows, where at most "
    "{share} of them "
    "repeat a code.",
    remedy="Give every row its own code: look up the right one for the rows named, or take out the row that was entered twice.",
    detect=detect,
    thresholds={"rows": LEAST_ROWS, "share": f"{MOST_REPEATED:.0%}"},
    examples=(
        ExampleTable(
            "one code for two places",
            ("codigo", "municipio"),
            (*((100 + place, f"Lugar {place}") for place in range(30)), (107, "Otro lugar")),
            ("A9", "A32"),
        ),
        ExampleTable(
            "several rows for each code",
            ("codigo", "anio"),
            tuple((100 + place % 10, 2000 + place // 10) for place in range(30)),
        ),
        ExampleTable(
            "a process with two contracts",
            ("codigo proceso", "codigo contrato"),
            (*((500 + place, 100 + place) for place in range(30)), (507, 130)),
        ),
        ExampleTable(
            "codes of suppliers, who may win twice",
            ("expediente", "codigo proveedor"),
            (*((f"E-{place:04}", 5_000 + place) for place in range(30)), ("E-0030", 5_007)),
        ),
    ),
)
