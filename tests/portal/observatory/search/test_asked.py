"""What is read out of a question: words, phrases, words that are not wanted, and the last one, which may be cut short."""

import pytest

from atalaya.portal.observatory.search.asked import LONGEST, MOST, read_asked

QUESTIONS = {
    "": "",
    "Salud": "salud",
    "  dos   palabras ": "dos palabras",
    '"obra pública" caminos': '"obra publica" caminos',
    "«obra pública»": '"obra publica"',
    "“una sola": '"una sola"',
    '"una"': "una",
    '""': "",
    "-covid salud": "-covid salud",
    '-"obra pública" salud': '-"obra publica" salud',
    "salud-mental": "salud mental",
    "-covid-19": '-"covid 19"',
    "a - b": "a b",
    "' OR 1=1 --": "or 1 1",
    "niñez (0–5)": "ninez 0 5",
    "& | ! <-> :* \\ '": "",
    "٣ 数据": "٣ 数据",
}


@pytest.mark.parametrize("text", QUESTIONS)
def test_how_a_question_is_read(text: str) -> None:
    assert read_asked(text).text == QUESTIONS[text]


@pytest.mark.parametrize(
    ("text", "cut"), [("escu", True), ("escu ", False), ("-escu", False), ('"a b"', False), ("a escu", True)]
)
def test_only_a_last_word_that_nothing_follows_may_be_cut_short(text: str, cut: bool) -> None:
    assert read_asked(text).pieces[-1].cut is cut
    assert not any(piece.cut for piece in read_asked(text).pieces[:-1])


def test_a_question_without_end_is_read_to_a_bound() -> None:
    asked = read_asked("ab " * 1000)
    assert len(asked.pieces) == MOST
    assert len(read_asked("a" * 5000).pieces[0].words[0]) == LONGEST
