"""Questions of whole questionnaires tied to duties: an invented law, the instrument of a real monitor, labels by strangers."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.countries.pack import Citation, Duty, DutyEvidence, Law
from atalaya.countries.reader import find_pack, read_pack
from atalaya.duties.matching import Matcher, build_matcher, compile_matcher
from atalaya.duties.question_files import read_questions
from atalaya.duties.questionnaires import Asked, Asking, Ground, asked_of
from atalaya.duties.wording import load_wording
from atalaya.exceptions import MethodologyError
from benchmarks.duty_questionnaires import LABELS, Answered, answered_instrument, answered_labels

NAMES = ("organisation chart", "budget", "contracts", "leases", "trust funds", "audits", "travel", "archive")


def duty(number: int, name: str, **more: tuple[str, ...]) -> Duty:
    return Duty(
        id=f"law-1-{number}",
        law="law",
        article="1",
        numeral=str(number),
        name={"en": name},
        obliged=("all",),
        update="x",
        evidence=DutyEvidence(names=(name,)),
        **more,
    )


LAW = Law(id="law", title={"en": "Openness Act"}, citation=Citation(article=("article",), numeral=("number",)))
DUTIES = tuple(duty(number, name) for number, name in enumerate(NAMES, start=1))
FUNDED = duty(9, "privately administered funds", repeats=("law-1-3", "law-1-4"))
INVENTED = build_matcher([LAW], DUTIES, load_wording(("en",)))
REPEATING = build_matcher([LAW], (*DUTIES, FUNDED), load_wording(("en",)))


def asked(*texts: str, matcher: Matcher = INVENTED, **above: str) -> list[Asked]:
    """Questions called a, b, c …; `above` says what hangs from what."""
    ids = [chr(ord("a") + place) for place in range(len(texts))]
    questions = [Asking(id_, text, above.get(id_)) for id_, text in zip(ids, texts, strict=True)]
    return list(asked_of(questions, matcher))


def numerals(found: list[Asked]) -> list[str | None]:
    return [each.duty_id and each.duty_id.removeprefix("law-1-") for each in found]


def test_words_decide_where_they_speak_and_neighbours_where_they_do_not() -> None:
    found = asked("Is the budget published?", "Is it up to date?", "Are the contracts published?", "Since when?")
    assert numerals(found) == ["2", "2", "3", "3"]
    assert [each.ground for each in found] == [Ground.WORDS, Ground.ORDER, Ground.WORDS, Ground.ORDER]
    assert found[0].reasons
    assert not found[1].reasons


def test_what_hangs_from_a_question_asks_of_its_duty_though_another_stands_between() -> None:
    texts = ("Are the audits published?", "And the trust funds?", "Are they signed?", "Are they whole?")
    found = asked(*texts, b="a", c="a", d="b")
    assert numerals(found) == ["6", "5", "6", "5"]
    assert found[2].ground is Ground.LINK


def test_an_order_of_its_own_is_learned() -> None:
    order = (7, 2, 8, 1, 5, 3, 6, 4) * 2
    texts = [each for number in order for each in (f"Do they show the {NAMES[number - 1]}?", "Can it be taken away?")]
    assert numerals(asked(*texts)) == [str(number) for number in order for _ in range(2)]


def test_questions_that_speak_for_no_duty_among_themselves_are_about_none() -> None:
    texts = [f"Do they show the {name}?" for name in NAMES]
    silent = ["Was the officer kind?", "Did the answer come in time?", "Is the page fast?", "Can blind people use it?"]
    found = asked(*texts, *silent)
    assert numerals(found)[:8] == [str(number) for number in range(1, 9)]
    assert numerals(found)[8:] == [None] * 4
    assert {each.ground for each in found[8:]} == {Ground.NOTHING}


def test_a_duty_that_repeats_others_is_meant_where_they_are_asked_again_after_its_name() -> None:
    once = [f"Do they show the {name}?" for name in NAMES]
    again = ["Are privately administered funds shown?", "Are the contracts shown?", "Are the leases shown?"]
    found = asked(*once, *again, matcher=REPEATING)
    assert numerals(found) == [*map(str, range(1, 9)), "9", "9", "9"]
    assert [each.repeats for each in found[-2:]] == ["law-1-3", "law-1-4"]
    assert all(each.repeats is None for each in found[:-2])


def test_what_was_never_asked_is_not_repeated() -> None:
    found = asked("Do they show the contracts?", "Do they show the leases?", matcher=REPEATING)
    assert [each.duty_id for each in found] == ["law-1-3", "law-1-4"]


def test_a_question_between_two_duties_is_left_to_people() -> None:
    found = asked("Is the budget published?", "Is the budget of the archive published?", "Is the archive published?")
    assert not found[1].sure
    assert found[1].lead < found[0].lead


def test_what_rests_on_its_place_alone_is_left_to_people() -> None:
    alone = asked("Is the budget published?", "Is it up to date?")
    hung = asked("Is the budget published?", "Is it up to date?", b="a")
    assert [each.sure for each in alone] == [True, False]
    assert [each.sure for each in hung] == [True, True]


def test_words_for_another_duty_leave_it_to_people() -> None:
    texts = ("Are the audits published?", "Are they on the trust funds?", "Are they signed?")
    found = asked(*texts, b="a", c="b")
    assert found[0].sure
    assert found[1].sure == (found[1].duty_id == "law-1-5")
    assert not (found[2].sure and not found[1].sure)


def test_nothing_is_asked_of_nothing() -> None:
    assert asked() == []
    assert numerals(asked("Is it nice?")) == [None]


@given(st.lists(st.tuples(st.sampled_from([*NAMES, "it", "the weather", ""]), st.integers(0, 5)), max_size=12))
def test_every_question_gets_one_answer_and_the_same_one_again(drawn: list[tuple[str, int]]) -> None:
    questions = [
        Asking(str(place), f"Do they show {text}?", str(place - back) if 0 < back <= place else None)
        for place, (text, back) in enumerate(drawn)
    ]
    found = asked_of(questions, REPEATING)
    assert [each.id for each in found] == [each.id for each in questions]
    assert found == asked_of(questions, REPEATING)
    known = {each.id for each in (*DUTIES, FUNDED)}
    for each in found:
        assert each.duty_id is None or each.duty_id in known
        assert (each.ground is Ground.NOTHING) == (each.duty_id is None)


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        ([Asking("a", "x"), Asking("a", "y")], "'a' stands twice"),
        ([Asking("a", "x", "b"), Asking("b", "y")], "'a' hangs from 'b', which does not stand before it"),
        ([Asking("a", "x", "a")], "'a' hangs from 'a'"),
    ],
)
def test_faulty_questionnaires_are_refused(questions: list[Asking], said: str) -> None:
    with pytest.raises(MethodologyError, match=said):
        asked_of(questions, INVENTED)


def test_a_list_is_read_by_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "ours.csv"
    path.write_text("﻿note,question,above,id\nx,Budget?,,b1\n,Whole?,b1,\n", encoding="utf-8")
    assert read_questions(path) == ((Asking("b1", "Budget?"), Asking("3", "Whole?", "b1")), {})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"text\nBudget?\n", "no column 'question' .it has 'text'."),
        (b"", "no column 'question' .it has none."),
        (b"id,question\nq1,\n", "'q1' .row 2. has no text"),
        (b"question\n\xff\n", "cannot be read as CSV"),
        (b'question\n"a"b\n', "cannot be read as CSV"),
    ],
)
def test_lists_that_cannot_be_read_say_why(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "ours.csv"
    path.write_bytes(content)
    with pytest.raises(MethodologyError, match=said):
        read_questions(path)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return compile_matcher(read_pack(find_pack("gt")))


def share(judged: list[Answered]) -> float:
    about = [each for each in judged if each.expected != "none"]
    return sum(each.right for each in about) / len(about)


@pytest.fixture(scope="module")
def instrument(matcher: Matcher, corpora: Path) -> list[Answered]:
    return answered_instrument(corpora / "laip_monitor" / "instrumento_laip.json", matcher, "laip")


def test_the_instrument_of_2017_finds_the_numeral_of_each_question(instrument: list[Answered]) -> None:
    """0.972 when written, each question by the very numeral that it is asked of."""
    assert len(instrument) == 428
    assert share(instrument) >= 0.95
    sure = [each for each in instrument if each.asked.sure]
    assert len(sure) > 380
    assert sum(each.right for each in sure) / len(sure) >= 0.98
    assert [each.found for each in instrument if each.expected == "none"] == ["none"] * 5


def test_the_same_texts_asked_of_other_bodies_find_the_repeating_numerals(instrument: list[Answered]) -> None:
    found = Counter(each.found for each in instrument)
    assert {found["laip-10-24"], found["laip-10-25"]} == {100}
    assert all(
        each.asked.repeats for each in instrument if each.found in ("laip-10-24", "laip-10-25") and each.asked.reasons
    )


def test_what_the_order_adds_is_lost_without_it(matcher: Matcher, corpora: Path, instrument: list[Answered]) -> None:
    path = corpora / "laip_monitor" / "instrumento_laip.json"
    questions, _ = read_questions(path)
    alone = [asked_of([replace(each, above=None)], matcher)[0].duty_id or "none" for each in questions]
    right = sum(found == each.expected for found, each in zip(alone, instrument, strict=True))
    assert right / len(alone) < 0.6 < share(instrument)


@pytest.mark.parametrize(("name", "least"), [("by-law", 0.94), ("by-topic", 0.93), ("supervision", 0.95)])
def test_labelled_questionnaires(name: str, least: float, matcher: Matcher) -> None:
    assert share(answered_labels(LABELS / f"{name}.csv", matcher)) >= least
