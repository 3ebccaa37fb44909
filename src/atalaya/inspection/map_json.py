"""Maps in JSON: the features of GeoJSON (RFC 7946) and the objects of TopoJSON as records, with the kind of their geometry."""

from collections.abc import Iterator, Mapping, Sequence

from atalaya.inspection.findings import Geometry

GEOMETRY = "geometry"


def flat_feature(record: Mapping[str, object]) -> Mapping[str, object]:
    """A feature as its identifier, its properties and its geometry; other records as they are."""
    properties = record.get("properties")
    if record.get("type") != "Feature" or not isinstance(properties, Mapping | None):
        return record
    identifier = record.get("id")
    own = {"id": identifier} if identifier is not None and "id" not in (properties or {}) else {}
    return {**own, **(properties or {}), GEOMETRY: record.get("geometry")}


def topology_lists(value: object) -> Iterator[tuple[str, Sequence[Mapping[str, object]]]]:
    """The objects of a topology as records like features: the geometry of each is its kind, since its arcs stand apart."""
    objects = value.get("objects") if isinstance(value, Mapping) else None
    for name, each in objects.items() if isinstance(objects, Mapping) else ():
        if not isinstance(each, Mapping):
            continue
        members = each.get("geometries") if each.get("type") == "GeometryCollection" else [each]
        records = [member for member in members if isinstance(member, Mapping)] if isinstance(members, list) else []
        if records:
            yield str(name), [_as_feature(record) for record in records]


def _as_feature(record: Mapping[str, object]) -> Mapping[str, object]:
    kind = record.get("type")
    return {
        "type": "Feature",
        "id": record.get("id"),
        "properties": record.get("properties") if isinstance(record.get("properties"), Mapping) else {},
        "geometry": {"type": kind} if kind else None,
    }


def geometry_of(records: Sequence[Mapping[str, object]], document: object) -> Geometry | None:
    """The kind of the geometries of features, None where no record is a feature with one."""
    kinds: dict[str, None] = {}
    for record in records:
        shape = record.get(GEOMETRY)
        if record.get("type") == "Feature" and isinstance(shape, Mapping) and isinstance(shape.get("type"), str):
            kinds.setdefault(str(shape["type"]).upper())
    if not kinds:
        return None
    return Geometry(column=GEOMETRY, kind=next(iter(kinds)) if len(kinds) == 1 else "GEOMETRY", crs=_crs(document))


def _crs(document: object) -> str | None:
    """What a `crs` member of GeoJSON 2008 names; without one, longitude and latitude of WGS 84 (RFC 7946 §4)."""
    if not isinstance(document, Mapping) or document.get("type") == "Topology":
        return None
    stated = document.get("crs")
    if not isinstance(stated, Mapping):
        return "EPSG:4326"
    properties = stated.get("properties")
    name = properties.get("name") if isinstance(properties, Mapping) else None
    if not isinstance(name, str):
        return None
    if "CRS84" in name:
        return "EPSG:4326"
    code = name.rpartition(":")[2]
    return f"EPSG:{code}" if "EPSG" in name.upper() and code.isdigit() else name[:100]
