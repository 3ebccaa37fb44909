"""Reading one page of a site: its links in all their forms, the headings above them, and pages made to break readers."""

import time

import pytest

from atalaya.harvest.site.page import LONGEST_TEXT, MOST_LINKS, read_page
from atalaya.harvest.site.page_text import page_text


@pytest.mark.parametrize(
    ("markup", "reference", "text", "relation"),
    [
        ("<a href='a.pdf'> Plan   anual </a>", "a.pdf", "Plan anual", "anchor"),
        ("<a href=a.pdf><img src=i.png alt='Plan en PDF'></a>", "a.pdf", "Plan en PDF", "anchor"),
        ("<a href=a.pdf title='Plan'></a>", "a.pdf", "Plan", "anchor"),
        ("<a href=a.pdf>Plan <b>anual</b></a>", "a.pdf", "Plan anual", "anchor"),
        ("<a href=a.pdf>sin cierre <a href=b.pdf>otro</a>", "a.pdf", "sin cierre", "anchor"),
        ("<map><area href=a.htm alt=Sur></map>", "a.htm", "Sur", "area"),
        ("<frameset><frame src=menu.htm name=menu></frameset>", "menu.htm", "menu", "frame"),
        ("<iframe data-src='https://v.example/x'></iframe>", "https://v.example/x", "", "frame"),
        ("<a href=\"javascript:window.open('a.pdf','w')\">Ver</a>", "a.pdf", "Ver", "script"),
        ("<a href=\"javascript:abrir('/docs/a.pdf')\">Ver</a>", "/docs/a.pdf", "Ver", "script"),
        ("<button onclick=\"location.href='/plan'\" title=Plan>x</button>", "/plan", "Plan", "script"),
        (
            "<a href=\"javascript:__doPostBack('ctl00$b','')\">Ver</a>",
            "javascript:__doPostBack('ctl00$b','')",
            "Ver",
            "postback",
        ),
        ("<select><option value='/2024/a.pdf'>Enero<option value=x></select>", "/2024/a.pdf", "Enero", "option"),
        ("<meta http-equiv=refresh content='3; URL=/nuevo/'>", "/nuevo/", "", "refresh"),
        ("<script>window.location = '/entrada'</script>", "/entrada", "", "refresh"),
        ("<object data=a.pdf title=Plan></object>", "a.pdf", "Plan", "object"),
        ("<embed src=a.pdf>", "a.pdf", "", "object"),
        ("<form action=/solicitud id=pedido></form>", "/solicitud", "pedido", "form"),
        ("<link rel=alternate hreflang=en href=/en/>", "/en/", "en", "alternate"),
        ("<noscript><a href=a.pdf>Plan</a></noscript>", "a.pdf", "", "anchor"),
    ],
)
def test_a_link_in_any_form_is_read(markup: str, reference: str, text: str, relation: str) -> None:
    link = read_page(f"<html><body>{markup}</body></html>").links[0]
    assert (link.reference, link.text, link.relation) == (reference, text, relation)


