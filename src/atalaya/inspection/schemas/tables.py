"""The rows of a file as a person numbers them, for holding them against a schema.

Unlike an inspection, which looks for the header, this takes the rows that the dialect names: a schema that was agreed on says
where its header stands.
"""

import csv
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from atalaya.inspection.dialect import Guess, detect_dialect
from atalaya.inspection.findings import Dialect
from atalaya.inspection.kinds import cell_text
from atalaya.inspection.limits import DEFAULT, Limits
from atalaya.inspection.material import Hint
from atalaya.inspection.records import lines, read_rows
from atalaya.inspection.schemas.conformance import Row
from atalaya.inspection.schemas.dialect import TableDialect
from atalaya.inspection.sniff import sniff
from atalaya.inspection.text import decode
from atalaya.inspection.workbooks import opened

_WORKBOOKS = frozenset({"xls", "xlsx", "xlsm", "xlsb", "ods"})
_JSON = frozenset({"json", "jsonl", "geojson"})
_PACKED = frozenset({"zip", "gzip", "data_package"})
_PLAIN = Dialect(delimiter=",")


class Unreadable(Exception):
    """Raised when a file gives no rows; `code` is a class of errors, the message a sentence."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


@dataclass(frozen=True, slots=True)
class OpenTable:
    """The labels of a table, None where it has no header, and its rows below them."""

    labels: tuple[str, ...] | None
    rows: Iterator[Row]


def open_table(
    data: bytes, dialect: TableDialect | None = None, *, encoding: str | None = None, limits: Limits = DEFAULT
) -> OpenTable:
    """The table of a file: delimited text, a workbook, lists in JSON, or one such file packed. Raises Unreadable.

    `encoding` is strict where given; else it is found by looking. csv.Error is raised while rows are read where a cell is
    longer than is read.
    """
    dialect = dialect or TableDialect()
    rows = _numbered(_rows(data, dialect, encoding, limits), dialect)
    if not dialect.header_rows:
        return OpenTable(None, rows)
    labels: list[list[str]] = []
    last = max(dialect.header_rows)
    for number, cells in rows:
        if number in dialect.header_rows:
            labels.append(["" if cell is None else cell_text(cell) for cell in cells])
        if number >= last:
            break
    if not labels:
        raise Unreadable("source_error", "the table ends before its header")
    return OpenTable(_joined(labels, dialect.header_join), rows)


def _joined(labels: Sequence[Sequence[str]], join: str) -> tuple[str, ...]:
    """The labels of each column from top to bottom; one that repeats what stands above it is told once."""
    width = max(map(len, labels))
    columns = [[row[at] for row in labels if at < len(row) and row[at]] for at in range(width)]
    return tuple(join.join(dict.fromkeys(column)) for column in columns)


def _numbered(rows: Iterator[Sequence[Any]], dialect: TableDialect) -> Iterator[Row]:
    for number, cells in enumerate(rows, 1):
        if number in dialect.comment_rows:
            continue
        first = cells[0] if cells else None
        if dialect.comment_char is not None and isinstance(first, str) and first.startswith(dialect.comment_char):
            continue
        if dialect.skip_blank_rows and not any(cell not in (None, "") for cell in cells):
            continue
        if dialect.null_sequence is not None:
            cells = [None if cell == dialect.null_sequence else cell for cell in cells]
        yield number, cells


def _rows(data: bytes, dialect: TableDialect, encoding: str | None, limits: Limits) -> Iterator[Sequence[Any]]:
    if not data:
        raise Unreadable("source_error", "the file is empty")
    found = sniff(data, Hint(), limits)
    kind = found.format
    if kind in _PACKED:
        return _rows(_unpacked(data, kind, limits), dialect, encoding, limits)
    if kind in _WORKBOOKS:
        return iter(_sheet(data, dialect, limits))
    text = _text(data, encoding)
    if kind in _JSON and dialect.delimiter is None:
        return _records(text)
    if kind not in ("csv", "tsv", "txt", *_JSON):
        raise Unreadable("format_error", f"rows of the format {kind or 'unknown'} are not read against a schema")
    guess = found.value if isinstance(found.value, Guess) else None
    return _delimited(text, dialect, guess)


def _text(data: bytes, encoding: str | None) -> str:
    if encoding is not None:
        try:
            return data.decode("utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding)
        except UnicodeDecodeError as error:
            raise Unreadable("encoding_error", f"it is not {encoding}: byte {error.start + 1} cannot be read") from None
        except LookupError:
            raise Unreadable("encoding_error", f"the encoding {encoding!r} is unknown") from None
    decoded = decode(data)
    if decoded is None:
        raise Unreadable("format_error", "the bytes are not text")
    return decoded.text.lstrip("\ufeff")


def _delimited(text: str, dialect: TableDialect, guess: Guess | None) -> Iterator[Sequence[Any]]:
    """In the dialect that is declared; what it leaves open is as it is found, or as CSV has it by default."""
    guess = guess or (detect_dialect(text) if dialect.delimiter is None else None)
    seen = guess.dialect if guess is not None else _PLAIN
    own = dialect.delimiter or seen.delimiter
    same = own == seen.delimiter
    quote = None if dialect.no_quote else dialect.quote or (seen.quote if same and seen.quote else '"')
    escape = dialect.escape or (seen.escape if same and dialect.double_quote else None)
    spaced = seen.skip_initial_space and same if dialect.skip_initial_space is None else dialect.skip_initial_space
    written = Dialect(delimiter=own, quote=quote, escape=escape, skip_initial_space=spaced)
    return iter(read_rows(iter(lines(text)), written))


def _records(text: str) -> Iterator[Sequence[Any]]:
    """Lists of lists, the first of which holds the labels, or objects, whose keys do."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("source_error", "the JSON cannot be read") from None
    if not isinstance(value, list) or not all(isinstance(each, list | dict) for each in value):
        raise Unreadable("source_error", "the JSON holds no list of rows")
    if value and isinstance(value[0], dict):
        names = list(dict.fromkeys(key for each in value if isinstance(each, dict) for key in each))
        return iter([names, *([each.get(name) for name in names] for each in value if isinstance(each, dict))])
    return iter([each for each in value if isinstance(each, list)])


