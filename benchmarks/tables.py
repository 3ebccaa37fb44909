"""Files for the benches of inspection, written anew for every run: small texts of many kinds, and a large workbook."""

import csv
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

Cell = str | int | float
Column = Callable[[random.Random, int], Cell]

_PLACES = [f"Municipio {number}" for number in range(340)]
_COLUMNS: dict[str, Column] = {
    "codigo": lambda _chance, row: f"{row:05}",
    "municipio": lambda chance, _row: chance.choice(_PLACES),
    "fecha": lambda chance, _row: (
        f"{chance.randrange(2010, 2025)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    ),
    "monto": lambda chance, _row: round(chance.random() * 1e6, 2),
    "casos": lambda chance, _row: chance.randrange(500),
    "estado": lambda chance, _row: chance.choice(["activo", "inactivo", "", "N/D"]),
    "descripcion": lambda chance, _row: " ".join(chance.choices(["obra", "escuela", "agua", "puente", "camino"], k=6)),
    "sitio": lambda chance, _row: f"https://example.org/{chance.randrange(10_000)}",
    "activo": lambda chance, _row: chance.choice(["sí", "no"]),
    "latitud": lambda chance, _row: round(chance.uniform(13.7, 17.8), 6),
}


def write_small(folder: Path, count: int, seed: int = 1) -> list[Path]:
    """So many CSV of 2 to 20 KB, each with some of ten columns in one of three delimiters."""
    chance = random.Random(seed)
    paths = []
    for number in range(count):
        names = chance.sample(sorted(_COLUMNS), chance.randrange(3, len(_COLUMNS) + 1))
        size = chance.randrange(2_000, 20_000)
        path = folder / f"{number:05}.csv"
        with path.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream, delimiter=chance.choice(",;\t"))
            writer.writerow(names)
            row = 0
            while stream.tell() < size:
                row += 1
                writer.writerow([_COLUMNS[name](chance, row) for name in names])
        paths.append(path)
    return paths


_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Datos" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>",
}
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def write_workbook(path: Path, rows: int, columns: int, seed: int = 1) -> None:
    """An XLSX with one sheet of up to 26 columns: whole numbers, amounts, repeated names and texts that differ in every row."""
    chance = random.Random(seed)
    shared: dict[str, int] = {}

    def cell(place: str, value: Cell) -> str:
        if isinstance(value, str):
            return f'<c r="{place}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'
        return f'<c r="{place}"><v>{value}</v></c>'

    kinds: tuple[Column, ...] = (
        lambda _chance, row: row * 7,
        lambda chance, _row: round(chance.random() * 1e4, 2),
        lambda chance, _row: chance.choice(_PLACES),
        lambda chance, row: f"contrato {row} de {chance.randrange(100)}",
    )
    letters = [chr(ord("A") + place) for place in range(columns)]
    lines = [f'<row r="1">{"".join(cell(f"{letter}1", f"columna {letter}") for letter in letters)}</row>']
    for row in range(2, rows + 2):
        values = (kinds[place % len(kinds)](chance, row) for place in range(columns))
        cells = "".join(cell(f"{letter}{row}", value) for letter, value in zip(letters, values, strict=True))
        lines.append(f'<row r="{row}">{cells}</row>')
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, part in _PARTS.items():
            book.writestr(name, part)
        book.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet {_MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>"
        )
        book.writestr("xl/sharedStrings.xml", f"<sst {_MAIN}>{strings}</sst>")