@pytest.mark.parametrize(
    "markup",
    [
        "<a href='#arriba'>x</a>", "<a name=x>x</a>", "<a href='mailto:x@a.example'>x</a>", "<a href='javascript:void(0)'>x</a>",
        "<form action=/buscar></form>", "<iframe src='about:blank'></iframe>", "<!-- <a href=a.pdf>x</a> -->",
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_no_link(markup: str) -> None:
    assert read_page(markup).links == []


@pytest.mark.parametrize(
    ("markup", "headings"),
    [
        ("<h1>A</h1><h2>B</h2><h2>C</h2>{}", ("A", "C")),
        ("<h3>B</h3><h2>A</h2>{}", ("A",)),
        ("<p><b>Numeral 8</b></p>{}", ("Numeral 8",)),
        ("<p>Del <b>Numeral</b> ocho</p>{}", ()),
        ("<details><summary>Numeral 8</summary>{}", ("Numeral 8",)),
        ("<button data-toggle=collapse>Numeral 8</button><div>{}", ("Numeral 8",)),
        ("<a href='#c' aria-controls=c>Numeral 8</a><div>{}", ("Numeral 8",)),
        ("<table><caption>Compras</caption><tr><td>{}", ("Compras",)),
        ("<h2>A</h2><ul><li>Numeral 8<ul><li>{}", ("A", "Numeral 8")),
        ("<ul><li>Numeral 8<ul><li>x</ul><li>Numeral 9<ul><li>{}", ("Numeral 9",)),
        ("<ul><li>Numeral 8<ul><li>x</ul></ul>{}", ()),
        ("<ul><li><a href=n>Numeral 8</a><ul><li>{}", ("Numeral 8",)),
        ("<ul><li><a href='#'>Numeral 8</a><ul><li>{}", ("Numeral 8",)),
        ("<h2>A</h2><ul><li><h3>Numeral 8</h3></li><li>{}", ("A",)),
        ("<h2>A</h2><ul><li><h3>Numeral 8</h3>{}", ("A", "Numeral 8")),
        ("<h2>A</h2><ul><li><b>Numeral 8</b><ul><li>x</ul><li>{}", ("A",)),
        ("<p><a href='#'>Numeral 8</a></p>{}", ()),
    ],
)
def test_a_link_knows_the_headings_above_it(markup: str, headings: tuple[str, ...]) -> None:
    links = read_page(markup.format("<a href=a.pdf>Ver</a>")).links
    assert links[-1].headings == headings


def test_a_link_that_leads_nowhere_is_a_heading() -> None:
    page = read_page(
        "<h2>A</h2><p><a href='#'>Numeral 8</a> <a href='javascript:void(0)'>Numeral 9</a> <a name=x>y</a></p>"
    )
    assert [heading.text for heading in page.headings] == ["A", "Numeral 8", "Numeral 9"]
    assert page.headings[1].above == ("A",)
    assert page.links == []


def test_a_row_that_leads_nowhere_is_a_heading_where_the_others_lead_somewhere() -> None:
    row = "<tr><td>{0}</td><td>Numeral {0}</td><td>{1}</td></tr>"
    leading = "".join(row.format(n, f"<a href=d{n}.pdf>Ver</a>") for n in range(1, 4))
    page = read_page(
        f"<table>{leading}{row.format(4, '')}{row.format(5, '<a href=#>Ver</a>')}{row.format(6, 'nada')}</table>"
    )
    assert sorted(heading.text for heading in page.headings) == ["4 Numeral 4", "5 Numeral 5 Ver"]
    assert [link.lead for link in page.links] == ["1 Numeral 1", "2 Numeral 2", "3 Numeral 3"]
    assert read_page(f"<table>{row.format(4, '') * 3}</table>").headings == []


def test_what_stands_before_a_link_in_its_line_is_its_lead() -> None:
    rows = "<table><tr><td>Numeral 8</td><td><a href=a.pdf>Enero</a></td><td><a href=b.pdf>Febrero</a></td></tr>"
    links = read_page(f"{rows}<tr><td>Numeral 9</td><td><a href=c.pdf>Enero</a></td></tr></table>").links
    assert [link.lead for link in links] == ["Numeral 8", "Numeral 8", "Numeral 9"]


def test_a_page_of_scripts_alone_is_a_shell_and_a_page_with_text_is_none() -> None:
    shell = "<html><title>Portal</title><body><div id=app></div><noscript>Active JavaScript</noscript><script src=a.js></script>"
    assert read_page(shell).is_shell
    assert not read_page(shell.replace("<div id=app>", f"<div>{'palabra ' * 40}")).is_shell
    assert not read_page(shell.replace("<script src=a.js></script>", "")).is_shell


def test_numbers_do_not_make_a_block_new_and_words_do() -> None:
    text = "<p>El informe del año {} fue publicado en la fecha que manda la ley</p>{}"
    first, second = read_page(text.format(2023, "")), read_page(text.format(2024, ""))
    assert first.blocks == second.blocks
    assert first.text_sha256 != second.text_sha256
    more = read_page(text.format(2024, "<p>Una segunda parte que antes no estaba en esta página</p>"))
    assert set(more.blocks) > set(first.blocks)


@pytest.mark.parametrize(
    "markup",
    [
        "<a href='" * 20_000, "<a " * 40_000, "<" * 100_000, "<!--" * 40_000, "<h2><a href=x>" * 10_000, "<ul><li>x" * 20_000,
        "<a href=x>" + "y " * 80_000, "<meta http-equiv=refresh content='" + " " * 100_000, "<b>" * 40_000 + "x",
        "<a href=\"javascript:open(" + "'a" * 40_000 + "\">x</a>", "<option value=" + "a/" * 40_000 + ">x",
        "<script>" + "location=" * 20_000,
    ],
)  # fmt: skip
def test_hostile_markup_is_read_in_time_that_grows_with_it(markup: str) -> None:
    begin = time.process_time()
    page = read_page(markup)
    assert time.process_time() - begin < 2
    assert len(page.links) <= MOST_LINKS
    assert all(len(link.text) <= LONGEST_TEXT for link in page.links)


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("<p>año".encode(), "text/html", "<p>año"),
        ("<p>año".encode("cp1252"), "text/html; charset=ISO-8859-1", "<p>año"),
        ("<meta charset=windows-1251><p>год".encode("cp1251"), None, "<meta charset=windows-1251><p>год"),
        (b"\xef\xbb\xbf<p>a\xc3\xb1o", None, "<p>año"),
        (b"\xff\xfe" + "<p>año".encode("utf-16-le"), "text/html", "<p>año"),
        ("<meta charset=no-such><p>año".encode("cp1252"), None, "<meta charset=no-such><p>año"),
        ("<p>año".encode("cp1252"), "text/html; charset=utf-8", "<p>año"),
        ("<p>año".encode("cp1252"), "text/html; charset=base64", "<p>año"),
    ],
)
def test_a_page_is_decoded_as_it_is_written(body: bytes, content_type: str | None, text: str) -> None:
    assert page_text(body, content_type) == text


