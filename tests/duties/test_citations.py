"""Citations of articles and numerals in every form that sites have been seen to use, and numbers that cite nothing."""

import pytest

from atalaya.countries.pack import Citation, Duty
from atalaya.duties.citations import CitationReader, citations_in, compile_citations, plain
from atalaya.duties.wording import load_wording


def duties(*pairs: tuple[str, str]) -> list[Duty]:
    return [
        Duty(id=f"{a}-{n}", law="law", article=a, numeral=n, name={}, obliged=("all",), update="yearly")
        for a, n in pairs
    ]


@pytest.fixture(scope="module")
def reader() -> CitationReader:
    citation = Citation(
        article=("artículo", "art", "arts"),
        numeral=("numeral", "numerales", "num", "inciso"),
        marks=("no", "n", "#", "n°"),
        default_article="10",
        forms=("digits", "roman", "words"),
        law=("LAIP",),
    )
    listed = duties(*(("10", str(n)) for n in range(1, 30)), ("11", "1"), ("11", "2"))
    return compile_citations(citation, listed, load_wording(("es",)))


def cited(text: str, reader: CitationReader) -> list[tuple[str | None, str]]:
    return [(each.article, each.numeral) for each in citations_in(plain(text), reader)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Artículo 10, numeral 8", [("10", "8")]),
        ("ARTICULO 10 NUMERAL 4", [("10", "4")]),
        ("Art. 10 num. 8", [("10", "8")]),
        ("Art. 10, N° 12", [("10", "12")]),
        ("Art. 10 #22", [("10", "22")]),
        ("Art10Num23", [("10", "23")]),
        ("art_10_num_08", [("10", "8")]),
        ("Art. 10.8", [("10", "8")]),
        ("numeral 8 del artículo 10", [("10", "8")]),
        ("10.8 Ejecución", [("10", "8")]),
        ("10-8", [("10", "8")]),
        ("LAIP 10.13", [("10", "13")]),
        ("Numeral 8. Ejecución presupuestaria", [(None, "8")]),
        ("NUMERAL 07 - PRESUPUESTO", [(None, "7")]),
        ("Numeral VIII", [(None, "8")]),
        ("numeral ocho", [(None, "8")]),
        ("Inciso 5", [(None, "5")]),
        ("N8 Ejecución", [(None, "8")]),
        ("No. 8", [(None, "8")]),
        ("8. Ejecución presupuestaria", [(None, "8")]),
        ("08 - Ejecución", [(None, "8")]),
        ("8", [(None, "8")]),
        ("Numerales 14 y 19", [(None, "14"), (None, "19")]),
        ("Artículo 10 numerales 10, 11, 20 y 22", [("10", "10"), ("10", "11"), ("10", "20"), ("10", "22")]),
        ("Artículo 11 numeral 2", [("11", "2")]),
        ("Numerales 3 al 5", [(None, "3"), (None, "4"), (None, "5")]),
    ],
)
def test_forms_of_citations_are_read(text: str, expected: list[tuple[str | None, str]], reader: CitationReader) -> None:
    assert cited(text, reader) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Artículo 10",
        "Numerales 1 al 29",
        "10/08/2024",
        "10-8-2024",
        "10.8 %",
        "10.8.2024",
        "Acuerdo No. 8-2024",
        "Contrato 15-2024",
        "Semana 12",
        "Zona 10",
        "12 de enero",
        "anumeral 8",
        "",
    ],
)
def test_other_numbers_cite_nothing(text: str, reader: CitationReader) -> None:
    assert cited(text, reader) == []


def test_a_law_may_number_its_duties_by_letters_and_put_the_numeral_first() -> None:
    citation = Citation(article=("section",), numeral=("paragraph", "para"), forms=("letters",))
    law = compile_citations(citation, duties(("7", "a"), ("7", "c"), ("12", "a")), load_wording(("en",)))
    assert cited("Paragraph (c) of section 7", law) == [("7", "c")]
    assert cited("Section 12 (a)", law) == [("12", "a")]
    assert cited("Section 7 para. c: salaries", law) == [("7", "c")]
    assert cited("Section 7 (d)", law) == []
    assert cited("a list of things", law) == []


def test_a_law_without_words_is_cited_by_both_numbers() -> None:
    law = compile_citations(Citation(), duties(("10", "8")), load_wording(("xx",)))
    assert cited("10.8 X", law) == [("10", "8")]
    assert cited("numeral 8 x", law) == []
