"""Texts out of word processors and pages: what is kept of them, what is left out, and that nothing unsafe ever survives."""

import re
import string
from html import escape
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.news.body import Body, Heading, Item, Listing, Paragraph, Quote, Span, Table, words_of
from atalaya.news.markup import read_body, written
from atalaya.news.pasted import (
    ACTIVE,
    DELETED,
    HIDDEN,
    LINKS,
    LONGEST,
    PICTURES,
    TRACKING,
    Cleaned,
    TooLongError,
    cleaned,
)

WORD = (Path(__file__).parents[1] / "fixtures" / "news" / "word.html").read_text(encoding="utf-8")


def plain(text: str) -> tuple[Span, ...]:
    return (Span(text),)


def test_a_text_out_of_word_keeps_what_it_says_and_nothing_of_how_it_looked() -> None:
    found = cleaned(WORD)
    assert found.body == (
        Heading(2, plain("Acuerdos de la sesión")),
        Paragraph(
            (Span("La mesa se reunió en Ciudad Inventada y "), Span("aprobó dos puntos", strong=True), Span("."))
        ),
        Listing(
            (
                Item(0, False, plain("Publicar los datos")),
                Item(1, False, (Span("con "), Span("licencia", emphasis=True), Span(" abierta"))),
                Item(0, True, plain("Reunirse en agosto")),
            )
        ),
        Table(
            (
                ((Span("Institución", strong=True),), (Span("Hitos", strong=True),)),
                (plain("Ministerio Uno"), ()),
                (plain("Ministerio Dos"), plain("3 y 4")),
            ),
            headed=True,
        ),
        Paragraph((Span("Más en "), Span("la nota", href="https://gobierno.example/nota?id=7"), Span("."))),
        Paragraph(plain("Quedan dos temas.")),
    )
    assert found.left_out == {TRACKING: 1, HIDDEN: 2, PICTURES: 1, DELETED: 1}


LIST_OF_GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-0"><p dir="ltr" style="line-height:1.38;"><span '
    'style="font-weight:400">Uno </span><span style="font-weight:700">dos</span></p><br><ul><li dir="ltr"><p><span>A</span></p>'
    "</li>"
    "<ul><li><p>B</p></li></ul></ul></b>"
)


@pytest.mark.parametrize(
    ("pasted", "body"),
    [
        (
            LIST_OF_GOOGLE,
            (
                Paragraph((Span("Uno "), Span("dos", strong=True))),
                Listing((Item(0, False, plain("A")), Item(1, False, plain("B")))),
            ),
        ),
        ("<p>uno<br>dos</p>", (Paragraph(plain("uno")), Paragraph(plain("dos")))),
        ("<ol><li>uno<li>dos</ol>", (Listing((Item(0, True, plain("uno")), Item(0, True, plain("dos")))),)),
        ("<blockquote><p>dicho</p></blockquote><p>y</p>", (Quote(plain("dicho")), Paragraph(plain("y")))),
        ("<table><tr><td>sola</td></tr><tr><td></td></tr></table>", (Paragraph(plain("sola")),)),
        (
            "<table><tr><th colspan=2>ambas</th><th>c</th></tr><tr><td>1<td><td>3</table>",
            (Table(((plain("ambas"), (), plain("c")), (plain("1"), (), plain("3"))), headed=True),),
        ),
        ("<p>a <a href='javascript:alert(1)'>b</a></p>", (Paragraph(plain("a b")),)),
        ("uno\tdos\ntres\tcuatro\n", (Table(((plain("uno"), plain("dos")), (plain("tres"), plain("cuatro")))),)),
        (
            "•\tuno\n•\tdos\n\u00a0\u00a0o\ttres",
            (Listing((Item(0, False, plain("uno")), Item(0, False, plain("dos")), Item(1, False, plain("tres")))),),
        ),
        (
            "Ver https://gobierno.example/a_b?x=1.",
            (
                Paragraph(
                    (
                        Span("Ver "),
                        Span("https://gobierno.example/a_b?x=1", href="https://gobierno.example/a_b?x=1"),
                        Span("."),
                    )
                ),
            ),
        ),
        ("2 < 3 y <no es una etiqueta>", (Paragraph(plain("2 < 3 y <no es una etiqueta>")),)),
        ("<p>sin cerrar <b>fuerte", (Paragraph((Span("sin cerrar "), Span("fuerte", strong=True))),)),
    ],
)
def test_what_is_made_of_what_was_pasted(pasted: str, body: Body) -> None:
    assert cleaned(pasted).body == body