def _sheet(data: bytes, dialect: TableDialect, limits: Limits) -> list[Sequence[Any]]:
    """The sheet that the dialect names, from its first row; padding beyond the widest filled row is no cell."""
    number = 0
    with opened(data, limits) as messages:
        while (message := messages.next()) is not None:
            match message:
                case ("sheet", str(name), _, int(start)):
                    number += 1
                    wanted = name == dialect.sheet_name if dialect.sheet_name else number == dialect.sheet_number
                    rows = list(messages.rows())
                    if wanted:
                        return [[] for _ in range(start - 1)] + _without_padding(rows)
                case ("fault", str(code), _, _):
                    raise Unreadable("source_error", f"the workbook cannot be read: {code.replace('_', ' ')}")
                case _:
                    continue
    raise Unreadable("source_error", f"the workbook has no sheet {dialect.sheet_name or dialect.sheet_number!r}")


def _without_padding(rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """A sheet is a rectangle: a cell that was never filled is empty, not missing, up to the last label of the first row."""
    filled = [max((at for at, cell in enumerate(row, 1) if cell not in (None, "")), default=0) for row in rows]
    width = filled[0] if filled else 0
    last = max((at for at, number in enumerate(filled, 1) if number), default=0)
    return [row[: max(width, number)] for row, number in zip(rows[:last], filled, strict=False)]


def _unpacked(data: bytes, kind: str | None, limits: Limits) -> bytes:
    """The one file of an archive, up to the limit."""
    try:
        if kind == "gzip":
            with gzip.open(io.BytesIO(data)) as stream:
                found = stream.read(limits.unpacked + 1)
        else:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = [info for info in archive.infolist() if not info.is_dir()]
                if len(names) != 1:
                    raise Unreadable("compression_error", f"the archive holds {len(names)} files, not one table")
                with archive.open(names[0]) as member:
                    found = member.read(limits.unpacked + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError):
        raise Unreadable("compression_error", "the archive cannot be unpacked") from None
    if len(found) > limits.unpacked:
        raise Unreadable("compression_error", "the archive unpacks to more than is read")
    return found


READING_ERRORS = (csv.Error,)
"""What reading rows may raise for hostile text."""
