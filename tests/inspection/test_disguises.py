"""Missing values in disguise."""

import pytest

from atalaya.inspection.disguises import find_disguises
from atalaya.inspection.kinds import text_kind

AGES = {"34": 3, "51": 2, "7": 1, "19": 4, "80": 1, "62": 1}


@pytest.mark.parametrize(
    "sign",
    [
        "-",
        "---",
        "…",
        "N/D",
        "s/d",
        "S.D.",
        "#N/D",
        "#¡DIV/0!",
        "(en blanco)",
        "sin datos",
        "não informado",
        ":",
        "NULL",
        "n. d.",
    ],
)
def test_signs_are_told_with_their_counts(sign: str) -> None:
    found = find_disguises({**AGES, sign: 5, "": 2})
    assert found.signs == {sign: 5}
    assert found.cells == 5
    assert text_kind(sign) == "empty"


@pytest.mark.parametrize("number", ["9999", "999", "-99", "-999", "-1", "99999", "9,999", "888"])
def test_numbers_far_outside_the_rest_are_told(number: str) -> None:
    assert find_disguises({**AGES, number: 6}).numbers == {number: 6}


@pytest.mark.parametrize(
    "values",
    [
        {**AGES, "99": 6},
        {**AGES, "9999": 1},
        {"9999": 6, "12": 1},
        {"9998": 1, "9997": 1, "10001": 2, "9999": 6, "9990": 1, "10020": 1},
        {"-1": 6, "-2": 1, "-5": 1, "4": 1, "3": 1, "2": 1},
        {**AGES, "1234": 6},
        {"Zona 1": 1, "9999": 6, "Zona 2": 3},
    ],
    ids=["an age", "once", "too few others", "among others", "negatives are usual", "no sentinel", "texts"],
)
def test_what_is_no_disguise(values: dict[str, int]) -> None:
    assert not find_disguises(values).numbers


def test_words_that_are_values_are_no_disguise() -> None:
    assert find_disguises({"no reportado": 4, "desconocido": 2, "0": 9}).cells == 0
