"""Files written by the tests themselves, small and of every family."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import pytest

ZipOf = Callable[[Mapping[str, bytes | str]], bytes]
Workbook = Callable[[Mapping[str, list[list[object]]]], bytes]


@pytest.fixture
def zip_of() -> ZipOf:
    """Bytes of a ZIP file with members by name."""

    def write(members: Mapping[str, bytes | str]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return out.getvalue()

    return write


@pytest.fixture
def workbook() -> Workbook:
    """Bytes of an XLSX with sheets by name; a name that starts with `_` is hidden."""

    def write(sheets: Mapping[str, list[list[object]]]) -> bytes:
        book = openpyxl.Workbook()
        del book["Sheet"]
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
            if name.startswith("_"):
                sheet.sheet_state = "hidden"
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return write


@pytest.fixture
def feature_collection() -> bytes:
    """A GeoJSON with two points."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-90.5, 14.6]},
            "properties": {"n": n, "lugar": f"x{n}"},
        }
        for n in range(2)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()
