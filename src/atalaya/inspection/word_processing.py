"""Texts and presentations of Word, PowerPoint and OpenDocument: their tables, how much text they hold, and of how many pages.

Their XML is read as it is unpacked, so that what one holds is bounded by the cells and characters that are kept.
"""

import io
import re
import xml.parsers.expat as expat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape

from atalaya.inspection.canonical import text_hash
from atalaya.inspection.findings import Defect, Document
from atalaya.inspection.material import Findings, Material
from atalaya.inspection.tables import Profile, gather, profile_rows

_CHUNK = 1 << 20
_MOST_SPAN = 1_000
_OPENING = 600
"""Characters of the beginning of a text that are told."""
_LONGEST_TEXT = 64 * 1024 * 1024
"""Characters of one document that are read."""


@dataclass(frozen=True, slots=True)
class _Dialect:
    """Where a format keeps its text: members, the elements of tables, and those whose characters are text."""

    members: re.Pattern[str]
    pages: str | None
    """The member and attribute or element that states the pages; None where each member is one."""
    statistic: str = ""
    table: str = "tbl"
    row: str = "tr"
    cell: frozenset[str] = frozenset({"tc"})
    text: frozenset[str] = frozenset({"t"})
    page: str = ""
    """An element that is one page, where all stand in one member."""


_OPEN = {
    "table": "table",
    "row": "table-row",
    "cell": frozenset({"table-cell", "covered-table-cell"}),
    "text": frozenset({"p", "h"}),
}
_DIALECTS: Mapping[str, _Dialect] = {
    "docx": _Dialect(re.compile(r"word/document\d*\.xml\Z"), "docProps/app.xml", "Pages"),
    "pptx": _Dialect(re.compile(r"ppt/slides/slide(\d+)\.xml\Z"), None),
    "odt": _Dialect(re.compile(r"content\.xml\Z"), "meta.xml", "page-count", **_OPEN),  # type: ignore[arg-type]
    "odp": _Dialect(re.compile(r"content\.xml\Z"), None, page="page", **_OPEN),  # type: ignore[arg-type]
}


class _Stop(Exception):
    """Raised by our own handlers where a document goes beyond the limits or declares entities; its argument is a code."""