def test_what_stands_under_a_heading_is_heard_up_to_the_next_link_or_heading() -> None:
    page = read_page(
        "<nav><p>menu</nav><h2>Trusts</h2><p>It does not apply.<p>By law.<h2>Travel</h2><a href=a.csv>2024</a> more"
    )
    assert [(each.text, each.below) for each in page.headings] == [
        ("Trusts", "It does not apply. By law."),
        ("Travel", ""),
    ]
    assert page.own_words == 7


def test_headings_inside_of_an_accordion_stand_under_what_opens_it() -> None:
    panel = "<details><summary>{}</summary><h4>2024</h4><a href={}.pdf>May</a></details>"
    page = read_page("<h2>Article 10</h2>" + panel.format("Budget", "a") + panel.format("Staff", "b"))
    assert [link.headings for link in page.links] == [("Article 10", "Budget", "2024"), ("Article 10", "Staff", "2024")]


@pytest.mark.parametrize(
    ("markup", "headings"),
    [
        ("<h2>Ley</h2><h4>2019</h4><h3><a href=a.htm>Manuales</a></h3>", ("Ley",)),
        ("<h2>2019</h2><h2><a href=a.htm>Manuales</a></h2>", ()),
        ("<h2>Ley</h2><h3><a href=a.htm>Manuales</a></h3>", ("Ley",)),
    ],
)
def test_a_link_that_is_a_heading_stands_beside_its_like(markup: str, headings: tuple[str, ...]) -> None:
    assert read_page(markup).links[0].headings == headings
