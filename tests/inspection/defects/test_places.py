"""Divisions as tables write them, and the sums that a country declares."""

from pathlib import Path

import pytest

from atalaya.countries.pack import Division
from atalaya.countries.reader import read_pack
from atalaya.inspection.defects.places import Places, places_of
from atalaya.inspection.semantic.knowledge import knowledge_of

ZZ = Path(__file__).parents[2] / "fixtures" / "countries" / "zz"

DIVISIONS = (
    Division(code="01", name="Región Norte", level=1),
    Division(code="0101", name="Villa Real", level=2, parent="01", names=("Villarreal",)),
    Division(code="0102", name="Río Hondo", level=2, parent="01"),
)


@pytest.fixture
def places() -> Places:
    return places_of(DIVISIONS, ("región", "municipio de"))


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("0101", 2, "0101"),
        ("101", 2, "0101"),
        ("12100101", 2, "0101"),
        ("1", 1, "01"),
        ("0100", 1, "01"),
        ("0103", 2, None),
    ],
)
def test_codes_as_tables_write_them(places: Places, text: str, level: int, code: str | None) -> None:
    found = [form(text) for known, form in places.forms if known == level]
    assert next((each for each in found if each is not None), None) == (frozenset({code}) if code else None)


@pytest.mark.parametrize("text", ["VILLA REAL", "villarreal", "Municipio de Villa Real"])
def test_names_as_tables_write_them(places: Places, text: str) -> None:
    assert places.names[2][places.key(text)] == frozenset({"0101"})


def test_what_lies_in_what(places: Places) -> None:
    assert places.inside([frozenset({"0101"}), None, frozenset({"01"})], 1) == [
        frozenset({"01"}),
        None,
        frozenset({"01"}),
    ]


def test_parents_in_a_circle_end() -> None:
    circle = (Division(code="1", name="A", level=2, parent="2"), Division(code="2", name="B", level=2, parent="1"))
    assert places_of(circle).inside([frozenset({"1"})], 1) == [frozenset()]


def test_a_pack_gives_its_places_and_sums() -> None:
    known = knowledge_of(read_pack(ZZ))
    assert known.places is not None
    (declared,) = known.identities
    assert (declared.total, declared.parts) == (("valida sumo",), (("aprobita sumo",), ("ŝanĝoj", "korektoj")))
