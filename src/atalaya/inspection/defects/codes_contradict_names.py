"""Rows whose code is that of another name: a municipality with the code or the department of another, `14` beside the
name of `17`."""

from collections import Counter
from collections.abc import Iterable, Mapping

from atalaya.countries.pack import Division
from atalaya.inspection.defects import pairings
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.places import places_of
from atalaya.inspection.defects.territory import contradictions
from atalaya.inspection.defects.view import ColumnView, TableView
from atalaya.inspection.semantic.knowledge import Knowledge

_ID = "codes_contradict_names"


def detect(view: TableView) -> Iterable[CellDefect]:
    """One defect for the places of a country, one for each other pair of code and name."""
    territorial = contradictions(view)
    if territorial:
        yield _places(view, territorial)
    judged = {column.position for columns in territorial.values() for column in columns}
    for code, name, rows in pairings.contradictions(view):
        if code.position in judged or name.position in judged:
            continue
        told = f"in column {code.letters} the code of one and in column {name.letters} the name of another"
        cells = ((code, row) for row in rows)
        example = view.row_texts(rows[0], (code, name))
        detail = f"{len(rows)} rows have {told}"
        yield view.found(_ID, cells, detail, count=len(rows), columns=(code, name), example=example)


def _places(view: TableView, rows: Mapping[int, tuple[ColumnView, ...]]) -> CellDefect:
    """One defect for all rows; the cells named are those that most of the other cells of their row contradict."""
    cells = [(column, row) for row, columns in sorted(rows.items()) for column in _accused(columns)]
    columns = sorted({column.position: column for each in rows.values() for column in each}.items())
    shown = [column for _, column in columns]
    detail = f"{len(rows)} rows have a code or a name of a place that its other codes and names contradict"
    example = view.row_texts(min(rows), shown)
    return view.found(_ID, cells, detail, count=len(rows), columns=shown, example=example)


def _accused(columns: Iterable[ColumnView]) -> list[ColumnView]:
    counted = Counter(column.position for column in columns)
    most = max(counted.values())
    return [column for column in dict.fromkeys(columns) if counted[column.position] == most]


_PLACES = places_of(
    (
        Division(code="01", name="Norte", level=1),
        Division(code="02", name="Sur", level=1),
        *(
            Division(code=f"01{n:02}", name=f"Villa {word}", level=2, parent="01")
            for n, word in enumerate(("Real", "Alta", "Nueva"), 1)
        ),
        *(
            Division(code=f"02{n:02}", name=f"Puerto {word}", level=2, parent="02")
            for n, word in enumerate(("Azul", "Bajo", "Largo"), 1)
        ),
    )
)
_KNOWN = Knowledge(places=_PLACES)
_RIGHT = (
    ("101", "Villa Real", "Norte"),
    ("102", "VILLA ALTA", "Norte"),
    ("103", "Villa Nueva", "NORTE"),
    ("201", "Puerto Azul", "Sur"),
    ("202", "Puerto Bajo", "Sur"),
)

KIND = DefectKind(
    id=_ID,
    version=1,
    title="Codes that contradict names",
    text="A code and the name beside it mean the same thing in every row: the place that the country knows by that code "
    "and name, in the "
    "larger division that the row names; and of other codes the name that they have in all other rows, unless it is the name of "
    "another code. Spellings and accents do not count.",
    remedy="Look up in the official list which of the two is meant, and correct the other.",
    detect=detect,
    examples=(
        ExampleTable(
            "the code of another place",
            ("codigo", "municipio", "departamento"),
            (*_RIGHT, ("102", "Puerto Largo", "Sur")),
            ("A7",),
            _KNOWN,
        ),
        ExampleTable(
            "a code that nobody has",
            ("codigo", "municipio", "departamento"),
            (*_RIGHT, ("302", "Puerto Largo", "Sur")),
            ("A7",),
            _KNOWN,
        ),
        ExampleTable(
            "in the wrong department",
            ("codigo", "municipio", "departamento"),
            (*_RIGHT, ("203", "Puerto Largo", "Norte")),
            ("C7",),
            _KNOWN,
        ),
        ExampleTable(
            "a name under another code",
            ("codigo clase", "clase", "monto"),
            (*((10 * (1 + n % 5), f"Clase {'ABCDE'[n % 5]}", n) for n in range(60)), (20, "Clase A", 7)),
            ("A62",),
        ),
        ExampleTable(
            "another spelling",
            ("codigo", "municipio", "departamento"),
            (*_RIGHT, ("203", "Pto. Largo", "sur")),
            (),
            _KNOWN,
        ),
        ExampleTable(
            "a name that changed",
            ("codigo clase", "clase", "monto"),
            (*((10 * (1 + n % 5), f"Clase {'ABCDE'[n % 5]}", n) for n in range(60)), (20, "Clase B (nueva)", 7)),
        ),
    ),
)
