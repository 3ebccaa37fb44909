"""Maps in XML as tables: the placemarks of KML (OGC 12-007r2), the features of GML (OGC 07-036r1), with their geometry."""

import re
import xml.parsers.expat as expat
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from atalaya.inspection.findings import Geometry
from atalaya.inspection.limits import Limits
from atalaya.inspection.tables import Profile, profile_rows
from atalaya.inspection.xml_records import Records, is_field, local

GEOMETRY = "geometry"
_KINDS = {
    "Point": "POINT", "LineString": "LINESTRING", "LinearRing": "LINESTRING", "Polygon": "POLYGON", "MultiGeometry": "GEOMETRY",
    "MultiPoint": "MULTIPOINT", "MultiLineString": "MULTILINESTRING", "MultiCurve": "MULTILINESTRING",
    "MultiPolygon": "MULTIPOLYGON", "MultiSurface": "MULTIPOLYGON", "Curve": "LINESTRING", "Surface": "POLYGON",
    "Box": "ENVELOPE", "Envelope": "ENVELOPE", "Track": "LINESTRING", "Model": "GEOMETRY",
}  # fmt: skip
"""Elements that are geometries in KML and GML, and their kinds as well-known text names them."""
_MEMBERS = frozenset({"featureMember", "featureMembers", "member", "members"})
_STYLE = frozenset(
    {"Style", "StyleMap", "LookAt", "Camera", "Region", "TimeSpan", "TimeStamp", "styleUrl", "visibility"}
)
"""Elements of a placemark that say how it is shown."""
_EPSG = re.compile(r"EPSG(?::[\d.]*:|:|/[\d.]+/|/0/|\.xml#)(\d{4,6})", re.IGNORECASE)
_LONGEST = 200_000
"""Characters of the coordinates of one feature that are kept as its cell."""


class _Features:
    """Collects features while expat reads: of a placemark its fields and extended data, of a GML feature its properties."""

    def __init__(self, format_id: str, cells: int) -> None:
        self.records: dict[str, Records] = {}
        self.kinds: dict[str, Counter[str]] = {}
        self.crs: dict[str, str] = {}
        self.parser: expat.XMLParserType | None = None
        self._kml = format_id == "kml"
        self._stack: list[str] = []
        self._start = 0
        self._row: dict[str, str] | None = None
        self._key: str | None = None
        self._name = ""
        self._texts: list[list[str]] = []
        self._folders: list[str] = []
        self._shape: tuple[int, str] | None = None
        self._points: list[str] = []
        self._left = cells

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        name = local(name)
        self._stack.append(name)
        self._texts.append([])
        if self._kml and name in ("Folder", "Document"):
            self._folders.append("")
        if self._row is None:
            if self._begins(name):
                self._begin(name, attributes)
            return
        if name in _KINDS and self._shape is None:
            self._shape = (len(self._stack), _KINDS[name])
            self._points = []
            found = _EPSG.search(next((value for key, value in attributes.items() if local(key) == "srsName"), ""))
            if found:
                self.crs.setdefault(self._name, f"EPSG:{found.group(1)}")
        elif self._shape is None and self._kml and name in ("Data", "SimpleData"):
            self._key = attributes.get("name")

    def _begins(self, name: str) -> bool:
        if self._kml:
            return name == "Placemark"
        return len(self._stack) >= 2 and self._stack[-2] in _MEMBERS and name not in _KINDS

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self._start, self._row, self._key = len(self._stack), {}, None
        self._name = "" if self._kml else name
        if self._kml and any(self._folders):
            self._row["folder"] = "/".join(filter(None, self._folders))
        for key, value in attributes.items():
            if is_field(key):
                self._row[local(key)] = value
        if self._name not in self.records:
            line = self.parser.CurrentLineNumber if self.parser is not None else 1
            self.records[self._name] = Records((self._name,), line)

    def written(self, characters: str) -> None:
        if self._texts:
            self._texts[-1].append(characters)

    def ended(self, _name: str) -> None:
        text = "".join(self._texts.pop()).strip()
        name = self._stack[-1]
        if self._row is None:
            if self._kml and name == "name" and len(self._stack) >= 2 and self._stack[-2] == "Folder" and self._folders:
                self._folders[-1] = text
        elif len(self._stack) == self._start:
            self._close()
        elif self._shape is not None:
            self._in_shape(text)
        elif text:
            self._field(name, text)
        if self._kml and name in ("Folder", "Document") and self._folders:
            self._folders.pop()
        self._stack.pop()

    def _in_shape(self, text: str) -> None:
        assert self._row is not None, "only inside a feature"
        assert self._shape is not None, "only inside a geometry"
        if text:
            self._points.append(" ".join(text.split()))
        if len(self._stack) == self._shape[0]:
            kind = self._shape[1]
            self._shape = None
            if kind != "ENVELOPE":
                self.kinds.setdefault(self._name, Counter())[kind] += 1
                self._row[GEOMETRY] = f"{kind} ({', '.join(self._points)})"[:_LONGEST]

    def _field(self, name: str, text: str) -> None:
        assert self._row is not None, "only inside a feature"
        inner = self._stack[self._start :]
        if self._kml and _STYLE.intersection(inner):
            return
        if self._kml and "ExtendedData" in inner:
            if name == "displayName":
                return
            key = self._key or name
        else:
            key = "/".join(inner)
        self._row[key] = f"{self._row[key]}; {text}" if self._row.get(key) else text

    def _close(self) -> None:
        assert self._row is not None, "only inside a feature"
        self._left -= len(self._row)
        if self._left > 0:
            self.records[self._name].rows.append(self._row)
        self._row = None


def profile_features(text: str, format_id: str, limits: Limits) -> list[Profile]:
    """The features of a KML or GML text, a table for each kind of feature; up to where it breaks when it is not well-formed."""
    features = _Features(format_id, limits.cells)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    features.parser = parser
    parser.StartElementHandler, parser.EndElementHandler = features.started, features.ended
    parser.CharacterDataHandler = features.written
    try:
        parser.Parse(text.lstrip("\ufeff \t\r\n").encode("utf-8", "replace"), True)
    except expat.ExpatError:
        pass  # `markup.hash_xml` says where and why
    finally:
        features.parser = None
    found = []
    for name, records in features.records.items():
        columns = records.columns(limits.columns)
        profile = profile_rows(records.cells(columns), name, limits, names=tuple(columns)) if columns else None
        if profile is not None:
            found.append(_with_geometry(profile, features.kinds.get(name), _crs(features, format_id, name)))
    return found


def _crs(features: _Features, format_id: str, name: str) -> str | None:
    """KML is always in longitude and latitude of WGS 84 (OGC 12-007r2 §6.2)."""
    return "EPSG:4326" if format_id == "kml" else features.crs.get(name)


def _with_geometry(profile: Profile, kinds: Counter[str] | None, crs: str | None) -> Profile:
    what = "each feature is a row"
    table = replace(profile.table, reason=f"{what}; {profile.table.reason}")
    if kinds:
        kind = next(iter(kinds)) if len(kinds) == 1 else "GEOMETRY"
        table = replace(table, geometry=Geometry(column=GEOMETRY, kind=kind, crs=crs))
    return replace(profile, table=table)
