"""Data packages and their resources: what they say of each table, held against the table itself.

https://specs.frictionlessdata.io/data-package, https://datapackage.org/standard/data-package. Paths lead only to files beside or
below the descriptor; addresses are not fetched.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from atalaya.catalogue.descriptors import DescriptorProblem, Kinds, StrictReader, shown
from atalaya.catalogue.table_schema import TableSchema, read_table_schema
from atalaya.inspection.schemas.conformance import Row, check_rows, key_text
from atalaya.inspection.schemas.dialect import TableDialect, read_dialect
from atalaya.inspection.schemas.labels import SchemaError, match_columns
from atalaya.inspection.schemas.moments import Unfit, read_datetime
from atalaya.inspection.schemas.tables import Unreadable, open_table
from atalaya.inspection.schemas.values import reader_of

Files = Callable[[str], bytes]
"""The bytes of a file by its path beside the descriptor; raises Unreadable."""
_COMPRESSIONS = frozenset({"zip", "gz", ""})
_RESOURCE_KEYS: Kinds = {
    "name": str, "path": (str, list), "data": (list, dict), "schema": (dict, str), "dialect": (dict, str), "encoding": str,
    "compression": (str, type(None)), "bytes": int, "hash": str, "rows": int, "fields": int, "extrapaths": list,
    "type": str, "profile": str,
    "$schema": str, "title": str, "description": str, "format": str, "mediatype": str, "homepage": str, "version": str,
    "licenses": list, "sources": list, "contributors": list, "keywords": list, "languages": list, "created": str,
}  # fmt: skip
_HASHES = {"md5": "md5", "sha1": "sha1", "sha256": "sha256", "sha512": "sha512"}


@dataclass(frozen=True, slots=True)
class Resource:
    """A table as a package describes it: where it is, how it is written, its schema, and what is expected of it as a whole.

    `problems` are what is wrong with the description itself.
    """

    name: str
    paths: tuple[str, ...]
    data: Any = None
    schema: TableSchema | None = None
    dialect: TableDialect = field(default_factory=TableDialect)
    encoding: str | None = None
    size: int | None = None
    digest: str | None = None
    row_count: int | None = None
    field_count: int | None = None
    problems: tuple[DescriptorProblem, ...] = ()


def files_of_folder(folder: Path) -> Files:
    """Files of a folder."""

    def read(path: str) -> bytes:
        try:
            return (folder / _safe(path)).read_bytes()
        except OSError as error:
            raise Unreadable("scheme_error", f"the file {path!r} cannot be opened: {error.strerror or error}") from None

    return read


def files_of_zip(data: bytes) -> Files:
    """Files of a ZIP archive. Raises Unreadable where it is none."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise Unreadable("compression_error", "the archive cannot be unpacked") from None

    def read(path: str) -> bytes:
        try:
            return archive.read(_safe(path))
        except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
            raise Unreadable("scheme_error", f"the archive has no file {path!r} that can be read") from None

    return read


def _safe(path: str) -> str:
    parts = PurePosixPath(path)
    if "://" in path or parts.is_absolute() or ".." in parts.parts or "\\" in path:
        raise Unreadable("scheme_error", f"the path {path!r} does not lead to a file beside the descriptor")
    return str(parts)


def read_resource(value: object, files: Files) -> Resource:
    """Read the description of a resource; schemas and dialects may lie in files of their own. Never raises."""
    reader = StrictReader()
    if not isinstance(value, Mapping):
        reader.error("", f"{shown(value)} is not an object", "write an object")
        return Resource("", (), problems=tuple(reader.problems))
    known = reader.checked(value, _RESOURCE_KEYS, "")
    if not known.keys() & {"path", "data"} and not reader.failed:
        reader.error("path", "the resource has neither `path` nor `data`", "add one of them")
    compression = known.get("compression") or ""
    if compression not in _COMPRESSIONS:
        reader.error("compression", f"the compression {compression!r} is not read", "write gz or zip")
    schema = _schema(reader, known.get("schema"), files)
    dialect = _dialect(reader, known.get("dialect"), files)
    return Resource(
        name=known.get("name", ""),
        paths=(*_paths(reader, known, "path"), *_paths(reader, known, "extrapaths")),
        data=known.get("data"),
        schema=schema,
        dialect=dialect,
        encoding=known.get("encoding"),
        size=known.get("bytes"),
        digest=known.get("hash"),
        row_count=known.get("rows"),
        field_count=known.get("fields"),
        problems=tuple(reader.problems),
    )


