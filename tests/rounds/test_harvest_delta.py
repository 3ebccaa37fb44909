"""Dated states of real catalogues: published differences, a real migration, and which later states a round holds."""

from pathlib import Path

import pytest

from atalaya.catalogue.folding import fold
from benchmarks.harvest_delta import Delta, delta, pairs

pytestmark = pytest.mark.real

RENAMED = {
    ("fibra optica en obra", "fibra optica en construccion"),
    ("fibra optica tendida", "fibra optica sin iluminar"),
    ("escuelas conectadas con tecnologia gillat", "escuelas conectadas con tecnologia gilat"),
}
"""Datasets of datos.gob.ar that kept their files and changed their title, compared by hand: the streams have the same address."""


@pytest.fixture(scope="module")
def deltas(corpora: Path) -> dict[str, Delta]:
    return {pair.name: delta(pair) for pair in pairs(corpora)}


def test_the_published_differences_are_met(deltas: dict[str, Delta]) -> None:
    told = [item for item in deltas.values() if item.pair.published is not None]
    assert [item.pair.protocol for item in told].count("arcgis_hub") == 13
    assert [item.pair.protocol for item in told].count("datajson") == 4
    assert [item.pair.name for item in told if not item.agrees] == []


def test_the_migration_of_the_argentine_portal_is_recognised(deltas: dict[str, Delta]) -> None:
    found = deltas["datos.gob.ar 2017-2018"]
    assert (found.deleted, found.new) == (72, 639), "no identifier survives"
    assert len(found.kin) >= 55
    titles = [(fold(found.titles[kin.one]), fold(found.titles[kin.other])) for kin in found.kin]
    assert {pair for pair in titles if pair[0] != pair[1]} <= RENAMED
    assert found.held is None


def test_what_is_held_and_what_passes(deltas: dict[str, Delta]) -> None:
    assert deltas["HHS error answer"].held == "error_object"
    assert deltas["hub that became a stub"].held == "shrunk"
    assert [deltas[name].held_before for name in ("05b-27167", "05b-27017")] == ["below_least"] * 2
    losing = {name: deltas[name] for name in ("04c-03", "04b-24027")}
    assert {name: round(item.deleted / item.listed[0], 2) for name, item in losing.items()} == {
        "04c-03": 0.15,
        "04b-24027": 0.18,
    }
    assert all(item.held is None for item in losing.values())
    held = {name: item.held for name, item in deltas.items() if item.held}
    assert held == {"HHS error answer": "error_object", "hub that became a stub": "shrunk", "04c-02": "shrunk"}
    assert len(deltas["04c-02"].kin) == 5, "the portal changed its domain and 22 of its 27 datasets"


def test_no_small_difference_is_taken_for_a_migration(deltas: dict[str, Delta]) -> None:
    for name in ("datos.gob.ar 8 days", "HHS 5 weeks", "04c-03", "04b-24027", "12c-01"):
        assert deltas[name].kin == (), name