@dataclass(slots=True)
class _Reading:
    """What expat has seen so far. A table inside a cell of another is text of that cell."""

    dialect: _Dialect
    cells: int
    tables: list[list[list[str]]] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    pages: int = 0
    characters: int = 0
    _depth: int = 0
    _texts: int = 0
    _cell: list[str] | None = None
    _waiting: list[str] = field(default_factory=list)
    _repeat: int = 1
    _rows: int = 1

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open a table, a row, a cell or a text."""
        name = name.rpartition(":")[2]
        given = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == self.dialect.table:
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif name == self.dialect.row and self._depth == 1:
            self.tables[-1].append([])
            self._rows = _number(given.get("number-rows-repeated"))
        elif name in self.dialect.cell and self._depth == 1:
            self._cell = []
            self._repeat = _number(given.get("number-columns-repeated"))
        elif name == "gridSpan" and self._depth == 1:
            self._repeat = _number(given.get("val"))
        elif name == self.dialect.page:
            self.pages += 1
        self._texts += name in self.dialect.text
        if name in ("s", "tab", "br", "line-break"):
            self._waiting.append(" ")

    def written(self, characters: str) -> None:
        """Characters, kept where they are text."""
        if self._texts:
            self.characters += len(characters.strip())
            if self.characters > _LONGEST_TEXT:
                raise _Stop("bomb")
            self._waiting.append(characters)

    def ended(self, name: str) -> None:
        """Close what was opened; a paragraph ends a line."""
        name = name.rpartition(":")[2]
        self._texts -= name in self.dialect.text
        if name in ("p", "h"):
            words = " ".join("".join(self._waiting).split())
            self._waiting.clear()
            if words:
                (self.paragraphs if self._cell is None else self._cell).append(words)
        elif name in self.dialect.cell and self._depth == 1 and self._cell is not None:
            self._close_cell()
        elif name == self.dialect.row and self._depth == 1 and self.tables[-1]:
            self._close_row()
        elif name == self.dialect.table:
            self._depth -= 1

    def _close_cell(self) -> None:
        """A merged cell stands in the first of its places; a repeated one of OpenDocument in each."""
        words = " ".join(self._cell or ())
        self._cell = None
        if not self.tables[-1]:
            return
        row = self.tables[-1][-1]
        repeated = "table-cell" in self.dialect.cell and bool(words)
        self._spend(self._repeat)
        row.extend([words, *([words if repeated else ""] * (self._repeat - 1))])
        self._repeat = 1

    def _close_row(self) -> None:
        row = self.tables[-1][-1]
        if self._rows > 1 and any(row):
            self._spend(len(row) * self._rows)
            self.tables[-1].extend(list(row) for _ in range(self._rows - 1))
        self._rows = 1

    def _spend(self, cells: int) -> None:
        self.cells -= cells
        if self.cells < 0:
            raise _Stop("bomb")


def _number(text: str | None) -> int:
    return min(int(text), _MOST_SPAN) if text is not None and text.isdigit() and int(text) else 1


def read_word_processing(material: Material) -> Findings:
    """The tables of a text or presentation, how much text it has and of how many pages it says that it is."""
    dialect = _DIALECTS[material.sniffed.format or ""]
    reading = _Reading(dialect, material.limits.cells)
    found: list[Defect] = []
    pages: int | None = None
    title = ""
    try:
        with zipfile.ZipFile(io.BytesIO(material.data)) as archive:
            members = _members(archive, dialect)
            for name in members:
                found.extend(_parse(archive, name, reading))
            pages = _stated_pages(archive, dialect, reading, len(members))
            title = _stated_title(archive)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        KeyError,
        RuntimeError,
        EOFError,
        zlib.error,
    ) as error:
        if not material.sniffed.defects:
            found.append(
                Defect(code="unreadable", place="file", detail=f"it cannot be unpacked: {type(error).__name__}")
            )
    profiles = list(_profiles(reading, material))
    read = gather(profiles)
    if not reading.characters and not found and not material.sniffed.defects:
        found.append(Defect(code="empty_file", place="file", detail="the document holds no text"))
    content = text_hash("\n".join((*reading.paragraphs, read.content_sha256 or "")))
    first = " ".join(reading.paragraphs[:20])[:_OPENING]
    document = Document(pages=pages, characters=reading.characters, tables=len(profiles), title=title, opening=first)
    return replace(read, document=document, defects=(*found, *read.defects), content_sha256=content)


def _members(archive: zipfile.ZipFile, dialect: _Dialect) -> list[str]:
    matches = [match for name in archive.namelist() if (match := dialect.members.match(name)) is not None]
    return [match.string for match in sorted(matches, key=lambda match: int((match.groups() or ("0",))[0]))]


def _parse(archive: zipfile.ZipFile, name: str, reading: _Reading) -> Iterator[Defect]:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reading.started, reading.ended
    parser.CharacterDataHandler = reading.written
    parser.EntityDeclHandler = _refuse
    try:
        with archive.open(name) as stream:
            while piece := stream.read(_CHUNK):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
    except _Stop:
        yield Defect(code="bomb", place=name, detail="it claims more cells or text than are read")
    except expat.ExpatError as error:
        yield Defect(code="unreadable", place=name, detail=f"its XML is broken: {expat.ErrorString(error.code)}")


def _refuse(*_details: object) -> None:
    raise _Stop("bomb")


def _stated_pages(archive: zipfile.ZipFile, dialect: _Dialect, reading: _Reading, members: int) -> int | None:
    if dialect.page:
        return reading.pages
    if dialect.pages is None:
        return members
    if dialect.pages not in archive.namelist():
        return None
    with archive.open(dialect.pages) as stream:
        text = stream.read(_CHUNK).decode("utf-8", "replace")
    stated = re.search(rf"""{dialect.statistic}(?:>|=["'])(\d{{1,6}})""", text)
    return int(stated.group(1)) if stated else None


def _stated_title(archive: zipfile.ZipFile) -> str:
    """The title in the description of the document, of either family; empty where there is none."""
    for member in ("docProps/core.xml", "meta.xml"):
        if member in archive.namelist():
            with archive.open(member) as stream:
                text = stream.read(_CHUNK).decode("utf-8", "replace")
            found = re.search(r"<dc:title>([^<]{1,600})</dc:title>", text)
            return " ".join(unescape(found.group(1)).split()) if found else ""
    return ""


def _profiles(reading: _Reading, material: Material) -> Iterator[Profile]:
    """The tables that are some: at least two rows and two columns with text. Others only lay out a page."""
    for number, rows in enumerate(reading.tables, 1):
        filled = [row for row in rows if any(row)]
        columns = {at for row in filled for at, cell in enumerate(row) if cell}
        if len(filled) < 2 or len(columns) < 2:
            continue
        profile = profile_rows(rows, f"table {number}", material.limits)
        if profile is not None:
            why = f"table {number} of the document; {profile.table.reason}"
            yield replace(profile, table=replace(profile.table, content="page", reason=why))
