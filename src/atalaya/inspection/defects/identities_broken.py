"""Rows that break a sum or a product of columns which holds in nearly all others."""

import re
from collections.abc import Iterable, Iterator

from atalaya.countries.pack import ColumnIdentity
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.roles import folded
from atalaya.inspection.defects.sums import HOLDS, LEAST_ROWS, Checked, Identity, check, find_identities
from atalaya.inspection.defects.view import ColumnView, TableView
from atalaya.inspection.semantic.knowledge import Knowledge

_ID = "identities_broken"


def detect(view: TableView) -> Iterable[CellDefect]:
    """One defect for each identity that is declared or found, and broken by some rows."""
    if view.rows < 2:
        return
    known: set[tuple[int, ...]] = set()
    for checked in (*_declared(view), *find_identities(view)):
        identity = checked.identity
        columns = tuple(sorted(column.position for column in (*identity.parts, identity.total)))
        if checked.broken and columns not in known:
            yield _found(view, checked)
        known.add(columns)


def _declared(view: TableView) -> Iterator[Checked]:
    numeric = {column.folded: column for column in reversed(view.numeric)}
    for each in view.knowledge.identities:
        total = _named(numeric, each.total)
        parts = [_named(numeric, names) for names in each.parts]
        found = tuple(part for part in parts if part is not None)
        if total is None or len(found) < len(parts):
            continue
        checked = check(view, Identity(total, found, declared=True))
        if checked is not None:
            yield checked


def _named(numeric: dict[str, ColumnView], names: Iterable[str]) -> ColumnView | None:
    return next((numeric[key] for key in map(folded, names) if key in numeric), None)


def _found(view: TableView, checked: Checked) -> CellDefect:
    identity = checked.identity
    columns = (*identity.parts, identity.total)
    count = len(checked.broken)
    why = "which is declared" if identity.declared else "which holds in nearly all others"
    detail = f"{count} of {count + checked.holds} rows break {identity.told}, {why}"
    cells = ((identity.total, row) for row in checked.broken)
    example = view.row_texts(checked.broken[0], columns)
    doubtful = not (identity.declared or (identity.scale is None and _TOTAL.search(identity.total.folded)))
    return view.found(_ID, cells, detail, count=count, columns=columns, example=example, doubtful=doubtful)


_TOTAL = re.compile(r"\b(?:sub)?tot(?:al|ales|als)?\b|\b(?:suma|sum)\b")
"""Names of columns that say that they are a sum. Nobody says so of the others: the relation may be no rule, and what breaks it no
mistake."""


_BUDGET = Knowledge(
    identities=(ColumnIdentity(id="current", total=("vigente",), parts=(("asignado",), ("modificado",))),)
)

KIND = DefectKind(
    id=_ID,
    version=1,
    title="Rows that break a sum of their columns",
    text="Where a column is the sum or the product of others in at least {share} of the rows (told from {rows} rows), "
    "or a country "
    "declares that it is, it is so in every row, within what rounding makes.",
    remedy="Compare the rows named with their source and correct the value that is wrong.",
    detect=detect,
    thresholds={"share": f"{HOLDS:.0%}", "rows": LEAST_ROWS},
    examples=(
        ExampleTable(
            "a total that its parts do not make",
            ("municipio", "hombres", "mujeres", "total"),
            (*((f"Lugar {n}", 100 + 7 * n, 90 + 11 * n, 190 + 18 * n) for n in range(60)), ("Villa Real", 50, 60, 111)),
            ("D62",),
        ),
        ExampleTable(
            "a price that is not what the units cost",
            ("articulo", "cantidad", "precio", "valor"),
            (
                *((f"Art. {n}", 2 + n, 10.25 + n, round((2 + n) * (10.25 + n), 2)) for n in range(60)),
                ("Silla", 4, 25.5, 204),
            ),
            ("D62",),
        ),
        ExampleTable(
            "a sum that is declared",
            ("entidad", "asignado", "modificado", "vigente"),
            (("A", 10, 5, 15), ("B", 20, -5, 15), ("C", 30, 0, 31)),
            ("D4",),
            _BUDGET,
        ),
        ExampleTable(
            "a part that is not listed",
            ("municipio", "hombres", "mujeres", "total"),
            tuple((f"Lugar {n}", 100 + 7 * n, 90 + 11 * n, 190 + 18 * n + n % 3) for n in range(60)),
        ),
    ),
)
