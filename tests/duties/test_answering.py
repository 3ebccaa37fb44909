"""A questionnaire answered from verdicts, by hand: an invented instrument of four numerals."""

from atalaya.duties.answering import answers_of, applicable, numerals_of
from atalaya.indices.imports.instrument import instrument_of


def question(id_, numeral, kind="child", parent=None, answer=None, enabled=True):
    return {"id": id_, "numeral_id": numeral, "type": kind, "parent_indicator_id": parent, "applies_when_parent_is": answer,
            "enabled": enabled, "question": f"Question {id_}"}  # fmt: skip


INSTRUMENT = instrument_of({
    "articles": [{"id": 3, "name": "Article 3"}, {"id": 100, "name": "Good practices"}],
    "numerals": [
        {"id": 1, "article": 3, "name": "Numeral 1"},
        {"id": 2, "article": 3, "name": "Numeral 2"},
        {"id": 3, "article": 3, "name": "Numeral 3"},
        {"id": 4, "article": 100, "name": "Good practices"},
    ],
    "indicators": [
        question(1, 1),
        question(2, 2, "parent"), question(3, 2, parent=2, answer="Y"), question(4, 2, parent=2, answer="N"), question(5, 2),
        question(6, 3), question(7, 3), question(8, 3, enabled=False),
        question(9, 4),
    ],
})  # fmt: skip
DUTIES = {("3", "1"): "open-3-1", ("3", "2"): "open-3-2", ("3", "3"): "open-3-3"}


def answered(**standings):
    named = {f"open-3-{number[1:]}": standing for number, standing in standings.items()}
    return {each.question: each.answer for each in answers_of(INSTRUMENT, DUTIES, named)}


def test_numerals_are_known_by_the_number_in_their_name():
    assert numerals_of(INSTRUMENT) == {"1": ("3", "1"), "2": ("3", "2"), "3": ("3", "3")}


def test_the_one_question_of_a_numeral_is_met_by_whatever_is_published():
    for standing in ("current", "late", "not_open", "justified"):
        assert answered(n1=standing) == {"1": "Y"}
    for standing in ("missing", "heading_only"):
        assert answered(n1=standing) == {"1": "N"}
    assert answered(n1="unknown") == {}


def test_of_several_questions_people_read_what_is_published():
    assert answered(n2="current", n3="late") == {}
    assert answered(n2="missing") == {"3": "N", "4": "N", "5": "N"}
    assert answered(n3="missing") == {"6": "N", "7": "N"}


def test_a_justification_meets_the_questions_that_no_answer_leads_to():
    assert answered(n2="justified", n3="justified") == {"5": "Y", "6": "Y", "7": "Y"}


def test_the_numerals_that_apply_are_those_of_duties_that_bind_and_of_none():
    assert applicable(INSTRUMENT, DUTIES, {"open-3-1": "current", "open-3-3": "unknown"}) == ["1", "3", "4"]
