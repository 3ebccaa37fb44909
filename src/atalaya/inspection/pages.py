"""Web pages: whether a page is a table under another name, stands where data should be, or is a soft failure.

Systems export tables as HTML and call them spreadsheets. Such a page is read as the table that it is when its text lies in
tables of rows as wide as each other, and nothing in it leads on through a site.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from atalaya.inspection.canonical import lines_hash
from atalaya.inspection.findings import Defect
from atalaya.inspection.limits import Limits
from atalaya.inspection.material import Findings, Hint, Material
from atalaya.inspection.page_tables import Grid, Page, read_page
from atalaya.inspection.services import service_in_page
from atalaya.inspection.soft_failures.page import page_facts
from atalaya.inspection.soft_failures.registry import find_in_page
from atalaya.inspection.tables import Profile, gather, profile_rows

_NO_PAGES = ("html", "rdfa", "mhtml", "api", "txt", "xml")
"""Formats under whose names a page may well come."""

_SCRIPTED = re.compile(r"<!--|<(?:script|style|noscript)(?=[\s>/])", re.IGNORECASE)
_CLOSINGS = {"<!--": re.compile(r"--!?>")} | {
    f"<{name}": re.compile(rf"</{name}[^>]{{0,100}}>?", re.IGNORECASE) for name in ("script", "style", "noscript")
}

_MOST_TABLES = 20
"""Tables that carry the data of a page; pages laid out with tables have theirs spread over many more."""
_SHARE = 0.6
_SHARE_OF_FEW = 0.85
_FEW_ROWS = 5
"""Least share of the text of a page that lies in its tables of data, a higher one where those have few rows."""
_LOOSE_LINKS = 5
_LINKED_ROWS = 0.3
_LINKED_CELLS = 0.5
"""Most links outside the tables, site links for each row, and whole addresses for each filled cell."""
_CONTROLS = 2
"""Most fields to fill in; an export may carry the box of a filter along."""
_EVEN = 0.6
_PAIRED = 0.5
_LONG_CELL = 300
_LONG_CELLS = 0.2
"""Shares of the rows of a table that are as wide as most, and that have two values; of its values that are prose."""


def read_html(material: Material) -> Findings:
    """A web page: its encoding, and its table where it is one under another name, else whether it stands in for data."""
    decoded = material.sniffed.decoded
    assert decoded is not None, "markup is sniffed from text"
    plain = without_scripts(decoded.text)
    page = read_page(plain, material.limits.cells)
    grids, why = find_data(page)
    failure = find_in_page(
        page_facts(
            decoded.text,
            plain,
            page.text,
            rows=sum(len(grid.rows) for grid in grids),
            links=page.loose_links,
            controls=page.loose_controls + sum(grid.controls for grid in page.grids),
        )
    )
    if failure is not None:
        grids, why = (), f"it shows the signs of {failure.place}"
    profiles = _profiles(grids, material.limits)
    found = list(decoded.defects)
    claimed = _other_names(material.hint)
    if claimed and profiles:
        found.append(
            Defect(code="page_as_data", place="file", detail=f"named or sent as {claimed}, it is a table in HTML")
        )
    elif claimed:
        detail = f"named or sent as {claimed}, it is a web page: {why}"
        found.append(Defect(code="html_instead_of_data", place="file", detail=detail))
    if failure is not None:
        found.append(failure)
    if not profiles:
        content = lines_hash(re.sub(r"<[^<>]*>", "\n", plain))
        service = service_in_page(decoded.text)
        return Findings(encoding=decoded.encoding, defects=tuple(found), content_sha256=content, service=service)
    if page.full:
        found.append(Defect(code="bomb", place="file", detail="its tables span more cells than are read"))
    read = gather([replace(each, table=replace(each.table, reason=f"{each.table.reason}; {why}")) for each in profiles])
    return replace(read, encoding=decoded.encoding, defects=(*found, *read.defects))


def _other_names(hint: Hint) -> str:
    return ", ".join(each for each in hint.formats if each not in _NO_PAGES)


def _profiles(grids: Sequence[Grid], limits: Limits) -> list[Profile]:
    names = [grid.caption or (f"table {number}" if len(grids) > 1 else "") for number, grid in enumerate(grids, 1)]
    read = (profile_rows(grid.rows, name, limits) for grid, name in zip(grids, names, strict=True))
    return [profile for profile in read if profile is not None]


def find_data(page: Page) -> tuple[tuple[Grid, ...], str]:
    """The tables that hold the data of a page, none where it is a page to be looked at; and the reason, either way."""
    shapes = [shape for grid in page.grids if (shape := _shape(grid)) is not None]
    largest = sorted(shapes, key=lambda shape: -shape.grid.text)[:_MOST_TABLES]
    chosen = [shape for shape in shapes if any(shape is each for each in largest)]
    if not chosen:
        return (), f"none of its {len(page.grids)} tables has rows of data" if page.grids else "it holds no table"
    rows = sum(shape.rows for shape in chosen)
    share = sum(shape.grid.text for shape in chosen) / max(page.text, 1)
    if share < (_SHARE if rows >= _FEW_ROWS else _SHARE_OF_FEW):
        return (), f"only {share:.0%} of its text lies in tables of data"
    if reason := _is_site(page, chosen):
        return (), reason
    tables = "a table" if len(chosen) == 1 else f"{len(chosen)} tables"
    return tuple(shape.grid for shape in chosen), f"{tables} of {rows} rows holds {share:.0%} of the text of the page"


def _is_site(page: Page, chosen: "Sequence[_Shape]") -> str | None:
    """Why a page with a table is part of a site and no export, None where nothing leads on."""
    if page.navigation:
        return "it has a menu beside its table"
    if page.loose_links > _LOOSE_LINKS:
        return f"{page.loose_links} links stand outside its tables"
    rows, filled = sum(shape.rows for shape in chosen), sum(shape.filled for shape in chosen)
    if sum(shape.grid.site_links for shape in chosen) > _LINKED_ROWS * rows:
        return "the rows of its table lead to other pages of the site"
    if sum(shape.grid.outer_links for shape in chosen) > _LINKED_CELLS * filled:
        return "its table is a list of links"
    if page.loose_controls + sum(grid.controls for grid in page.grids) > max(_CONTROLS, _LINKED_ROWS * rows):
        return "it is a form to fill in"
    return None


@dataclass(frozen=True, slots=True)
class _Shape:
    """A table whose rows agree like data: filled rows and filled cells."""

    grid: Grid
    rows: int
    filled: int


def _shape(grid: Grid) -> _Shape | None:
    """The shape of a table of data; None for a table that arranges a page, or holds too little to tell."""
    rows = [row for row in grid.rows if any(row)]
    if len(rows) < 2 and not (rows and grid.heads >= 2):
        return None
    widths = Counter(map(len, rows))
    width = max(widths, key=lambda each: (widths[each], each))
    values = [cell for row in rows for cell in row if cell]
    paired = sum(sum(map(bool, row)) >= 2 for row in rows)
    if width < 2 or widths[width] < _EVEN * len(rows) or paired < _PAIRED * len(rows):
        return None
    if grid.nested > 0.02 * len(rows) or sum(len(cell) > _LONG_CELL for cell in values) > _LONG_CELLS * len(values):
        return None
    small = len(rows) * width < 6 and grid.heads < 2
    return None if small else _Shape(grid, len(rows), len(values))


def without_scripts(text: str) -> str:
    """The page without scripts, styles and comments; one that is never closed takes the rest."""
    kept = []
    place = 0
    while (opening := _SCRIPTED.search(text, place)) is not None:
        kept.append(text[place : opening.start()])
        closing = _CLOSINGS[opening.group().lower()].search(text, opening.end())
        if closing is None:
            return "".join(kept)
        place = closing.end()
    return "".join([*kept, text[place:]])
