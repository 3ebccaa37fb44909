"""What the parts of an XLSX say beside its cells: links to other workbooks, formulas whose results were never stored.

Told from the ZIP file itself, since readers of cells give neither.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from atalaya.inspection.findings import Defect, Table

_LINK = re.compile(r"xl/externalLinks/externalLink\d+\.(?:xml|bin)\Z")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml\Z")
_UNSTORED = re.compile(rb"<c\b[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
"""A cell with a formula and no value behind it (ECMA-376 part 1, §18.3.1.4)."""
_CHUNK = 1 << 20
_LARGEST = 256 * 1024 * 1024
"""Bytes of one sheet that are looked at."""
_ERRORS = (
    zipfile.BadZipFile,
    OSError,
    ValueError,
    NotImplementedError,
    KeyError,
    RuntimeError,
    EOFError,
    zlib.error,
    IndexError,
)


def find_in_package(data: bytes, tables: Sequence[Table]) -> list[Defect]:
    """Defects of a workbook that is a ZIP file of XML; none of others. Sheets are unpacked only where columns stand empty."""
    if not data.startswith(b"PK"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return list(_find(archive, tables))
    except _ERRORS:
        return []  # what is wrong with the file is told by who reads its cells


def _find(archive: zipfile.ZipFile, tables: Sequence[Table]) -> Iterator[Defect]:
    names = archive.namelist()
    links = sum(_LINK.match(name) is not None for name in names)
    if links:
        detail = f"its formulas refer to {links} other workbooks; what they show may be old"
        yield Defect(code="external_links", place="file", detail=detail)
    hollow = not tables or any(column.name and not column.filled for table in tables for column in table.columns)
    if not hollow:
        return
    number = sum(_unstored(archive, name) for name in names if _SHEET.match(name))
    if number:
        detail = f"{number} formulas have no stored result: who does not compute them sees empty cells"
        yield Defect(code="formulas_without_results", place="file", detail=detail)


def _unstored(archive: zipfile.ZipFile, name: str) -> int:
    found, held, read = 0, b"", 0
    with archive.open(name) as stream:
        while (piece := stream.read(_CHUNK)) and read < _LARGEST:
            read += len(piece)
            held += piece
            end = held.rfind(b"</c>") + 4
            if end > 4:
                found += len(_UNSTORED.findall(held[:end]))
                held = held[end:]
            held = held[-_CHUNK:]
    return found