def _paths(reader: StrictReader, known: Mapping[str, Any], key: str) -> list[str]:
    value = known.get(key, [])
    listed = [value] if isinstance(value, str) else value
    if not all(isinstance(each, str) for each in listed):
        reader.error(key, f"{shown(value)} is not a list of texts", "write paths of files")
        return []
    return list(listed)


def _schema(reader: StrictReader, value: Any, files: Files) -> TableSchema | None:
    found = _linked(reader, value, files, "schema")
    if found is None:
        return None
    reading = read_table_schema(found)
    reader.problems += [replace(each, place=f"schema.{each.place}") for each in reading.problems]
    return reading.schema


def _dialect(reader: StrictReader, value: Any, files: Files) -> TableDialect:
    found = _linked(reader, value, files, "dialect")
    if found is None:
        return TableDialect()
    dialect, problems = read_dialect(found)
    reader.problems += problems
    return dialect or TableDialect()


def _linked(reader: StrictReader, value: Any, files: Files, key: str) -> Any:
    """The object itself, or the one in the file that is named in its place."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(files(value))
    except Unreadable as error:
        reader.error(key, str(error), "put the file there, or write the object itself")
    except (ValueError, RecursionError):
        reader.error(key, f"{value!r} is not JSON", "mend the file")
    return None


def check_resource(
    resource: Resource, files: Files, others: "Mapping[str, Resource] | None" = None
) -> Iterator[SchemaError]:
    """Every way in which a table differs from its description; a description that cannot be used is all that is told then."""
    errors = [problem for problem in resource.problems if problem.severity == "error"]
    if errors:
        codes = {"compression": "compression_error"}
        for problem in errors:
            code = codes.get(problem.place, f"{problem.place.partition('.')[0].partition('[')[0]}_error")
            yield SchemaError(code if code in _DESCRIPTIONS else "resource_error", None, None, str(problem))
        return
    try:
        data = _data(resource, files)
        yield from _whole(resource, data)
        table = open_table(data, resource.dialect, encoding=resource.encoding)
        if resource.field_count is not None and len(table.labels or ()) != resource.field_count:
            what = f"{len(table.labels or ())} columns are there, {resource.field_count} are described"
            yield SchemaError("field_count", None, None, what)
        counted = _Counted(table.rows)
        yield from check_rows(table.labels, counted, resource.schema, _keys_of(others or {}, files))
        if resource.row_count is not None and counted.number != resource.row_count:
            yield SchemaError(
                "row_count", None, None, f"{counted.number} rows are there, {resource.row_count} are described"
            )
    except Unreadable as error:
        yield SchemaError(error.code, None, None, str(error))
    except csv.Error:
        yield SchemaError("source_error", None, None, "a cell is longer than is read")


_DESCRIPTIONS = frozenset({"schema_error", "dialect_error", "compression_error"})


class _Counted:
    """Passes rows on and counts them."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self.number = 0
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.number += 1
            yield row


def _data(resource: Resource, files: Files) -> bytes:
    if resource.data is not None:
        return json.dumps(resource.data).encode()
    return b"".join(files(path) for path in resource.paths)


