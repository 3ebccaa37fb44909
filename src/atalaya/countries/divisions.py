"""Reads `divisions.csv`: code, level, parent, name, names (variants separated by `|`), population, row and column of its tile."""

import csv
import io
from pathlib import Path as File

from atalaya.countries.documents import read_text
from atalaya.countries.pack import Division
from atalaya.countries.problems import Place, Problems

COLUMNS = ("code", "level", "parent", "name", "names", "population", "row", "column")
NUMBERS = (("level", 1, False), ("population", 0, True), ("row", 1, True), ("column", 1, True))
"""Columns of whole numbers: the least of each, and whether it may be empty."""


def read_divisions(file: File, name: str, problems: Problems) -> list[tuple[Division, Place]] | None:
    """The divisions with their places, in file order; None where the file cannot be used at all."""
    text = read_text(file, name, problems)
    if text is None:
        return None
    reader = csv.reader(io.StringIO(text), strict=True)
    divisions: list[tuple[Division, Place]] = []
    line = 1
    try:
        header = next(reader, [])
        if not _sound_header(header, Place(name, {(): (1, 1)}), problems):
            return None
        line = reader.line_num + 1
        for cells in reader:
            place = Place(name, {(): (line, 1)})
            line = reader.line_num + 1
            division = _division(cells, header, place, problems) if any(cells) else None
            if division is not None:
                divisions.append((division, place))
    except csv.Error as error:
        place = Place(name, {(): (line, 1)})
        problems.error(place, (), f"is not CSV: {error}", "put cells that hold quotes or commas in quotes")
        return None
    return divisions


def _sound_header(header: list[str], place: Place, problems: Problems) -> bool:
    missing = [column for column in COLUMNS[:4] if column not in header]
    unknown = [column for column in header if column not in COLUMNS]
    for column in missing:
        problems.error(place, (), f"lacks the column {column!r}", f"the columns are {', '.join(COLUMNS)}")
    for column in unknown:
        problems.error(place, (), f"has an unknown column {column!r}", f"the columns are {', '.join(COLUMNS)}")
    if len(set(header)) < len(header):
        problems.error(place, (), "names a column twice", "keep one of each")
    return not (missing or unknown or len(set(header)) < len(header))


def _division(cells: list[str], header: list[str], place: Place, problems: Problems) -> Division | None:
    if len(cells) != len(header):
        what = f"the row has {len(cells)} cells where the header has {len(header)}"
        problems.error(place, (), what, "put cells that hold commas in quotes")
        return None
    row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    sound = True
    for column in ("code", "name"):
        if not row[column]:
            problems.error(place, (), f"the cell {column!r} is empty", "fill it in")
            sound = False
    for column, least, optional in NUMBERS:
        cell = row.get(column, "")
        if (cell or not optional) and not (cell.isdecimal() and int(cell) >= least):
            remedy = f"write a whole number from {least}, without separators"
            problems.error(place, (), f"the cell {column!r} holds {cell!r}, which is no number", remedy)
            sound = False
    if bool(row.get("row")) is not bool(row.get("column")):
        problems.error(place, (), "has half a tile", "fill in both row and column, or neither")
        sound = False
    if not sound:
        return None
    return Division(
        code=row["code"],
        name=row["name"],
        level=int(row["level"]),
        parent=row["parent"] or None,
        names=tuple(part.strip() for part in row.get("names", "").split("|") if part.strip()),
        population=int(row["population"]) if row.get("population") else None,
        row=int(row["row"]) if row.get("row") else None,
        column=int(row["column"]) if row.get("column") else None,
    )
