"""What becomes of a column: only what one reading allows, and never twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.repair.columns import decide


def becomes(*texts: str) -> tuple[str, list[str]]:
    counts = {text: texts.count(text) for text in texts}
    found = decide("x", counts)
    return found.type, [found.becomes.get(text, text) for text in texts]


@pytest.mark.parametrize(
    ("texts", "kind", "after"),
    [
        (["1,234.50", "2", "3.5"], "number", ["1234.50", "2", "3.5"]),
        (["1.234,50", "2", "3,5"], "number", ["1234.50", "2", "3.5"]),
        (["415,210,000.00", "415210000"], "number", ["415210000.00", "415210000"]),
        (["Q 1,200.00", "Q 3.00"], "number", ["1200.00", "3.00"]),
        (["(12)", "30"], "integer", ["-12", "30"]),
        (["45 %", "7 %"], "integer", ["45", "7"]),
        (["1", "N/D", "3", ""], "integer", ["1", "", "3", ""]),
        (["31/12/2019", "1/2/2020"], "date", ["2019-12-31", "2020-02-01"]),
        (["12/31/2019", "1/2/2020"], "date", ["2019-12-31", "2020-01-02"]),
        (["3 de marzo de 2019", "4 de mayo de 2020"], "date", ["2019-03-03", "2020-05-04"]),
        (["2019-03-01 10:00", "2019-03-02 11:30"], "datetime", ["2019-03-01T10:00:00", "2019-03-02T11:30:00"]),
        (["AdministraciÃ³n", "Salud"], "string", ["Administración", "Salud"]),
        (["Sí", "No", "No"], "boolean", ["Sí", "No", "No"]),
    ],
)
def test_what_is_certain_is_mended(texts: list[str], kind: str, after: list[str]) -> None:
    assert becomes(*texts) == (kind, after)


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["1/2/2019", "3/4/2019"], "date_order"),
        (["13/1/2019", "1/13/2019"], "date_order"),
        (["1/13/19", "2/14/19"], "short_year"),
        (["2019-01-01T10:00:00Z", "2019-01-02T10:00:00Z"], "zone"),
        (["1.234", "5,678"], "decimal_mark"),
        (["Q 5.00", "$ 6.00"], "several_signs"),
        ([*map(str, range(20)), "véase nota"], "mixed_kinds"),
        (["Administraci\ufffdn", "Salud"], "broken_letters"),
    ],
)
def test_what_is_doubtful_stays_and_is_told(texts: list[str], code: str) -> None:
    found = decide("x", {text: texts.count(text) for text in texts})
    assert found.type == "string"
    assert not found.becomes
    assert code in {doubt.code for doubt in found.doubts}


def test_a_sign_for_zero_or_nothing_stays_and_is_declared_as_missing() -> None:
    found = decide("x", {"-": 3, "12": 4, "7": 1})
    assert found.type == "integer"
    assert not found.becomes
    assert found.missing == {"-"}


def test_a_number_that_may_mean_missing_stays_and_is_told() -> None:
    found = decide("edad", {str(age): 2 for age in range(20, 60)} | {"9999": 7})
    assert "9999" not in found.becomes
    assert [(doubt.code, doubt.count) for doubt in found.doubts] == [("sentinel", 7)]


def test_codes_keep_their_zeros_and_words_that_may_be_codes_stay() -> None:
    assert becomes("0101", "0102", "0203") == ("string", ["0101", "0102", "0203"])
    assert becomes("NA", "ZW", "BW") == ("string", ["NA", "ZW", "BW"])


NUMBERS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)


@given(st.lists(NUMBERS, min_size=3), st.sampled_from([(",", "."), (".", ","), (" ", ","), ("", "."), ("", ",")]))
def test_numbers_keep_their_digits(numbers: list[object], marks: tuple[str, str]) -> None:
    group, mark = marks
    texts = [f"{number:,}".replace(",", "\0").replace(".", mark).replace("\0", group) for number in numbers]
    counts = {text: texts.count(text) for text in texts}
    found = decide("x", counts)
    assert found.type == "number"
    for text, number in zip(texts, numbers, strict=True):
        assert float(found.becomes.get(text, text)) == float(str(number))


@given(
    st.lists(
        st.one_of(
            st.text(max_size=12), st.integers().map(str), st.floats().map(str), st.dates().map(str),
            NUMBERS.map(lambda number: f"{number:,}"), st.dates().map(lambda day: day.strftime("%d/%m/%Y")),
            st.sampled_from(["-", "N/D", "s.d.", "", "Sí", "No", "NULL", "9999", "1.234", "12,5", "Q 3.00", "45 %", "Ã³"]),
        ),
        max_size=15,
    )
)  # fmt: skip
def test_a_second_repair_changes_nothing(texts: list[str]) -> None:
    counts = {text.strip(): texts.count(text) for text in texts}
    found = decide("x", counts)
    after = {found.becomes.get(text, text): count for text, count in counts.items()}
    assert not decide("x", after).becomes
