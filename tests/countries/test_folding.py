"""Texts made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.catalogue.folding import fold
from atalaya.countries.folding import acronym_of, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ministerio de Educación", "ministerio de educacion"),
        ("MINISTERIO  DE\tEDUCACION.", "ministerio de educacion"),
        ("Educacio\u0301n", "educacion"),
        ("Łódź, Ørsted & Groß", "lodz orsted gross"),
        ("İstanbul Isparta", "istanbul isparta"),
        ("Œuvre", "oeuvre"),
        ("Министерство финансов", "министерство финансов"),
        ("財務省（東京）", "財務省 東京"),
        ("-FONADES-", "fonades"),
        ("***", ""),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd"], max_codepoint=0x17F), min_size=1))
def test_case_makes_no_difference(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) or "ı" in text or "ŉ" in text or "ſ" in text


@pytest.mark.parametrize(
    ("text", "stop", "left"),
    [
        ("Banco de la Nación", ("de", "la"), ("banco", "nacion")),
        ("De la", ("de", "la"), ("de", "la")),
        ("", ("de",), ()),
    ],
)
def test_words(text: str, stop: tuple[str, ...], left: tuple[str, ...]) -> None:
    assert words(text, stop) == left


@pytest.mark.parametrize(("text", "acronym"), [("M. F.", "MF"), ("ŝb", "SB"), ("S.A.T.", "SAT"), ("--", "")])
def test_acronyms(text: str, acronym: str) -> None:
    assert acronym_of(text) == acronym
