"""Writers of text files: delimited text, JSON, GeoJSON, XML and web pages, all with fixed bytes for the same rows."""

import json
from collections.abc import Iterable
from xml.sax.saxutils import escape

from atalaya.samples.tables import Cell, Rows


def delimited(table: Rows, delimiter: str = ",", preamble: tuple[str, ...] = ()) -> str:
    """Delimited text with a header row, quotes where they are needed and LF line ends."""
    lines = [*preamble, *(_line(row, delimiter) for row in (table.columns, *table.rows))]
    return "\n".join(lines) + "\n"


def _line(row: Iterable[Cell], delimiter: str) -> str:
    return delimiter.join(_field(str(value), delimiter) for value in row)


def _field(text: str, delimiter: str) -> str:
    if any(mark in text for mark in (delimiter, '"', "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def records(table: Rows) -> str:
    """A JSON list of objects, one for each row."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def geojson(table: Rows) -> str:
    """Points on an invented grid, one for each row: the facts at hand have no coordinates."""
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(table.columns, row, strict=True)),
            "geometry": {"type": "Point", "coordinates": [-90 + number % 20 / 10, 14 + number // 20 / 10]},
        }
        for number, row in enumerate(table.rows)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False) + "\n"


def xml(table: Rows) -> str:
    """An XML document with one element for each row."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<registros>"]
    for row in table.rows:
        cells = zip(table.columns, row, strict=True)
        inner = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in cells)
        lines.append(f"<registro>{inner}</registro>")
    return "\n".join([*lines, "</registros>"]) + "\n"


def html_table(table: Rows) -> str:
    """A web page with the rows in a table, as portals export it under the name of a spreadsheet."""
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(value))}</td>" for value in row) + "</tr>\n"
        for row in (table.columns, *table.rows)
    )
    return f"<html><head><meta charset='utf-8'></head><body><table>\n{body}</table></body></html>\n"


def html_page(title: str, text: str) -> str:
    """A small web page."""
    return (
        f'<!DOCTYPE html>\n<html lang="es"><head><meta charset="utf-8"><title>{escape(title)}</title></head>\n'
        f"<body><h1>{escape(title)}</h1><p>{escape(text)}</p></body></html>\n"
    )
