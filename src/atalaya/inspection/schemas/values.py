"""What the text of a cell is as a value of a field: one reader a type, made once for each field of a schema."""

import base64
import binascii
import datetime as dt
import json
import re
import uuid
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from atalaya.catalogue.table_schema import Field
from atalaya.inspection.kinds import Cell, cell_text
from atalaya.inspection.schemas.moments import (
    Unfit,
    read_date,
    read_datetime,
    read_duration,
    read_time,
    read_year,
    read_yearmonth,
)

Reader = Callable[[Any], Any]
"""A cell as a value; raises Unfit."""
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?\Z")
_INTEGER = re.compile(r"[+-]?\d+\Z")
_SPECIAL = {
    "NAN": Decimal("NaN"),
    "INF": Decimal("Infinity"),
    "+INF": Decimal("Infinity"),
    "-INF": Decimal("-Infinity"),
}
_BARE = re.compile(r"\A[^-+\d.]+|[^\d.]+\Z")
"""What may stand around a number that is not bare: currency and percent signs."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+\Z")
_TRUE = ("true", "True", "TRUE", "1")
_FALSE = ("false", "False", "FALSE", "0")
_GEOMETRIES = frozenset(
    {
        "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection", "Feature",
        "FeatureCollection",
    }
)  # fmt: skip


def reader_of(field: Field) -> Reader:
    """The reader of a field's cells. Cells of formats that know types come as they are, those of texts as texts."""
    options = field.options
    match field.type:
        case "string":
            return _string(field.format)
        case "number":
            return lambda cell: _number(cell, options)
        case "integer":
            return lambda cell: _integer(cell, options)
        case "boolean":
            return lambda cell: _boolean(cell, options)
        case "date" | "time" | "datetime" as kind:
            return lambda cell: _moment(kind, cell, field.format)
        case "year":
            return lambda cell: read_year(_text(cell))
        case "yearmonth":
            return lambda cell: read_yearmonth(_text(cell))
        case "duration":
            return lambda cell: read_duration(_text(cell))
        case "geopoint":
            return lambda cell: _geopoint(cell, field.format)
        case "geojson":
            return lambda cell: _geojson(cell, field.format)
        case "object":
            return lambda cell: _json(cell, dict, "an object in JSON")
        case "array":
            return _array(options.get("arrayItem"))
        case "list":
            return _list(options)
    return lambda cell: cell


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else str(cell).lower() if isinstance(cell, bool) else cell_text(cell)


def _string(form: str) -> Reader:
    checks: Mapping[str, tuple[Callable[[str], bool], str]] = {
        "email": (lambda text: _EMAIL.match(text) is not None, "it is not an e-mail address"),
        "uri": (_is_uri, "it is not a URI"),
        "binary": (_is_base64, "it is not base64"),
        "uuid": (_is_uuid, "it is not a UUID"),
    }
    if form not in checks:
        return _text
    check, why = checks[form]

    def read(cell: Cell) -> str:
        text = _text(cell)
        if not check(text):
            raise Unfit(why)
        return text

    return read


def _is_uri(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.path)) and not re.search(r"\s", text)


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def _number(cell: Cell, options: Mapping[str, Any]) -> Decimal:
    if isinstance(cell, bool):
        raise Unfit("it is not a number")
    if isinstance(cell, int | float):
        return Decimal(str(cell))
    text = _text(cell)
    if text.upper() in _SPECIAL:
        return _SPECIAL[text.upper()]
    if group := options.get("groupChar"):
        text = text.replace(group, "")
    decimal = options.get("decimalChar", ".")
    if decimal != ".":
        if "." in text:
            raise Unfit(f"it is not a number with {decimal!r} before the decimals")
        text = text.replace(decimal, ".")
    if not options.get("bareNumber", True):
        text = _BARE.sub("", text)
    if not _NUMBER.match(text):
        raise Unfit("it is not a number")
    return Decimal(text)


def _integer(cell: Cell, options: Mapping[str, Any]) -> int:
    if isinstance(cell, bool):
        raise Unfit("it is not a whole number")
    text = cell_text(cell)
    if group := options.get("groupChar"):
        text = text.replace(group, "")
    if not options.get("bareNumber", True):
        text = _BARE.sub("", text)
    if not _INTEGER.match(text) or len(text) > 4_000:
        raise Unfit("it is not a whole number")
    return int(text)


def _boolean(cell: Cell, options: Mapping[str, Any]) -> bool:
    if isinstance(cell, bool):
        return cell
    text = _text(cell)
    if text in options.get("trueValues", _TRUE):
        return True
    if text in options.get("falseValues", _FALSE):
        return False
    raise Unfit("it is none of the texts for true and false")


def _moment(kind: str, cell: Cell, pattern: str) -> dt.date | dt.time:
    if isinstance(cell, dt.datetime):
        return cell.date() if kind == "date" else cell if cell.tzinfo else cell.replace(tzinfo=dt.UTC)
    if isinstance(cell, dt.date | dt.time):
        return cell
    readers: Mapping[str, Callable[[str, str], Any]] = {"date": read_date, "time": read_time, "datetime": read_datetime}
    found: dt.date | dt.time = readers[kind](_text(cell), pattern)
    return found


def _json(cell: object, wanted: type, what: str) -> Any:
    if isinstance(cell, wanted):
        return cell
    try:
        value = json.loads(cell) if isinstance(cell, str) else None
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, wanted):
        raise Unfit(f"it is not {what}")
    return value


def _geopoint(cell: Any, form: str) -> tuple[Decimal, Decimal]:
    what = "a point as longitude and latitude"
    if form == "object":
        value = _json(cell, dict, what)
        parts = [value.get("lon"), value.get("lat")] if set(value) == {"lon", "lat"} else []
    elif form == "array":
        parts = _json(cell, list, what)
    else:
        parts = _text(cell).split(",")
    if len(parts) != 2:
        raise Unfit(f"it is not {what}")
    longitude, latitude = (_number(part.strip() if isinstance(part, str) else part, {}) for part in parts)
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise Unfit("it is not on Earth: longitude first, then latitude")
    return longitude, latitude


def _geojson(cell: Any, form: str) -> Any:
    value = _json(cell, dict, "an object in JSON")
    if form == "topojson":
        if value.get("type") != "Topology":
            raise Unfit("it is not TopoJSON")
    elif value.get("type") not in _GEOMETRIES or not value.keys() & {
        "coordinates",
        "geometries",
        "geometry",
        "features",
    }:
        raise Unfit("it is not GeoJSON")
    return value


def _array(item: Mapping[str, Any] | None) -> Reader:
    read_item = _item_reader(item.get("type", "any")) if item is not None else None

    def read(cell: Any) -> list[Any]:
        value: list[Any] = _json(cell, list, "an array in JSON")
        return [read_item(each) for each in value] if read_item is not None else value

    return read


def _list(options: Mapping[str, Any]) -> Reader:
    read_item = _item_reader(options.get("itemType", "string"))
    delimiter = options.get("delimiter", ",")
    return lambda cell: [read_item(part) for part in _text(cell).split(delimiter)]


def _item_reader(kind: str) -> Reader:
    read = reader_of(Field(name="item", type=kind))

    def of_list(part: Any) -> Any:
        try:
            return read(part)
        except Unfit as error:
            raise Unfit(f"an item is unfit: {error}") from None

    return of_list
