"""Shapefiles (ESRI, 1998): what the header of the geometry says, and the parts of one set put together again.

A set is several files of one name: `.shp` geometry, `.shx` its index, `.dbf` attributes, `.prj` reference system (QGIS adds a
`.qpj` with its EPSG code), `.cpg` code page.
"""

import codecs
import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from atalaya.inspection.dbase import read_table
from atalaya.inspection.findings import Defect, Geometry, Table
from atalaya.inspection.material import Findings, Inside, Material, Sniffed

_KINDS = {
    0: "NONE", 1: "POINT", 3: "LINESTRING", 5: "POLYGON", 8: "MULTIPOINT", 11: "POINT Z", 13: "LINESTRING Z", 15: "POLYGON Z",
    18: "MULTIPOINT Z", 21: "POINT M", 23: "LINESTRING M", 25: "POLYGON M", 28: "MULTIPOINT M", 31: "MULTIPATCH",
}  # fmt: skip
_REASON = "the geometries of a Shapefile"
_NEEDED = ("dbf", "shx", "prj")
_WHY = {
    "dbf": "without it the places have no attributes",
    "shx": "without it most programs do not open the map",
    "prj": "without it nobody knows in which reference system the coordinates are",
    "shp": "without it the attributes have no places",
}
_SIDES = (".cpg", ".prj", ".qpj")
"""Small files that say how others of the set are to be read."""
_LARGEST_SIDE = 65_536
_AUTHORITY = re.compile(r'(?:AUTHORITY|ID)\s*\[\s*"EPSG"\s*,\s*"?(\d{4,6})"?\s*\]\s*\]\s*\Z', re.IGNORECASE)
_NAME = re.compile(
    r'\s*(?:PROJCS|GEOGCS|PROJCRS|GEOGCRS|GEODCRS|GEOCCS|LOCAL_CS|COMPD_CS)\s*\[\s*"([^"]{1,120})"', re.IGNORECASE
)
_UTM = re.compile(r"(?:GCS_)?WGS[ _](?:19)?84(?:[ _/]+UTM[ _]zone[ _](\d{1,2})([NS]))?\Z", re.IGNORECASE)


def read_shp(material: Material) -> Findings:
    """The geometry file alone: kind and number of its places, as a table without columns."""
    data = material.data
    stated = 2 * struct.unpack_from(">i", data, 24)[0]
    kind = _KINDS.get(struct.unpack_from("<i", data, 32)[0], "GEOMETRY")
    number, whole = _count(data)
    defects = []
    if len(data) < stated or not whole:
        detail = f"{len(data)} of {stated} stated bytes are there" if len(data) < stated else "its last record is cut"
        defects.append(Defect(code="truncated", place="file", detail=detail))
    if not number and not defects:
        defects.append(Defect(code="header_only", place="file", detail="there is a header and no place below it"))
    if not material.depth:
        defects.append(_missing("dbf", "file"))
    geometry = Geometry(column="", kind=kind)
    table = Table(
        name="", header_row=None, first_data_row=1 if number else None, rows=number, columns=(), reason=_REASON, geometry=geometry
    )  # fmt: skip
    return Findings(tables=(table,), defects=tuple(defects))


def _count(data: bytes) -> tuple[int, bool]:
    """The number of records, and whether the last one is whole. A record states its length in words of two bytes."""
    at, number = 100, 0
    while at + 8 <= len(data):
        length = 2 * int(struct.unpack_from(">i", data, at + 4)[0])
        if length < 4:
            return number, False
        at += 8 + length
        number += at <= len(data)
    return number, at == len(data)


@dataclass(slots=True)
class Sides:
    """What the small files of the sets in an archive say, by their path without the ending, in lower case."""

    code_pages: dict[str, str] = field(default_factory=dict)
    systems: dict[str, str] = field(default_factory=dict)

    def note(self, name: str, data: bytes) -> None:
        """Keep what a `.cpg`, `.prj` or `.qpj` says."""
        stem, ending = _split(name)
        text = data[:_LARGEST_SIDE].decode("utf-8", "replace").strip("\ufeff \0\r\n\t")
        if ending == "cpg" and (codec := codec_of(text)) is not None:
            self.code_pages[stem] = codec
        elif ending in ("prj", "qpj") and (system := system_of(text)) is not None and self._is_better(stem, system):
            self.systems[stem] = system

    def read_again(self, name: str, data: bytes, inside: Inside, material: Material) -> Inside:
        """The attributes of a set, read in the code page that stands beside them where they are not UTF-8."""
        codec = self.code_pages.get(_split(name)[0])
        if inside.format != "dbf" or codec is None or inside.findings.encoding == "utf-8":
            return inside
        sniffed = Sniffed(format="dbf", reason="")
        return replace(inside, findings=read_table(replace(material, data=data, sniffed=sniffed), codec))

    def _is_better(self, stem: str, system: str) -> bool:
        return system.startswith("EPSG:") or stem not in self.systems


