"""Questions of whole questionnaires tied to duties: an invented law, the instrument of a real monitor, labels by strangers."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.countries.pack import Citation, Duty, DutyEvidence, Law
from atalaya.countries.reader import find_pack, read_pack
from atalaya.duties.courses import FIRST_CHANCES, Chain, Seat
from atalaya.duties.matching import Matcher, build_matcher, compile_matcher
from atalaya.duties.question_files import MOST, read_questions
from atalaya.duties.questionnaires import DOUBT, Asked, Asking, Ground, _undoubted, asked_of
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


def test_what_silent_questions_ask_of_is_learned_from_the_others() -> None:
    """Between a duty and the one after the next of the law, a silent question belongs to the former where each has two questions,
    and to the duty between them where each has one."""
    two = [each for name in NAMES[:6] for each in (f"Do they show the {name}?", "Can it be taken away?")]
    one = [f"Do they show the {name}?" for name in NAMES[:6]]
    last = ["Do they show the travel?", "Can it be taken away?"]
    assert numerals(asked(*two, *last))[-1] == "7"
    between = asked(*one[:2], "Can it be taken away?", *one[3:], *last)
    assert numerals(between)[2] == "3"
    assert between[2].ground is Ground.ORDER
    assert not between[2].sure


def test_chances_are_taken_from_the_questionnaire() -> None:
    order = (7, 2, 8, 1, 5, 3, 6, 4)
    leaping = [f"Do they show the {NAMES[number - 1]}?" for number in order]
    spoken = [{f"law-1-{number}": 4.0} for number in order]
    chain = Chain(INVENTED, [None] * len(leaping), spoken)
    chain.likeliest()
    assert chain.chances["elsewhere"] > FIRST_CHANCES["elsewhere"] + 0.1
    assert chain.chances["stay"] < FIRST_CHANCES["stay"] / 2


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
    assert [each.ground for each in found[-3:]] == [Ground.WORDS, Ground.REPEATED, Ground.REPEATED]
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
    """The tree is about audits, and one of its questions names trust funds as well; without that it is sure."""
    texts = ("Are the audits published?", "Are the audits signed?", "Do trust funds have them?", "Are they whole?")
    seat = Seat("law-1-6", "law-1-6")
    assert _undoubted(seat, {"law-1-6": 3.0}, upheld=False)
    assert _undoubted(seat, {}, upheld=True)
    assert not _undoubted(seat, {}, upheld=False)
    assert not _undoubted(seat, {"law-1-6": 1.5, "law-1-5": 1.5 + DOUBT}, upheld=True)
    assert _undoubted(seat, {"law-1-6": 1.5, "law-1-5": 1.4 + DOUBT}, upheld=True)
    found = asked(*texts, b="a", c="a", d="a")
    assert numerals(found)[3] == "6"
    assert [each.sure for each in found[:2]] == [True, True]


def test_a_sure_question_of_another_duty_upholds_nothing() -> None:
    found = asked(
        *(f"Do they show the {name}?" for name in NAMES), "Do they show the travel?", "Is it up to date?", j="a"
    )
    for each in found:
        assert each.ground is not Ground.LINK or each.duty_id == "law-1-1"


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
    path.write_text('\ufeffnote,question,above,id\nx,"Budget, all\nof it?",,b1\n\n,Whole?,b1\n', encoding="utf-8")
    assert read_questions(path).questions == (Asking("b1", "Budget, all\nof it?"), Asking("line 5", "Whole?", "b1"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"text\nBudget?\n", "no column 'question' .it has 'text'.; write"),
        (b"id;question\n1;Budget?\n", "no column 'question' .it has 'id;question'.; separate cells by commas"),
        (b"", "no column 'question' .it has none."),
        (b"question\n", "there is no question in it"),
        (b"id,question\nq1,\n", "line 2: the question 'q1' has no text"),
        (b"id,question\nq1,a\n\nq1,b\n", "line 4: the id 'q1' stands twice"),
        (b"id,question,above\nq1,a,q2\nq2,b,\n", "line 2: the question 'q1' hangs from 'q2'"),
        (b"id,question\n1,The budget, published?\n", "line 2: 3 cells where the header has 2; put a question"),
        (b"question,question\na,b\n", "the column 'question' stands twice"),
        (b"question\n\xff\n", "cannot be read as CSV"),
        (b'question\n"a"b\n', "cannot be read as CSV"),
        (b"question\n" + b"a\n" * (MOST + 1), "5001 questions, more than 5000"),
    ],
)
def test_lists_that_cannot_be_read_say_why(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "ours.csv"
    path.write_bytes(content)
    with pytest.raises(MethodologyError, match=said):
        read_questions(path)


def test_an_instrument_that_repeats_an_id_keeps_the_first_with_its_numeral(tmp_path: Path) -> None:
    path = tmp_path / "ours.json"
    asked_twice = [("1", "1", "Chart?"), ("1", "2", "Budget?"), ("2", "2", ""), ("3", "2", "Money?")]
    value = {
        "articles": [{"id": 1, "name": "1"}],
        "numerals": [{"id": n, "article": 1, "name": f"Number {n}"} for n in (1, 2)],
        "indicators": [{"id": i, "numeral_id": n, "type": "child", "question": text} for i, n, text in asked_twice],
    }
    path.write_text(json.dumps(value), encoding="utf-8")
    read = read_questions(path)
    assert [each.text for each in read.questions] == ["Chart?", "Money?"]
    assert read.stated == {"1": ("1", "1"), "3": ("1", "2")}


@pytest.mark.parametrize("text", ["[" * 200_000, '{"articles": [], "numerals": [], "indicators": []}'])
def test_instruments_that_cannot_be_used_say_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ours.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MethodologyError, match=str(path)):
        read_questions(path)


def test_half_a_sign_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ours.json"
    value = {
        "articles": [],
        "numerals": [],
        "indicators": [{"id": 1, "numeral_id": 1, "type": "child", "question": "\ud800?"}],
    }
    path.write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(MethodologyError, match="half a sign"):
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
    questions = read_questions(path).questions
    alone = [asked_of([replace(each, above=None)], matcher)[0].duty_id or "none" for each in questions]
    right = sum(found == each.expected for found, each in zip(alone, instrument, strict=True))
    assert right / len(alone) < 0.6 < share(instrument)


@pytest.mark.parametrize(("name", "least"), [("audit", 0.93), ("by-law", 0.95), ("by-topic", 0.95)])
def test_labelled_questionnaires(name: str, least: float, matcher: Matcher) -> None:
    assert share(answered_labels(LABELS / f"{name}.csv", matcher)) >= least
