"""Who is obliged, by kind, branch and validity; and how far that agrees with what monitors asked of 100 bodies."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from atalaya.countries.pack import CountryPack, Duty, Institution, Law, ObligedClass
from atalaya.countries.reader import find_pack, read_pack
from atalaya.duties.obliged import duties_of, duties_of_class
from benchmarks.obliged import compare

TODAY = date(2026, 1, 5)


def duty(numeral, *classes, **changes):
    return Duty(
        id=f"open-1-{numeral}",
        law="open",
        article="1",
        numeral=numeral,
        name={},
        obliged=classes,
        update="x",
        **changes,
    )


PACK = CountryPack(
    code="zz", name={}, languages=(), folder=Path(), sha256="", groups=(), institutions=(), divisions=(), sources=(),
    laws=(Law(id="open", title={}, in_force="2010-01-01"),),
    obliged_classes=(
        ObligedClass(id="all", law="open", title={}, everyone=True),
        ObligedClass(id="executive", law="open", title={}, branches=("executive",)),
        ObligedClass(id="funds", law="open", title={}, kinds=("fund",)),
        ObligedClass(id="outside", law="open", title={}),
    ),
    duties=(
        duty("1", "all"),
        duty("2", "executive", except_kinds=("council",)),
        duty("3", "executive", "funds"),
        duty("4", "outside"),
        duty("5", "all", valid_from="2026-01-06"),
        duty("6", "all", valid_to="2026-01-04"),
    ),
)  # fmt: skip


def body(kind="ministry", branch="executive", **changes):
    return Institution(id="zz:body", name="Body", kind=kind, branch=branch, **changes)


@pytest.mark.parametrize(
    ("institution", "numerals"),
    [
        (body(), "123"),
        (body("council"), "13"),
        (body("fund", "autonomous"), "13"),
        (body("court", "judicial"), "1"),
        (body(branch=None), "1"),
        (body(valid_to="2025-12-31"), ""),
        (body(valid_from="2026-01-06"), ""),
        (body(valid_from="2026-01-05", valid_to="2026-01-05"), "123"),
    ],
)
def test_who_is_obliged(institution, numerals):
    assert "".join(each.numeral for each in duties_of(PACK, institution, TODAY)) == numerals


def test_a_duty_binds_from_its_first_day_to_its_last():
    assert [each.numeral for each in duties_of(PACK, body(), date(2026, 1, 6))] == ["1", "2", "3", "5"]
    assert [each.numeral for each in duties_of(PACK, body(), date(2026, 1, 4))] == ["1", "2", "3", "6"]


def test_nobody_is_obliged_before_the_law_is_in_force():
    assert duties_of(PACK, body(), date(2009, 12, 31)) == ()
    undated = replace(PACK, laws=(Law(id="open", title={}),))
    assert len(duties_of(undated, body(), date(1999, 1, 1))) == 4


def test_a_body_outside_the_register_has_the_duties_of_its_class():
    assert [each.numeral for each in duties_of_class(PACK, "open", "outside", TODAY)] == ["4"]
    assert duties_of_class(PACK, "other", "outside", TODAY) == ()


@pytest.mark.real
def test_the_numerals_that_monitors_asked_of_a_hundred_bodies(corpora):
    compared = compare(read_pack(find_pack("gt")), corpora / "laip_monitor")
    registered = [each for each in compared if each.institution is not None]
    outside = [each for each in compared if each.institution is None]
    assert (len(registered), len(outside)) == (41, 59)
    assert {each.name for each in registered if not each.agrees} == {
        "Comisión Portuaria Nacional",
        "Coordinadora Nacional para la Reducción de Desastres",
        "Procuraduria General de la Nación",
    }
    assert sum(each.agrees for each in outside) == 55
