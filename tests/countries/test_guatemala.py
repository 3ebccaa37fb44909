"""Facts of Guatemala's pack, counted by hand in its documents."""

from collections import Counter

import pytest

from atalaya.countries.groups import members
from atalaya.countries.identifiers import compile_identifier
from atalaya.countries.pack import CountryPack
from atalaya.countries.places import index_places, match_place, only_place

MUNICIPALITIES = (17, 8, 16, 16, 14, 14, 19, 8, 24, 21, 9, 30, 33, 21, 8, 17, 14, 5, 11, 11, 7, 17)
"""Municipalities of each department, in the order of their codes (INE)."""


def test_divisions(gt: CountryPack) -> None:
    departments = [d for d in gt.divisions if d.level == 1]
    counted = Counter(d.parent for d in gt.divisions if d.level == 2)
    assert [d.code for d in departments] == [f"{n:02d}" for n in range(1, 23)]
    assert tuple(counted[d.code] for d in departments) == MUNICIPALITIES
    assert sum(MUNICIPALITIES) == 340


def test_codes_are_contiguous_in_every_department(gt: CountryPack) -> None:
    for number, count in enumerate(MUNICIPALITIES, start=1):
        codes = [d.code for d in gt.divisions if d.parent == f"{number:02d}"]
        assert codes == [f"{number:02d}{place:02d}" for place in range(1, count + 1)]


def test_census_population(gt: CountryPack) -> None:
    for level in (1, 2):
        assert sum(d.population or 0 for d in gt.divisions if d.level == level) == 14_901_286


def test_groups(gt: CountryPack) -> None:
    assert {group.id: len(members(group, gt)) for group in gt.groups} == {
        "ejecutivo": 78,
        "autonomas": 18,
        "municipalidades": 341,
        "otros_organismos": 7,
    }
    assert Counter(body.kind for body in gt.institutions)["ministry"] == 14


def test_duties(gt: CountryPack) -> None:
    counted = Counter(duty.article for duty in gt.duties)
    assert counted == {"10": 29, "11": 3, "12": 6, "13": 11, "14": 6}
    assert len(gt.deadlines) == 14
    assert {d.id: d.days for d in gt.deadlines if d.verified and d.days} == {
        "laip-42-answer": 10,
        "laip-43-extension": 10,
        "laip-44-silence": 10,
        "laip-54-review": 15,
    }


@pytest.mark.parametrize("text", ["3141592661333", "2718281880514"])
def test_a_table_of_338_municipalities_would_refuse(gt: CountryPack, text: str) -> None:
    cui = next(i for i in gt.identifiers if i.id == "cui")
    assert compile_identifier(cui, gt.divisions).verdict(text).valid
    fewer = [d for d in gt.divisions if d.code not in ("1333", "0514")]
    assert compile_identifier(cui, fewer).verdict(text).reason == "unknown_code"


def test_sources(gt: CountryPack) -> None:
    states = {source.id.partition(":")[2]: source.state for source in gt.sources}
    assert states == {
        "datos_gob_gt": "unreachable",
        "guatecompras": "active",
        "ine": "active",
        "minfin": "active",
        "segeplan": "active",
        "senacyt": "active",
    }


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("Santa Bárbara, Suchitepéquez", None, "1015"),
        ("HUEHUETENANGO / SANTA BARBARA", None, "1310"),
        ("Municipio de La Libertad (Petén)", None, "1705"),
        ("Tiquizate", None, "0506"),
        ("Departamento de Guatemala", 1, "01"),
        ("guatemala", 2, "0101"),
        ("0101", None, "0101"),
        ("Santa Bárbara", 2, None),
        ("Tegucigalpa", None, None),
    ],
)
def test_places(gt: CountryPack, text: str, level: int | None, code: str | None) -> None:
    found = only_place(match_place(text, index_places(gt), level=level))
    assert (found.code if found else None) == code
