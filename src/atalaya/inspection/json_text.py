"""JSON and its kinds: GeoJSON, TopoJSON, JSON-LD, JSON lines, error answers; records and features read as tables."""

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from atalaya.inspection.canonical import combine, json_hash, lines_hash
from atalaya.inspection.findings import Defect
from atalaya.inspection.kinds import Cell
from atalaya.inspection.limits import Limits
from atalaya.inspection.map_json import flat_feature, geometry_of, topology_lists
from atalaya.inspection.material import Findings, Material, Sniffed
from atalaya.inspection.records import lines
from atalaya.inspection.services import service_in_json
from atalaya.inspection.soft_failures.answers import RECORD_KEYS, is_error_answer, kind_of
from atalaya.inspection.soft_failures.registry import failure
from atalaya.inspection.tables import Profile, gather, profile_rows
from atalaya.inspection.text import Decoded

_GEOMETRIES = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}
)
_DEPTH = 3
"""Levels below the root at which lists of records are looked for."""
_MOST_TABLES = 20


def sniff_json(decoded: Decoded, limits: Limits) -> Sniffed | None:
    """JSON or JSON lines, None for a text that is neither; a text that starts as JSON and breaks later is broken JSON."""
    text = decoded.text.lstrip("\ufeff \t\r\n\0")
    if not text.startswith(("{", "[")):
        return None
    if len(text) > limits.json:
        return Sniffed(format="json", reason="it starts as JSON and is too large to be parsed whole", decoded=decoded)
    try:
        value = json.loads(text.rstrip("\0 \t\r\n"))
    except RecursionError:
        deep = Defect(code="bomb", place="file", detail="JSON nested deeper than is read")
        return Sniffed(format="json", reason="it starts as JSON", decoded=decoded, defects=(deep,))
    except ValueError as error:
        return _not_one_document(decoded, text, error)
    return Sniffed(format=_kind(value), reason="it parses as JSON", decoded=decoded, value=value)


def _not_one_document(decoded: Decoded, text: str, error: ValueError) -> Sniffed | None:
    if _are_json_lines(text):
        return Sniffed(format="jsonl", reason="each of its lines is a JSON document", decoded=decoded)
    if not re.match(r"""[{\[]\s*(?:["'}\]{\[\d-]|true|false|null|\w+\s*:)""", text) or re.match(
        r"\[[\w .-]+\]\s*\n", text
    ):
        return None
    place = getattr(error, "pos", 0)
    line = getattr(error, "lineno", 1)
    cut = place >= len(text.rstrip()) - 1 or "Unterminated" in str(error)
    if not cut and place < 20 and not re.match(r"""[{\[]\s*(?:["{\[]|$)""", text):
        return None
    defect = Defect(code="truncated" if cut else "unreadable", place=f"line {line}", detail=_why(error))
    return Sniffed(format="json", reason="it starts as JSON but does not parse", decoded=decoded, defects=(defect,))


def _why(error: ValueError) -> str:
    """The parser's message, which names a place and never a value."""
    return f"JSON: {getattr(error, 'msg', 'a number is too long')} at column {getattr(error, 'colno', 1)}"


def _are_json_lines(text: str) -> bool:
    first = [line for line in text[:2_000_000].split("\n")[:20] if line.strip()]
    whole = first[:-1] if len(first) > 2 and len(text) > 2_000_000 else first
    if len(whole) < 2:
        return False
    good = 0
    for line in whole:
        try:
            good += isinstance(json.loads(line), dict | list)
        except (ValueError, RecursionError):
            continue
    return good >= max(2, 0.9 * len(whole))


def _kind(value: object) -> str:
    if not isinstance(value, Mapping):
        if isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value[:5]):
            first = value[0]
            if "@id" in first or "@context" in first or "@type" in first:
                return "jsonld"
        return "json_error" if is_error_answer(value) else "json"
    kind = value.get("type")
    if kind == "FeatureCollection" and isinstance(value.get("features"), list):
        return "geojson"
    if (kind == "Feature" and "geometry" in value) or (
        kind in _GEOMETRIES and ("coordinates" in value or "geometries" in value)
    ):
        return "geojson"
    if kind == "Topology" and "arcs" in value:
        return "topojson"
    if "@context" in value or "@graph" in value:
        return "jsonld"
    if isinstance(value.get("cells"), list) and "nbformat" in value:
        return "ipynb"
    return "json_error" if is_error_answer(value) else "json"


