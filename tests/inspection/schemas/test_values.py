"""Every type of Table Schema: texts that are values of it and texts that are not."""

import datetime as dt
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.catalogue.table_schema import TYPES, Field
from atalaya.inspection.schemas.moments import Unfit
from atalaya.inspection.schemas.values import reader_of

GOOD: tuple[tuple[str, str, dict[str, Any], Any, Any], ...] = (
    ("string", "default", {}, "texto", "texto"),
    ("string", "default", {}, 12, "12"),
    ("string", "email", {}, "a.b@example.org", "a.b@example.org"),
    ("string", "uri", {}, "https://example.org/x?y=1", "https://example.org/x?y=1"),
    ("string", "uuid", {}, "123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000"),
    ("string", "binary", {}, "aG9sYQ==", "aG9sYQ=="),
    ("number", "default", {}, "-1.5e3", Decimal("-1500")),
    ("number", "default", {}, ".5", Decimal("0.5")),
    ("number", "default", {}, "INF", Decimal("Infinity")),
    ("number", "default", {}, 1.25, Decimal("1.25")),
    ("number", "default", {"decimalChar": ",", "groupChar": "."}, "1.234,50", Decimal("1234.50")),
    ("number", "default", {"bareNumber": False}, "Q 12.50", Decimal("12.50")),
    ("number", "default", {"bareNumber": False}, "37.5 %", Decimal("37.5")),
    ("integer", "default", {}, "+007", 7),
    ("integer", "default", {}, 5.0, 5),
    ("integer", "default", {"groupChar": ","}, "1,234", 1234),
    ("integer", "default", {"bareNumber": False}, "12 km", 12),
    ("boolean", "default", {}, "TRUE", True),
    ("boolean", "default", {}, False, False),
    ("boolean", "default", {"trueValues": ["sí"], "falseValues": ["no"]}, "sí", True),
    ("date", "default", {}, "2024-02-29", dt.date(2024, 2, 29)),
    ("date", "%d/%m/%Y", {}, "31/12/2020", dt.date(2020, 12, 31)),
    ("date", "any", {}, "31-12-2020", dt.date(2020, 12, 31)),
    ("date", "%d/%m/%Y", {}, dt.date(2020, 12, 31), dt.date(2020, 12, 31)),
    ("time", "default", {}, "23:59:00", dt.time(23, 59)),
    ("time", "%H:%M", {}, "23:59", dt.time(23, 59)),
    ("datetime", "default", {}, "2020-01-01T10:00:00Z", dt.datetime(2020, 1, 1, 10, tzinfo=dt.UTC)),
    ("datetime", "any", {}, "01/02/2020 10:30", dt.datetime(2020, 2, 1, 10, 30, tzinfo=dt.UTC)),
    ("datetime", "%Y%m%d%H", {}, "2020010110", dt.datetime(2020, 1, 1, 10, tzinfo=dt.UTC)),
    ("year", "default", {}, "2020", 2020),
    ("yearmonth", "default", {}, "2020-07", (2020, 7)),
    ("duration", "default", {}, "P1DT12H", 1.5),
    ("duration", "default", {}, "-P2W", -14),
    ("geopoint", "default", {}, "-90.5, 14.6", (Decimal("-90.5"), Decimal("14.6"))),
    ("geopoint", "array", {}, "[-90.5, 14.6]", (Decimal("-90.5"), Decimal("14.6"))),
    ("geopoint", "object", {}, '{"lon": -90.5, "lat": 14.6}', (Decimal("-90.5"), Decimal("14.6"))),
    ("geojson", "default", {}, '{"type": "Point", "coordinates": [1, 2]}', {"type": "Point", "coordinates": [1, 2]}),
    ("geojson", "topojson", {}, '{"type": "Topology"}', {"type": "Topology"}),
    ("object", "default", {}, '{"a": 1}', {"a": 1}),
    ("array", "default", {}, "[1, 2]", [1, 2]),
    ("array", "default", {"arrayItem": {"type": "integer"}}, '["1"]', [1]),
    ("list", "default", {"itemType": "integer", "delimiter": ";"}, "1;2", [1, 2]),
    ("any", "default", {}, "x", "x"),
)
BAD: tuple[tuple[str, str, dict[str, Any], Any], ...] = (
    ("string", "email", {}, "a@b"),
    ("string", "uri", {}, "example.org"),
    ("string", "uri", {}, "http://[x"),
    ("string", "uuid", {}, "123"),
    ("string", "binary", {}, "á"),
    ("number", "default", {}, "1,5"),
    ("number", "default", {}, "1_000"),
    ("number", "default", {}, "Q 12.50"),
    ("number", "default", {}, True),
    ("number", "default", {"decimalChar": ","}, "1.5"),
    ("integer", "default", {}, "1.5"),
    ("integer", "default", {}, "1e3"),
    ("integer", "default", {}, True),
    ("integer", "default", {}, "9" * 5_000),
    ("boolean", "default", {}, "sí"),
    ("boolean", "default", {"trueValues": ["sí"]}, "true"),
    ("date", "default", {}, "2023-02-29"),
    ("date", "default", {}, "20230228"),
    ("date", "%d/%m/%Y", {}, "2020-12-31"),
    ("date", "any", {}, "ayer"),
    ("time", "default", {}, "24:00:00"),
    ("time", "default", {}, "10:00"),
    ("datetime", "default", {}, "2020-01-01"),
    ("year", "default", {}, "20"),
    ("yearmonth", "default", {}, "2020-13"),
    ("duration", "default", {}, "P"),
    ("duration", "default", {}, "1 día"),
    ("geopoint", "default", {}, "14.6, -190.5"),
    ("geopoint", "default", {}, "14.6"),
    ("geopoint", "array", {}, "[1]"),
    ("geopoint", "object", {}, '{"lat": 1}'),
    ("geojson", "default", {}, '{"type": "Point"}'),
    ("geojson", "default", {}, "nada"),
    ("geojson", "topojson", {}, '{"type": "Point", "coordinates": [1, 2]}'),
    ("object", "default", {}, "[1]"),
    ("array", "default", {}, "{"),
    ("array", "default", {"arrayItem": {"type": "integer"}}, '["x"]'),
    ("list", "default", {"itemType": "integer"}, "1,x"),
)


def field(kind: str, form: str, options: dict[str, Any]) -> Field:
    return Field(name="campo", type=kind, format=form, options=options)


@pytest.mark.parametrize(("kind", "form", "options", "cell", "value"), GOOD)
def test_texts_that_are_values(kind: str, form: str, options: dict[str, Any], cell: Any, value: Any) -> None:
    assert reader_of(field(kind, form, options))(cell) == value


@pytest.mark.parametrize(("kind", "form", "options", "cell"), BAD)
def test_texts_that_are_none(kind: str, form: str, options: dict[str, Any], cell: Any) -> None:
    with pytest.raises(Unfit, match=r"it is|an item is"):
        reader_of(field(kind, form, options))(cell)


def test_every_type_is_tried() -> None:
    assert {kind for kind, *_ in GOOD} == TYPES
    assert {kind for kind, *_ in BAD} == TYPES - {"any"}


@given(st.sampled_from(sorted(TYPES)), st.text(max_size=30))
def test_any_text_is_a_value_or_unfit(kind: str, text: str) -> None:
    with suppress(Unfit):
        reader_of(field(kind, "default", {}))(text)