def _whole(resource: Resource, data: bytes) -> Iterator[SchemaError]:
    if resource.size is not None and len(data) != resource.size:
        yield SchemaError("byte_count", None, None, f"{len(data)} bytes are there, {resource.size} are described")
    if resource.digest is not None:
        name, _, digest = resource.digest.rpartition(":")
        algorithm = _HASHES.get(name or "md5")
        if algorithm is None:
            yield SchemaError("hash_count", None, None, f"hashes of the kind {name!r} are not computed")
        elif hashlib.new(algorithm, data, usedforsecurity=False).hexdigest() != digest.lower():
            yield SchemaError("hash_count", None, None, "the bytes are not those that the hash describes")


def _keys_of(
    others: Mapping[str, Resource], files: Files
) -> Callable[[str, tuple[str, ...]], frozenset[tuple[str, ...]] | None]:
    """The keys of the other tables of a package, each read when a foreign key first asks for them."""
    known: dict[tuple[str, tuple[str, ...]], frozenset[tuple[str, ...]] | None] = {}

    def keys(name: str, fields: tuple[str, ...]) -> frozenset[tuple[str, ...]] | None:
        if (name, fields) not in known:
            known[name, fields] = _keys(others[name], fields, files) if name in others else None
        return known[name, fields]

    return keys


def _keys(resource: Resource, names: tuple[str, ...], files: Files) -> frozenset[tuple[str, ...]] | None:
    try:
        table = open_table(_data(resource, files), resource.dialect, encoding=resource.encoding)
        columns = match_columns(table.labels, resource.schema).fields or ()
        places = {each.name: at for at, each in enumerate(columns)}
        if not all(name in places for name in names):
            return None
        wanted = [(places[name], reader_of(columns[places[name]])) for name in names]
        return frozenset(tuple(_read(cells, at, read) for at, read in wanted) for _, cells in table.rows)
    except (Unreadable, csv.Error):
        return None


def _read(cells: Any, at: int, read: Callable[[Any], Any]) -> str:
    cell = cells[at] if at < len(cells) else None
    try:
        return key_text(read(cell)) if cell not in (None, "") else ""
    except Unfit:
        return key_text(cell)


@dataclass(frozen=True, slots=True)
class PackageReading:
    """The resources of a package, and what is wrong with its description."""

    resources: tuple[Resource, ...]
    problems: tuple[DescriptorProblem, ...]


def read_package(value: object, files: Files) -> PackageReading:
    """Read the description of a package. Never raises."""
    reader = StrictReader()
    listed = value.get("resources") if isinstance(value, Mapping) else None
    if not isinstance(listed, list) or not listed:
        reader.error("resources", "the package has no list of resources", "add `resources`, one object a table")
        return PackageReading((), tuple(reader.problems))
    created = value.get("created") if isinstance(value, Mapping) else None
    if created is not None and not _is_moment(created):
        reader.error("created", f"{shown(created)} is no date and time", "write YYYY-MM-DDThh:mm:ssZ")
    resources = tuple(read_resource(each, files) for each in listed)
    names = [each.name for each in resources]
    for number, name in enumerate(names):
        place = f"resources[{number}].name"
        if not name:
            reader.error(place, "the resource has no name", "add `name`")
        elif name in names[:number]:
            reader.error(place, f"the name {name!r} stands twice", "give each its own name")
    return PackageReading(resources, tuple(reader.problems))


def _is_moment(value: object) -> bool:
    try:
        read_datetime(value if isinstance(value, str) else "", "default")
    except Unfit:
        return False
    return True


def check_package(value: object, files: Files) -> Iterator[tuple[str, SchemaError]]:
    """Every difference of every table of a package, with the name of its resource; foreign keys look into the other tables."""
    reading = read_package(value, files)
    for problem in reading.problems:
        of_resource = problem.place.endswith(".name") and "has no name" in problem.what
        yield "", SchemaError("resource_error" if of_resource else "package_error", None, None, str(problem))
    others = {each.name: each for each in reading.resources}
    for resource in reading.resources:
        for error in check_resource(resource, files, others):
            yield resource.name, error
