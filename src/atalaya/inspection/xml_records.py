"""XML with elements that repeat, read as tables: one for each kind of record, a column for each attribute and leaf inside it.

The document is parsed twice: once to see which paths repeat and which of them hold fields, once to write their rows.
"""

import xml.parsers.expat as expat
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from atalaya.inspection.kinds import Cell
from atalaya.inspection.limits import Limits

_MOST_TABLES = 20
_LEAST_RECORDS = 2
_LEAST_VALUES = 3
"""Elements without fields of their own (`<name>a</name>`) that make a list."""
_DEEPEST = 24
_MOST_PATHS = 5_000
_JOINT = "; "
"""What stands between values of a leaf that repeats within one record."""
Path = tuple[str, ...]


@dataclass(slots=True)
class Records:
    """The records of one path: rows as mappings from column to value, and the line of the first."""

    path: Path
    line: int
    rows: list[dict[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The path as people write it, without the root element."""
        return "/".join(self.path[1:]) or self.path[0]

    def columns(self, most: int) -> list[str]:
        """The names of all fields in order of first sight, at most so many."""
        names: dict[str, None] = {}
        for row in self.rows:
            for name in row:
                names.setdefault(name)
            if len(names) >= most:
                break
        return list(names)[:most]

    def cells(self, columns: list[str]) -> Iterator[list[Cell]]:
        """The rows by column."""
        return ([row.get(name, "") for name in columns] for row in self.rows)


@dataclass(slots=True)
class _Seen:
    """What one path is: how many elements, the most under one parent, whether some hold attributes, elements or text."""

    count: int = 0
    most: int = 0
    attributes: bool = False
    children: bool = False
    text: bool = False


def local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


class _Survey:
    """Counts the paths of a document."""

    def __init__(self) -> None:
        self.paths: dict[Path, _Seen] = {}
        self._stack: list[str] = []
        self._siblings: list[Counter[str]] = [Counter()]

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        name = local(name)
        parent = self.paths.get(tuple(self._stack))
        if parent is not None:
            parent.children = True
        self._stack.append(name)
        self._siblings[-1][name] += 1
        if len(self._stack) <= _DEEPEST:
            path = tuple(self._stack)
            if path in self.paths or len(self.paths) < _MOST_PATHS:
                seen = self.paths.setdefault(path, _Seen())
                seen.count += 1
                seen.most = max(seen.most, self._siblings[-1][name])
                seen.attributes = seen.attributes or any(map(is_field, attributes))
        self._siblings.append(Counter())

    def written(self, characters: str) -> None:
        if characters.strip() and (seen := self.paths.get(tuple(self._stack))) is not None:
            seen.text = True

    def ended(self, _name: str) -> None:
        self._stack.pop()
        self._siblings.pop()


def is_field(attribute: str) -> bool:
    """Whether an attribute is one of the data: not a namespace, a place of a schema, or a link's dressing."""
    return not attribute.startswith(("xmlns", "xsi:", "xlink:", "xml:"))


def find_records(text: str, limits: Limits) -> list[Records]:
    """The tables of an XML text; one that is not well-formed gives those up to where it breaks."""
    survey = _Survey()
    _parse(text, survey.started, survey.ended, survey.written)
    wanted = _record_paths(survey.paths)
    if not wanted:
        return []
    writer = _Writer(wanted, survey.paths, limits.cells)
    _parse(text, writer.started, writer.ended, writer.written, writer)
    return [records for records in writer.found.values() if records.rows]


def _record_paths(paths: Mapping[Path, _Seen]) -> list[Path]:
    """The paths of records: elements that repeat under one parent and hold fields; values alone only where nothing else does."""
    repeated = [path for path, seen in paths.items() if seen.most >= _LEAST_RECORDS]
    records = [path for path in repeated if paths[path].children or paths[path].attributes]
    records = [path for path in records if not (paths[path].text and paths[path].children)]  # prose, not fields
    if records:
        return records[:_MOST_TABLES]
    values = [path for path in repeated if paths[path].most >= _LEAST_VALUES]
    return values[:1]


class _Writer:
    """Writes the rows. Fields of a record inside another go to their own table, with the attributes of the outer one."""

    def __init__(self, wanted: list[Path], paths: Mapping[Path, _Seen], cells: int) -> None:
        self.found = {path: Records(path, 0) for path in wanted}
        self.parser: expat.XMLParserType | None = None
        self._paths = paths
        self._stack: list[str] = []
        self._open: list[tuple[Path, dict[str, str]]] = []
        self._texts: list[list[str]] = []
        self._left = cells

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        self._stack.append(local(name))
        self._texts.append([])
        path = tuple(self._stack)
        if path in self.found:
            records = self.found[path]
            if not records.rows and not records.line and self.parser is not None:
                records.line = self.parser.CurrentLineNumber
            self._open.append((path, self._inherited()))
        if self._open:
            for key, value in attributes.items():
                if is_field(key):
                    self._put(self._field(local(key)), value)

    def _inherited(self) -> dict[str, str]:
        """What an inner record takes over from the one around it, under the name of that."""
        if not self._open:
            return {}
        path, row = self._open[-1]
        outer = path[-1]
        return {name if "/" in name else f"{outer}/{name}": value for name, value in row.items() if len(value) <= 200}

    def _field(self, last: str) -> str:
        """The name of a field: its path inside the record."""
        path, _ = self._open[-1]
        return "/".join((*self._stack[len(path) :], last) if last else self._stack[len(path) :]) or self._stack[-1]

    def _put(self, name: str, value: str) -> None:
        row = self._open[-1][1]
        before = row.get(name)
        row[name] = value if not before else before + _JOINT + value if len(before) < 10_000 else before
        self._left -= 1

    def written(self, characters: str) -> None:
        if self._texts:
            self._texts[-1].append(characters)

    def ended(self, _name: str) -> None:
        path = tuple(self._stack)
        text = " ".join("".join(self._texts.pop()).split()) if self._open else self._texts.pop() and ""
        if self._open and text:
            self._put(self._field(""), text)
        if self._open and self._open[-1][0] == path:
            _, row = self._open.pop()
            if row and self._left > 0:
                self.found[path].rows.append(row)
        self._stack.pop()


def _parse(text: str, started: object, ended: object, written: object, writer: _Writer | None = None) -> None:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    if writer is not None:
        writer.parser = parser
    parser.StartElementHandler, parser.EndElementHandler = started, ended  # type: ignore[assignment]
    parser.CharacterDataHandler = written  # type: ignore[assignment]
    try:
        parser.Parse(text.lstrip("\ufeff \t\r\n").encode("utf-8", "replace"), True)
    except expat.ExpatError:
        return  # `markup.hash_xml` says where and why
    finally:
        if writer is not None:
            writer.parser = None