def read_json(material: Material) -> Findings:
    """Lists of records as tables, with the document's content hash."""
    sniffed = material.sniffed
    assert sniffed.decoded is not None, "JSON is sniffed from text"
    encoding = sniffed.decoded.encoding
    found = list(sniffed.decoded.defects)
    if sniffed.value is None:
        return Findings(encoding=encoding, defects=tuple(found), content_sha256=lines_hash(sniffed.decoded.text))
    if sniffed.format == "json_error":
        found.append(failure(kind_of(sniffed.value), "an error answer of an interface in place of data"))
    if isinstance(sniffed.value, list | dict) and not sniffed.value:
        found.append(Defect(code="empty_file", place="file", detail="a JSON document without content"))
    profiles = _profiles(sniffed.value, material)
    if sniffed.format == "geojson" and _features(sniffed.value) == []:
        found.append(Defect(code="header_only", place="features", detail="a collection without features"))
    read = gather(profiles)
    return replace(
        read,
        encoding=encoding,
        defects=(*found, *read.defects),
        content_sha256=json_hash(sniffed.value),
        service=service_in_json(sniffed.value),
    )


def _profiles(value: object, material: Material) -> list[Profile]:
    """The tables of a document; maps with the kind of their geometry."""
    if material.sniffed.format == "topojson":
        lists = topology_lists(value)
    else:
        lists = _record_lists(value, "", 0)
    found = []
    for path, records in itertools.islice(lists, _MOST_TABLES):
        profile = _profile_records(records, path, material.limits)
        if profile is not None:
            geometry = geometry_of(records, value) if material.sniffed.format in ("geojson", "topojson") else None
            found.append(replace(profile, table=replace(profile.table, geometry=geometry)))
    return found


def read_json_lines(material: Material) -> Findings:
    """JSON lines as one table of their records; lines that do not parse are counted."""
    decoded = material.sniffed.decoded
    assert decoded is not None, "JSON lines are sniffed from text"
    records: list[Mapping[str, object]] = []
    broken: list[int] = []
    hashes: list[str] = []
    for number, line in enumerate(lines(decoded.text), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            broken.append(number)
            continue
        hashes.append(json_hash(value))
        if isinstance(value, Mapping):
            records.append(value)
    found = list(decoded.defects)
    if broken:
        detail = f"{len(broken)} lines are not JSON; the first is line {broken[0]}"
        found.append(Defect(code="unreadable", place=f"line {broken[0]}", detail=detail))
    profile = _profile_records(records, "", material.limits)
    tables = (profile.table,) if profile is not None else ()
    return Findings(encoding=decoded.encoding, tables=tables, defects=tuple(found), content_sha256=combine(hashes))


def _features(value: object) -> object:
    return value.get("features") if isinstance(value, Mapping) else None


def _record_lists(value: object, path: str, depth: int) -> Iterator[tuple[str, Sequence[Mapping[str, object]]]]:
    """Lists of objects, the root itself or under keys, not deeper than a few levels and not inside other records."""
    if isinstance(value, list):
        if value and sum(isinstance(each, Mapping) for each in value) * 2 > len(value):
            records = [each for each in value if isinstance(each, Mapping)]
            yield path, records
    elif isinstance(value, Mapping) and depth < _DEPTH:
        keys = sorted((str(key) for key in value), key=lambda key: (key.lower() not in RECORD_KEYS, key))
        for key in keys:
            yield from _record_lists(value.get(key), f"{path}.{key}".lstrip("."), depth + 1)


def _profile_records(records: Sequence[Mapping[str, object]], name: str, limits: Limits) -> Profile | None:
    """A table whose columns are the keys of the records in order of first sight; features show their properties."""
    if not records:
        return None
    flat = [flat_feature(record) for record in records]
    names: dict[str, None] = {}
    for record in flat:
        for key in record:
            names.setdefault(key)
            if len(names) > limits.columns:
                break
    header = list(names)
    rows = ([_cell(record.get(key)) for key in header] for record in flat)
    return profile_rows(rows, name, limits, names=tuple(header))


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return json.dumps(value, sort_keys=True, ensure_ascii=False) if value else ""
