"""Physical kinds of cells and columns."""

import datetime as dt

import pytest

from atalaya.inspection.kinds import Cell, cell_kind, cell_text, column_kind, kinds_of, text_kind


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("", "empty"), ("  ", "empty"), ("-", "empty"), ("---", "empty"), ("s.d.", "empty"), ("N/D", "empty"), ("null", "empty"),
        ("12", "integer"), ("-12", "integer"), ("0", "integer"), ("0101", "text"),
        ("1.5", "number"), ("1,5", "number"), ("1.234,56", "number"), ("1,234.56", "number"), ("Q 1,000.00", "number"),
        ("12%", "number"), ("(1,000.00)", "number"), ("1e-3", "number"), ("12 345,6", "number"),
        ("2020-01-31", "date"), ("31/01/2020", "date"), ("01/02/2014 12:00:00 AM", "date"), ("3 de mayo de 2021", "date"),
        ("12-ene-2020", "date"), ("2020-01-31T10:00:00Z", "date"), ("10:30", "date"),
        ("sí", "boolean"), ("true", "boolean"), ("Falso", "boolean"),
        ("Quiché", "text"), ("12 calle", "text"), ("1.2.3", "text"), ("x" * 100, "text"),
        (None, "empty"), (3, "integer"), (3.0, "integer"), (3.5, "number"), (True, "boolean"), (dt.date(2020, 1, 1), "date"),
    ],
)  # fmt: skip
def test_cell_kind(value: Cell, kind: str) -> None:
    assert cell_kind(value) == kind


def test_whole_floats_are_written_as_integers() -> None:
    assert cell_text(3.0) == cell_text(3) == cell_text(" 3 ") == "3"


@pytest.mark.parametrize(
    ("counts", "kind"),
    [
        ({"empty": 9}, "empty"),
        ({"integer": 99, "text": 1}, "integer"),
        ({"integer": 90, "text": 10}, "text"),
        ({"integer": 5, "number": 5, "empty": 50}, "number"),
        ({"date": 10}, "date"),
        ({"boolean": 10}, "boolean"),
    ],
)
def test_column_kind(counts: dict[str, int], kind: str) -> None:
    assert column_kind(counts) == kind


def test_letters_that_may_be_codes_are_no_truth_values() -> None:
    assert column_kind({"boolean": 10}, sure_booleans=False) == "text"


@pytest.mark.parametrize("most", ["12", "3.5", "2024-05-06", "escuela"])
@pytest.mark.parametrize(
    "odd",
    ["N/D", "no", "NO", "sí", "Sí", "SÍ", "nan", "Ene 2024", "enero 2024", "US$ 5", "Q 7", "00012", "0", "0,5", "", "Kg",
     "ſi", "İn", "dıa", "12 km", "1.234,56", "12:30", "s.d.", "-", "ab", "veinte", "mixto", "no hay dato", "n. d."],
)  # fmt: skip
def test_many_texts_are_told_as_each_of_them_is(most: str, odd: str) -> None:
    texts = [most, odd, most, odd.upper()]
    kind, others = kinds_of(texts)
    assert [others.get(text, kind) for text in texts] == list(map(text_kind, texts))
