"""Names of places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.countries.pack import CountryPack
from atalaya.countries.places import PLACE_SCORES, index_places, match_place, only_place


@pytest.mark.parametrize(
    ("text", "narrowed", "codes", "how"),
    [
        ("N1", {}, ["N1"], "code"),
        ("ĉefurbo", {}, ["N1"], "name"),
        ("CHEFURBO", {}, ["N1"], "variant"),
        ("La Ĉefa", {}, ["N1"], "variant"),
        ("Urbo de Ĉefurbo", {}, ["N1"], "name_without_place_words"),
        ("Novurbo", {}, ["N2", "S1"], "name"),
        ("Novurbo", {"parent": "S"}, ["S1"], "name"),
        ("Novurbo, Suda Provinco", {}, ["S1"], "name_and_parent"),
        ("Sudo / Novurbo", {}, ["S1"], "name_and_parent"),
        ("Novurbo (Nordo)", {}, ["N2"], "name_and_parent"),
        ("Norda Provinco", {"level": 1}, ["N"], "name"),
        ("Norda Provinco", {"level": 2}, [], ""),
        ("Ĉefurbo, Sudo", {}, [], ""),
        ("Atlantido", {}, [], ""),
        ("", {}, [], ""),
    ],
)
def test_places(zz: CountryPack, text: str, narrowed: dict[str, object], codes: list[str], how: str) -> None:
    matches = match_place(text, index_places(zz), **narrowed)  # type: ignore[arg-type]
    named = [m for m in matches if m.how != "resembles" and m.score == matches[0].score]
    assert [m.division.code for m in named] == codes
    assert {(m.how, m.score) for m in named} == ({(how, PLACE_SCORES[how])} if codes else set())
    found = only_place(matches)
    assert (found.code if found else None) == (codes[0] if len(codes) == 1 else None)


def test_a_misspelt_place_is_only_suggested(zz: CountryPack) -> None:
    matches = match_place("Ĉefubro", index_places(zz))
    assert matches == () or matches[0].how == "resembles"
    assert match_place("Chefurba", index_places(zz))[0].division.code == "N1"
    assert only_place(match_place("Chefurba", index_places(zz))) is None


@given(st.text(max_size=40))
def test_no_text_raises(zz: CountryPack, text: str) -> None:
    matches = match_place(text, index_places(zz))
    assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)
