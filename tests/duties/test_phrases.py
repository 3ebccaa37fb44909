"""Phrases in texts: forms of words, typing errors, abbreviations, words run together."""

import pytest

from atalaya.duties.phrases import PhraseIndex, build_index, hits_in, tokens_of, words_of
from atalaya.duties.wording import load_wording

PHRASES = {
    "ejecución presupuestaria": ["execution"],
    "inventario de bienes": ["inventory"],
    "inventarios": ["inventory", "stock"],
    "contratos de arrendamiento": ["rent"],
}


@pytest.fixture(scope="module")
def index() -> PhraseIndex[str]:
    return build_index(PHRASES, load_wording(("es",)))


def found(text: str, index: PhraseIndex[str]) -> list[tuple[str, bool]]:
    hits = hits_in(tokens_of(words_of(text), index), index)
    return sorted((index.phrases[hit.phrase][0], hit.exact) for hit in hits)


@pytest.mark.parametrize(
    ("text", "phrase", "exact"),
    [
        ("EJECUCION PRESUPUESTARIA", "ejecución presupuestaria", True),
        ("ejecuciones presupuestarias", "ejecución presupuestaria", True),
        ("presupuestaria (ejecución)", "ejecución presupuestaria", True),
        ("ejecusion presupuestaria", "ejecución presupuestaria", False),
        ("ejecucoin presupuestaria", "ejecución presupuestaria", False),
        ("ejec. presup.", "ejecución presupuestaria", False),
        ("ejecucionpresupuestaria2024", "ejecución presupuestaria", False),
        ("contrato 15 de arrendamiento", "contratos de arrendamiento", True),
    ],
)
def test_phrases_are_found_in_their_forms(text: str, phrase: str, exact: bool, index: PhraseIndex[str]) -> None:
    assert (phrase, exact) in found(text, index)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "presupuestaria",
        "arrendamiento",
        "inv",
        "ejecución uno dos tres cuatro cinco seis siete ocho presupuestaria",
        "contractos",
    ],
)
def test_parts_of_phrases_are_not_found(text: str, index: PhraseIndex[str]) -> None:
    assert found(text, index) == []


def test_an_abbreviation_is_no_phrase_of_one_word(index: PhraseIndex[str]) -> None:
    assert found("inven", index) == []
    assert found("inventa", index) == [("inventarios", False)]
    assert found("inventario", index) == [("inventarios", True)]


def test_phrases_that_are_one_word_for_word_share_their_owners() -> None:
    index = build_index({"Bienes del Estado": ["a"], "estado de bienes": ["b"]}, load_wording(("es",)))
    assert [owners for _, _, owners in index.phrases] == [("a", "b")]