def is_side(name: str) -> bool:
    """Whether a file of an archive says how another is to be read, and goes first."""
    return name.lower().endswith(_SIDES)


def codec_of(text: str) -> str | None:
    """The codec of Python that a code page file names (`UTF-8`, `1252`, `ANSI 1252`, `OEM 850`, `88591`, `ISO 8859-1`)."""
    plain = text.strip().lower()
    if match := re.fullmatch(r"8859(\d{1,2})", plain):
        plain = f"iso8859-{match.group(1)}"
    elif match := re.fullmatch(r"(?:ansi|oem|cp|windows-?|ibm)?\s*(\d{3,5})", plain):
        plain = f"cp{match.group(1)}" if match.group(1) != "65001" else "utf-8"
    try:
        return codecs.lookup(plain.replace("iso ", "iso")).name
    except (LookupError, ValueError):
        return None


def system_of(text: str) -> str | None:
    """The reference system of a projection file: its EPSG code where it states one or is one of WGS 84, else its name."""
    name = _NAME.match(text)
    if name is None:
        return None
    if found := _AUTHORITY.search(text):
        return f"EPSG:{found.group(1)}"
    if known := _UTM.match(name.group(1)):
        zone, side = known.groups()
        return f"EPSG:{326 if side.upper() == 'N' else 327}{int(zone):02}" if zone else "EPSG:4326"
    return name.group(1)


def join_sets(
    insides: Sequence[tuple[str, Inside]], names: Iterable[str], sides: Sides
) -> tuple[list[tuple[str, Inside]], list[Defect]]:
    """The members of an archive with each Shapefile as one, its attributes told what places they have; and what parts lack."""
    sets: dict[str, dict[str, str]] = {}
    for name in names:
        stem, ending = _split(name)
        sets.setdefault(stem, {})[ending] = name
    shapes = {_split(name)[0]: inside for name, inside in insides if inside.format == "shp"}
    defects = [
        _missing(ending, sets[stem]["shp"]) for stem in shapes if "shp" in sets[stem]
        for ending in _NEEDED if ending not in sets[stem] and not (ending == "prj" and "qpj" in sets[stem])
    ]  # fmt: skip
    defects += [
        _missing("shp", parts["dbf"])
        for parts in sets.values()
        if {"dbf", "shx"} <= parts.keys() and "shp" not in parts
    ]
    told = []
    for name, inside in insides:
        stem = _split(name)[0]
        if name.lower().endswith(".shp.xml"):
            joined = _without_tables(inside)  # a description of the set
        elif inside.format == "shp":
            joined = (
                _without_tables(inside)
                if "dbf" in sets[stem]
                else _with_places(inside, inside, sides.systems.get(stem))
            )
        elif inside.format == "dbf" and stem in shapes:
            joined = _with_places(inside, shapes[stem], sides.systems.get(stem))
            defects += _disagreement(name, inside, shapes[stem])
        else:
            joined = inside
        told.append((name, joined))
    return told, defects


def _without_tables(inside: Inside) -> Inside:
    return replace(inside, findings=replace(inside.findings, tables=()))


def _with_places(attributes: Inside, shape: Inside, system: str | None) -> Inside:
    found = next((table.geometry for table in shape.findings.tables), None)
    geometry = replace(found, crs=system) if found is not None else None
    tables = tuple(replace(table, geometry=geometry) for table in attributes.findings.tables)
    return replace(attributes, findings=replace(attributes.findings, tables=tables))


def _disagreement(name: str, attributes: Inside, shape: Inside) -> list[Defect]:
    rows = sum(table.rows for table in attributes.findings.tables)
    places = sum(table.rows for table in shape.findings.tables)
    damaged = any(defect.code == "truncated" for inside in (attributes, shape) for defect in inside.findings.defects)
    if rows == places or damaged:
        return []
    detail = f"{rows} rows of attributes stand beside {places} places"
    return [Defect(code="parts_disagree", place=name, detail=detail)]


def _missing(ending: str, place: str) -> Defect:
    return Defect(code="missing_part", place=place, detail=f"the .{ending} of the Shapefile is missing: {_WHY[ending]}")


def _split(name: str) -> tuple[str, str]:
    stem, _, ending = name.replace("\\", "/").lower().rpartition(".")
    return (stem.removesuffix(".shp"), ending) if stem else (ending, "")