def test_what_somebody_may_miss_is_counted() -> None:
    found = cleaned(
        "<p>x<script>alert(1)</script><iframe src=//malo.example></iframe><a href='data:text/html,x'>y</a></p>"
    )
    assert words_of(found.body) == "xy"
    assert found.left_out == {ACTIVE: 2, LINKS: 1}


def test_more_than_is_read_is_refused() -> None:
    with pytest.raises(TooLongError, match=str(LONGEST)):
        cleaned("<p>" + "a" * LONGEST)


TAGS = (
    "p",
    "b",
    "i",
    "a",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "h1",
    "h3",
    "div",
    "br",
    "img",
    "script",
    "style",
    "svg",
)
TAGS = (*TAGS, "iframe", "o:p", "st1:city", "blockquote", "del", "xml", "object", "math", "form", "input")
NAMES = ("href", "src", "style", "onclick", "onerror", "class", "colspan", "xlink:href", "srcdoc", "formaction")
VALUES = (
    "javascript:alert(1)",
    "JaVa\tScript:alert(1)",
    "https://bueno.example/x?utm_source=a",
    "data:text/html;base64,PHg+",
    "//malo.example",
    "mso-list:l0 level2 lfo1",
    "mso-list:Ignore",
    "display:none",
    "vbscript:x",
    "expression(alert(1))",
    "MsoListParagraph",
    "3",
    "\"'><script>",
)
CHUNKS = st.one_of(
    st.builds(
        lambda tag, name, value, q: f"<{tag} {name}={q}{value}{q}>",
        st.sampled_from(TAGS),
        st.sampled_from(NAMES),
        st.sampled_from(VALUES),
        st.sampled_from(("'", '"', "")),
    ),
    st.builds(lambda tag: f"</{tag}>", st.sampled_from(TAGS)),
    st.sampled_from(
        (
            "<!--",
            "-->",
            "<![if !x]>",
            "<![CDATA[",
            "]]>",
            "<?php",
            "<",
            ">",
            "&lt;script&gt;",
            "&#60;",
            "\x00",
            "\u202e",
            "\ud800",
        )
    ),
    st.text(alphabet=string.printable + "áñ•·|*_[]()\\#\u00a0\u200b", max_size=12),
)
PASTED = st.lists(CHUNKS, max_size=30).map("".join)


def every_span(body: Body) -> list[Span]:
    found: list[Span] = []
    for block in body:
        if isinstance(block, Listing):
            found += [span for item in block.items for span in item.spans]
        elif isinstance(block, Table):
            found += [span for row in block.rows for cell in row for span in cell]
        else:
            found += block.spans
    return found


def as_html(body: Body) -> str:
    """A text as pages write it, span by span."""
    made = []
    for span in every_span(body):
        words = escape(span.text)
        made.append(f'<a href="{escape(span.href)}">{words}</a>' if span.href else words)
    return "".join(made)


@given(PASTED)
def test_nothing_unsafe_survives_and_what_was_cleaned_is_clean(pasted: str) -> None:
    found: Cleaned = cleaned(f"<p>{pasted}")
    assert set(re.findall(r"<(/?\w*)", as_html(found.body))) <= {"a", "/a"}
    for span in every_span(found.body):
        assert not span.href or re.fullmatch(r"https?://[^\s\"'<>()\[\]\\]+", span.href)
        assert "utm_" not in span.href
        assert not re.search("[\x00-\x1f\u200b\u202e\ud800]", span.text)
    for block in found.body:
        assert words_of((block,)).strip()


@given(PASTED)
def test_writing_a_text_down_and_reading_it_gives_the_same(pasted: str) -> None:
    for body in (cleaned(f"<p>{pasted}").body, read_body(pasted)):
        assert read_body(written(body)) == body


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<![zz",
        "<a ",
        '<a "',
        "<div>",
        "<b><p>",
        "&",
        "[",
        "[a](",
        "**",
        "__ ",
        "| a |\n",
        "a\tb\nc\n",
        "\\",
        "<table><tr><td>",
        "<ul><li>",
        "<a href='",
    ],
)
def test_time_grows_with_the_length_and_not_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = "<p>" + piece * (length // len(piece)) if "<" in piece else piece * (length // len(piece))
        start = process_time()
        cleaned(text)
        return process_time() - start

    assert seconds(40_000) < 3
