"""The search over everything: what it finds, how it mends what was written wrongly, and what it says where nothing is there."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from atalaya.portal.core.kept import forget
from atalaya.portal.observatory.models import Dataset, Entry, Institution, Resource, Rule
from atalaya.portal.observatory.search.asked import read_asked
from atalaya.portal.observatory.search.meaning import in_titles, mended, near, query, stop_words, synonyms
from atalaya.publish.read_model.search_words import vector_of

TITLES = {
    "t1": "Vacunación de la niñez por municipio",
    "t2": "Presupuesto de obra pública y caminos",
    "t3": "Obra de teatro: función pública",
    "t4": "Compras y contrataciones adjudicadas",
    "t5": "Hospitales de la red nacional",
    "t6": "Teléfonos celulares registrados",
}


@pytest.fixture
def titled(published_portal: str) -> Iterator[dict[str, str]]:
    """Entries with titles of their own beside those of the small country, with their words in the list of words."""
    first = Entry.objects.order_by("-place").first().place + 1
    with connection.cursor() as cursor:
        for place, (name, title) in enumerate(TITLES.items(), first):
            cursor.execute(
                "INSERT INTO published.entry VALUES (%s, 'dataset', %s, %s, %s, NULL, NULL, '{csv}', %s)",
                (place, name, name, title, vector_of([(title, "A")])),
            )
    forget()
    yield TITLES
    Entry.objects.filter(place__gte=first).delete()
    forget()


def ids(visitor: Client, text: str, more: str = "&tipo=dataset") -> list[str]:
    answer = visitor.get(f"/buscar/?q={quote(text)}{more}&formato=json")
    assert answer.status_code == 200
    sent = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return re.findall(r'"id":"([^"]+)"', sent.decode())


FOUND = {
    "vacunacion": ["t1"],
    "VACUNACIÓN niñez": ["t1"],
    "vacuna niños": ["t1"],
    "infancia": ["t1"],
    "children": ["t1"],
    "la vacunación de los niños": ["t1"],
    "vacunac": ["t1"],
    '"obra pública"': ["t2"],
    "obra pública": ["t2", "t3"],
    "obra -caminos": ["t3"],
    'obra -"obra pública"': ["t3"],
    "licitaciones": ["t4"],
    "procurement": ["t4"],
    "clínica": ["t5"],
    "centros de salud": ["t5"],
    "hospitals": ["t5"],
    "celular": ["t6"],
    "teléfono móvil": ["t6"],
    "presupuesto vacunación": ["t1", "t2"],
}


@pytest.mark.parametrize("text", FOUND)
def test_what_is_found(visitor: Client, titled: dict[str, str], text: str) -> None:
    assert set(ids(visitor, text)) & titled.keys() == set(FOUND[text])


def test_a_word_in_the_title_comes_before_what_only_means_the_same(visitor: Client, titled: dict[str, str]) -> None:
    found = [each for each in ids(visitor, "obra") if each in titled]
    assert found[0] in ("t2", "t3")


def test_every_kind_is_found_by_its_name(visitor: Client) -> None:
    for kind, name, title in (
        ("institution", "institución", Institution.objects.order_by("id").first().name),
        ("dataset", "conjunto", Dataset.objects.order_by("id").first().title),
        ("resource", "recurso", Resource.objects.exclude(title="").order_by("id").first().title),
        ("rule", "prueba", Rule.objects.filter(kind="check").order_by("id").first().title["es"]),
    ):
        text = visitor.get(f"/buscar/?q={quote(title)}").content.decode()
        assert f'id="k-{kind}"' in text, name


def test_an_english_page_finds_what_is_said_in_english(visitor: Client) -> None:
    rule = Rule.objects.filter(kind="check").order_by("id").first()
    text = visitor.get(f"/en/buscar/?q={quote(rule.title['en'])}").content.decode()
    assert f"/en/metodo/{rule.id}/" in text


def test_links_of_results_lead_to_pages(visitor: Client) -> None:
    text = visitor.get("/buscar/?q=ministerio").content.decode()
    links = {link.partition("#")[0] for link in re.findall(r'<a class="title" href="([^"]+)"', text)}
    assert links
    for link in links:
        assert visitor.get(link).status_code == 200


def test_a_word_that_nobody_wrote_is_put_right_and_the_page_says_so(visitor: Client) -> None:
    word = next(each for each in near("ministerrio", 3))
    assert word.startswith("ministeri")
    text = visitor.get("/buscar/?q=ministerrio").content.decode()
    assert "No se encontró nada para “ministerrio”" in text
    assert 'id="k-institution"' in text


def test_another_question_is_offered_where_only_one_word_is_wrong_and_the_rest_finds_nothing(visitor: Client) -> None:
    assert mended(read_asked("ministerrio uno")).text.startswith("ministeri")
    assert mended(read_asked("ministerio uno")) is None
    assert mended(read_asked("-ministerrio")) is None


def test_some_of_the_words_are_better_than_nothing(visitor: Client) -> None:
    text = visitor.get("/buscar/?q=ministerio+qqqqzzzz").content.decode()
    assert "Nada tiene todas estas palabras" in text
    assert 'id="k-institution"' in text


def test_where_nothing_is_found_there_is_something_to_look_through(visitor: Client) -> None:
    text = visitor.get("/buscar/?q=qqqqzzzz").content.decode()
    assert "No se encontró nada" in text
    assert "/instituciones/" in text
    assert visitor.get("/buscar/").status_code == 200


def test_a_facet_narrows_and_lets_go(visitor: Client) -> None:
    found = Dataset.objects.exclude(institution=None).order_by("id").first()
    word = quote(found.title.split()[0])
    some = set(ids(visitor, word, f"&institucion={quote(found.institution)}"))
    assert found.id in some
    assert some <= set(ids(visitor, word, ""))
    assert set(Entry.objects.filter(id__in=some).values_list("institution", flat=True)) == {found.institution}
    text = visitor.get(f"/buscar/?q={word}&institucion={quote(found.institution)}").content.decode()
    assert 'aria-current="true"' in text
    assert f'href="?q={word}"' in text


@pytest.mark.parametrize("text", ["-covid", "'", "\\", "a'b", ":*", "<->", "!", '"', "de la", "x" * 500, "١٢", "𝔘"])
def test_no_question_is_a_fault(visitor: Client, text: str) -> None:
    for prefix in ("/", "/en/"):
        assert visitor.get(f"{prefix}buscar/?q={quote(text)}&pagina=9&tipo=dataset").status_code == 200


def test_pages_of_one_kind(visitor: Client) -> None:
    for page in ("0", "-1", "x", "99999999999"):
        assert visitor.get(f"/buscar/?q=datos&tipo=resource&pagina={page}").status_code == 200


def test_home_asks_the_search_over_everything(visitor: Client) -> None:
    assert 'action="/buscar/" role="search"' in visitor.get("/").content.decode()


def test_queries_hold_words_and_signs_of_their_own_only() -> None:
    assert query(read_asked("-covid")) == ""
    assert in_titles("('salud' | 'med':*) & !'covid'") == "('salud':A | 'med':*A) & !'covid':A"
    for text in ("a'b \\ c", "x & y | !z", "(a:*b)"):
        assert "''" not in query(read_asked(text))


def test_groups_of_synonyms_are_of_both_languages_and_no_word_is_a_stop_word(published_portal: str) -> None:
    assert stop_words() >= {"de", "la", "the", "of"}
    assert all(key for key in synonyms())
    assert len(synonyms()) > 300
