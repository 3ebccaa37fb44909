"""Edges of `described`: lengths, copies, templates, markup and other scripts."""

import pytest

from atalaya.checks.dataset.described import LEAST_DESCRIPTION, LEAST_TITLE, rule
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.outcomes import Outcome, Verdict

WORDS = (
    "Montos percibidos por cada municipalidad según los registros contables, por rubro, mes y fuente de financiamiento."
)


def outcome_of(title: str, description: str) -> Outcome:
    return rule(dataset_case(title={"es": title}, description={"es": description}))


@pytest.mark.parametrize(("letters", "verdict"), [(LEAST_TITLE - 1, Verdict.FAIL), (LEAST_TITLE, Verdict.PASS)])
def test_the_least_title(letters: int, verdict: Verdict) -> None:
    assert outcome_of("x" * letters, WORDS).verdict is verdict


@pytest.mark.parametrize(
    ("letters", "verdict"), [(LEAST_DESCRIPTION - 1, Verdict.FAIL), (LEAST_DESCRIPTION, Verdict.PASS)]
)
def test_the_least_description(letters: int, verdict: Verdict) -> None:
    assert outcome_of("Ingresos municipales", "x" * letters).verdict is verdict


def test_markup_is_not_counted() -> None:
    assert outcome_of("Ingresos municipales", "<p>" * 60 + "Ingresos").verdict is Verdict.FAIL
    assert outcome_of("Ingresos municipales", f"<div><b>{WORDS}</b></div>").verdict is Verdict.PASS


@pytest.mark.parametrize("text", ["Sin descripción", "N/A", "---", "Lorem ipsum dolor sit amet " * 5, "Por definir."])
def test_templates_say_nothing(text: str) -> None:
    assert outcome_of("Ingresos municipales", text).verdict is Verdict.FAIL


def test_a_long_title_repeated_is_no_description() -> None:
    title = WORDS
    assert outcome_of(title, title + " 2024.").reason == "description_repeats"
    assert outcome_of(title, title + " " + WORDS.replace("Montos", "Cantidades")).verdict is Verdict.PASS


def test_wide_letters_count_double() -> None:
    assert (
        outcome_of("人口統計", "東京都の人口に関する統計データを区市町村別に毎月集計したものです。" * 2).verdict
        is Verdict.PASS
    )


def test_any_language_will_do() -> None:
    case = dataset_case(title={"en": "Municipal budgets"}, description={"pt": WORDS})
    assert rule(case).verdict is Verdict.PASS


def test_both_items_are_counted() -> None:
    assert (outcome_of("x", "").passed, outcome_of("x", WORDS).passed, outcome_of("Ingresos", WORDS).applied) == (
        0,
        1,
        2,
    )


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Ríos", "ok"),
        ("Parks", "ok"),
        ("公園", "ok"),
        ("RPG", "title_abbreviation"),
        ("BRIDGES", "title_abbreviation"),
        ("Río", "title_short"),
    ],
)
def test_a_short_word_is_a_topic_and_capitals_an_abbreviation(title: str, reason: str) -> None:
    assert outcome_of(title, WORDS).reason == reason


def test_markup_without_text_is_no_description() -> None:
    assert outcome_of("Presupuesto municipal", "<div style='margin: 0px'><br /></div>").reason == "description_missing"
