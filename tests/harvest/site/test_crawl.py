"""A crawl over sites that stand in a dict: what is followed, in which order, and what keeps it from running in circles."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest

from atalaya.fetch.answers import Answer, Failure
from atalaya.harvest.site.crawl import TIRED, Crawl
from atalaya.harvest.site.frontier import PROBE, Budget, Site, Target
from atalaya.harvest.site.section import SectionWords
from atalaya.harvest.site.traps import CALENDAR, DRY_FORM
from atalaya.harvest.site.visits import Visited, look, of_note
from atalaya.store.archive import Blob
from atalaya.store.tables import Row

HOME = "https://www.salud.example/"
Page = str | int | tuple[str, str]
"""A page as markup, a status, or a body with its media type (`location` for a redirect)."""


@dataclass
class Made:
    """What a crawl asked and told."""

    asked: list[str] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    visits: list[Visited] = field(default_factory=list)
    summary: Row = field(default_factory=dict)

    def urls(self) -> list[str]:
        return [url.removeprefix(HOME.rstrip("/")) for url in self.asked]

    def links(self, **wanted: object) -> list[Row]:
        return [
            row for row in self.rows.get("site_links", []) if all(row[name] == value for name, value in wanted.items())
        ]


def site(**budget: int) -> Site:
    return Site(
        source_id="zz:site-salud", home=HOME, domains=frozenset({"salud.example", "archivos.example"}),
        words=SectionWords.of(["Información pública", "transparencia"]), year=2026, languages=("es",), budget=Budget(**budget),
    )  # fmt: skip


def crawl(there: Mapping[str, Page] | Callable[[str], Page], *, rendered: str | None = None, **budget: int) -> Made:
    """Crawl a site; addresses are paths, or whole ones for other hosts. What is not there is a 404."""
    made, running = Made(), Crawl(site(**budget))
    find = there if callable(there) else lambda address: there.get(address, 404)

    async def ask(target: Target) -> tuple[Answer, bytes | None]:
        url = target.link.url
        made.asked.append(url)
        answer, body = answer_of(url, find)
        return answer, None if target.purpose == PROBE else body

    async def render(_url: str) -> str | None:
        return rendered

    async def run() -> None:
        while (target := running.next()) is not None:
            visited = await look(target, ask, render)
            made.visits.append(visited)
            for table, row in running.take(target, visited):
                made.rows.setdefault(table, []).append(row)

    asyncio.run(run())
    made.summary = running.summary()
    return made


def answer_of(url: str, find: Callable[[str], Page]) -> tuple[Answer, bytes | None]:
    asked, said = url, find(url.removeprefix(HOME.rstrip("/")))
    while isinstance(said, tuple) and said[1] == "location":
        url = HOME.rstrip("/") + said[0] if said[0].startswith("/") else said[0]
        said = find(url.removeprefix(HOME.rstrip("/")))
    if isinstance(said, int):
        failure = Failure.TIMEOUT if said == 0 else Failure.ROBOTS if said == 1 else None
        return Answer(requested_url=asked, final_url=url, status=said if said > 1 else None, failure=failure), b""
    text, kind = said if isinstance(said, tuple) else (said, "text/html")
    body = text.encode()
    blob = Blob(f"{abs(hash(text)):064x}"[:64], len(body))
    return Answer(requested_url=asked, final_url=url, status=200, headers={"content-type": kind}, blob=blob), body


def page(title: str, *links: str, text: str = "") -> str:
    """A page with text of its own; a link is `address` or `address|text`."""
    anchors = "".join(
        f"<p><a href='{each.partition('|')[0]}'>{each.partition('|')[2] or each}</a></p>" for each in links
    )
    own = text or f"Esto es lo que se puede leer acerca de {title} y de ninguna otra cosa que haya"
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{own}</p>{anchors}</body></html>"


def test_the_section_of_the_law_is_read_first_and_leads_on_with_its_path() -> None:
    made = crawl(
        {
            "/": page("Inicio", "/noticias|Noticias", "/lai|Información Pública", "/x.pdf|Afiche"),
            "/noticias": page("Noticias", "/n1|Una"),
            "/n1": page("Una"),
            "/lai": page("Oficio", "/lai/10|Artículo 10"),
            "/lai/10": page("Artículo 10", "/lai/8.xlsx|Numeral 8"),
            "/lai/8.xlsx": ("PK", "application/zip"),
            "/x.pdf": ("%PDF-1.4", "application/pdf"),
        }
    )
    order = [url for url in made.urls() if url in ("/noticias", "/lai", "/lai/10", "/lai/8.xlsx", "/x.pdf", "/n1")]
    assert order == ["/lai", "/lai/10", "/lai/8.xlsx", "/noticias", "/x.pdf", "/n1"]
    documents = {str(row["url"])[len(HOME) - 1 :]: row for row in made.rows["site_documents"]}
    found = documents["/lai/8.xlsx"]
    assert (found["path"], found["text"], found["section"]) == (
        ["Información Pública", "Artículo 10"],
        "Numeral 8",
        True,
    )
    assert not documents["/x.pdf"]["section"]
    assert made.summary["state"] == "complete"
    assert made.summary["section_pages"] == 2
    assert made.summary["section_unread"] == 0


def test_what_stands_under_a_heading_of_the_section_lies_in_it() -> None:
    made = crawl(
        {
            "/": "<h2>Transparencia</h2><h3>Artículo 10</h3><h4>Numeral 8</h4><a href=a.csv>Enero</a><h2>Otros</h2><h3>Radio</h3>"
        }
    )
    told = {row["text"]: row["section"] for row in made.rows["site_links"]}
    assert told == {
        "Transparencia": True, "Artículo 10": True, "Numeral 8": True, "Enero": True, "Otros": False, "Radio": False,
    }  # fmt: skip


def test_what_is_told_again_gives_the_same_crawl_without_asking() -> None:
    pages = {
        "/": page("Inicio", "/a|A", "/transparencia|T"),
        "/a": page("A", "/b"),
        "/b": page("B"),
        "/transparencia": page("T", "/d.csv"),
    }
    made = crawl(pages)
    again = Crawl(site())
    rows: dict[str, list[Row]] = {}
    for visited in made.visits:
        target = again.next()
        assert target is not None
        for table, row in again.take(target, of_note(orjson.loads(orjson.dumps(visited)))):
            rows.setdefault(table, []).append(row)
    assert again.next() is None
    assert rows == made.rows
    assert again.summary() == made.summary


@pytest.mark.parametrize(
    ("link", "kind", "skipped"),
    [
        ("https://drive.google.com/drive/folders/1AbC", "shared_folder", "service"),
        ("https://minsalud.sharepoint.com/:f:/s/lai/Eq1", "shared_folder", "service"),
        ("https://www.dropbox.com/sh/abc/def?dl=0", "shared_folder", "service"),
        ("https://nube.ajena.example/index.php/s/AbCdEfGhIjKlMnO", "shared_folder", "service"),
        ("https://nube.salud.example/index.php/s/AbCdEfGhIjKlMnO", "shared_folder", "service"),
        ("https://app.powerbi.com/view?r=abc", "viewer", "service"),
        ("https://issuu.com/salud/docs/memoria", "viewer", "service"),
        ("https://docs.google.com/forms/d/e/1FA/viewform", "form", "service"),
        ("https://otro.example/nota", "page", "elsewhere"),
        ("https://otro.example/nota.pdf", "document", "elsewhere"),
        ("/video.mp4", "media", "media"),
        ("/en/home", "page", "language"),
        ("/?lang=en", "page", "language"),
        ("/a/b/a/b/a/b/c", "page", "repeated"),
        ("/" + "x" * 700, "page", "long"),
        ("/" + "x/" * 20, "page", "deep"),
        ("/agenda?fecha=2031-04-01", "page", "calendar"),
    ],
)  # fmt: skip
def test_a_link_that_is_not_followed_is_recorded_for_what_it_is(link: str, kind: str, skipped: str) -> None:
    made = crawl({"/": page("Inicio", f"{link}|Un enlace")})
    (row,) = made.links(text="Un enlace")
    assert (row["kind"], row["skipped"]) == (kind, skipped)
    assert not any(url.endswith(link) for url in made.urls())


def test_what_a_viewer_shows_is_taken_as_the_document_that_it_is() -> None:
    frame = "<iframe src='https://docs.google.com/viewer?url=https%3A%2F%2Fwww.salud.example%2Fplan.pdf&embedded=true'></iframe>"
    made = crawl({"/": page("Inicio", text=frame), "/plan.pdf": ("%PDF-1.4", "application/pdf")})
    assert "/plan.pdf" in made.urls()


def test_documents_of_other_domains_of_the_body_are_taken_and_those_elsewhere_probed_from_the_section_alone() -> None:
    made = crawl(
        {
            "/": page("Inicio", "/transparencia|Transparencia", "https://otro.example/1.pdf|Uno"),
            "/transparencia": page("T", "https://archivos.example/2.pdf|Dos", "https://otro.example/3.pdf|Tres"),
            "https://archivos.example/2.pdf": ("%PDF-1.4", "application/pdf"),
            "https://otro.example/3.pdf": ("%PDF-1.4", "application/pdf"),
        }
    )
    probed = {row["text"]: (row["probed"], row["sha256"] is not None) for row in made.rows["site_documents"]}
    assert probed == {"Dos": (False, True), "Tres": (True, False)}


def test_frames_and_refreshes_are_followed_as_the_page_they_stand_for() -> None:
    made = crawl(
        {
            "/": "<html><meta http-equiv=refresh content='0;url=/portal.htm'></html>",
            "/portal.htm": "<html><frameset><frame src=menu.htm><frame src=cuerpo.htm></frameset></html>",
            "/menu.htm": page("Menú", "lai.htm|Información pública"),
            "/cuerpo.htm": page("Cuerpo"),
            "/lai.htm": page("LAI", "n8.doc|Numeral 8"),
            "/n8.doc": ("\xd0", "application/msword"),
        }
    )
    (document,) = made.rows["site_documents"]
    assert document["path"] == ["Información pública"]
    assert document["depth"] == 2


def test_one_address_written_in_many_ways_is_asked_once() -> None:
    made = crawl(
        {
            "/": page(
                "Inicio", "/a/", "/a", "http://salud.example/a#x", "//www.salud.example//a", "/a?PHPSESSID=12",
                "/a;jsessionid=3F", "/a?utm_source=x", "/(S(abc123))/a", "/index.php", "/b?x=1&y=2", "/b?y=2&x=1",
            ),
            "/a/": page("A"), "/b?x=1&y=2": page("B"),
        }
    )  # fmt: skip
    assert sorted(url for url in made.urls() if url.strip("/")[:1] in ("a", "b", "i")) == ["/a/", "/b?x=1&y=2"]


def test_a_calendar_without_end_is_left() -> None:
    def find(address: str) -> Page:
        if address == "/":
            return page("Inicio", "/agenda/2026/1|Agenda")
        if address.startswith("/agenda/"):
            year, month = map(int, address.split("/")[2:4])
            after = (year + month // 12, month % 12 + 1)
            return page(f"Mes {'i' * month} {'v' * (year % 50)}", f"/agenda/{after[0]}/{after[1]}|Siguiente")
        return 404

    made = crawl(find, depth=1_000)
    assert len(made.asked) <= CALENDAR + 5
    assert made.summary["left_out"] == {"calendar": 1}


def test_lists_of_the_section_are_read_deeper_than_the_rest() -> None:
    chain = {
        f"/{place}{n}": page(f"{place} {'x' * n}", f"/{place}{n + 1}|Siguiente") for place in "ab" for n in range(12)
    }
    made = crawl({"/": page("Inicio", "/a0|Transparencia", "/b0|Noticias"), **chain}, depth=4)
    assert sum(url.startswith("/a") for url in made.urls()) == 12
    assert sum(url.startswith("/b") for url in made.urls()) == 4


def test_pages_that_say_nothing_new_are_left() -> None:
    def find(address: str) -> Page:
        if address.startswith("/ver") or address == "/":
            number = int(address.partition("=")[2] or 0)
            return page(
                "Lista",
                *(f"/ver?n={n}" for n in range(number + 1, number + 9)),
                text=f"Lo mismo de siempre, vez {number}",
            )
        return 404

    made = crawl(find)
    assert DRY_FORM <= len(made.asked) <= DRY_FORM + 10
    assert set(made.summary["left_out"]) == {"form"}


def test_parameters_that_change_nothing_are_learned_and_left_out() -> None:
    def find(address: str) -> Page:
        path, _, query = address.partition("?")
        if path in ("/", "/a", "/b", "/c"):
            mark = len(query) + len(path)
            return page(
                path, *(f"{each}?visita={mark}{n}&de={query[-3:]}" for each in ("/a", "/b", "/c") for n in "xyz")
            )
        return 404

    made = crawl(find)
    assert len(made.asked) < 40
    assert made.summary["state"] == "complete"


def test_a_site_that_stands_again_under_another_path_is_not_read_twice() -> None:
    pages = {f"/t{n}": page(f"Tema {'a' * n}", f"t{n + 1}|Sigue") for n in range(40)}
    mirror = {f"/copia{path}": markup for path, markup in pages.items()}
    home = page("Inicio", "t0|Sigue", "copia/|Copia")
    made = crawl({**pages, **mirror, "/": home, "/copia/": home.replace("copia/", "../copia/")}, depth=1_000)
    assert sum("/copia" in url for url in made.urls()) == 1
    assert sum(url in pages for url in made.urls()) == 40


def test_a_missing_page_that_is_answered_with_success_is_known_and_not_followed() -> None:
    missing = page("No encontrado", "/perdido/mas", text="La página que busca no está en este sitio")

    def find(address: str) -> Page:
        return page("Inicio", "/a", "/perdido") if address == "/" else page("A") if address == "/a" else missing

    made = crawl(find)
    told = {str(row["url"])[len(HOME) - 1 :]: row["soft_404"] for row in made.rows["site_pages"]}
    assert told == {"/": False, "/a": False, "/perdido": True}


def test_budgets_end_a_crawl_and_say_so() -> None:
    many = {f"/p{n}": page(f"P {'x' * n}") for n in range(60)}
    files: dict[str, Page] = {f"/d{n}.csv": ("a,b\n1,2\n" * 100, "text/csv") for n in range(9)}
    home = page("Inicio", *many, *files)
    assert len(crawl({"/": home, **many}, pages=20).rows["site_pages"]) == 20
    assert len(crawl({"/": home, **many, **files}, documents=4).rows["site_documents"]) == 4
    by_size = crawl({"/": home, **many, **files}, size=1_700)
    assert len(by_size.rows["site_documents"]) == 3
    assert (by_size.summary["state"], by_size.summary["reason"]) == ("partial", "budget")


def test_a_site_that_stops_answering_is_left_alone() -> None:
    def find(address: str) -> Page:
        return page("Inicio", *(f"/p{n}" for n in range(100))) if address == "/" else 0

    made = crawl(find)
    assert len(made.asked) == TIRED + 1
    assert (made.summary["state"], made.summary["reason"]) == ("partial", "tired")


def test_a_dead_site_is_failed_with_the_reason() -> None:
    made = crawl({"/": 0})
    assert made.urls() == ["/"]
    assert (made.summary["state"], made.summary["reason"]) == ("failed", "timeout")


def test_pages_of_the_section_that_cannot_be_read_are_counted() -> None:
    pages: dict[str, Page] = {
        "/": page("Inicio", "/transparencia/a|A", "/transparencia/b|B", "/transparencia/c|C"),
        "/transparencia/a": 1, "/transparencia/b": 403, "/transparencia/c": 404,
    }  # fmt: skip
    assert crawl(pages).summary["section_unread"] == 2


def test_a_page_that_is_empty_without_scripts_is_read_as_the_browser_shows_it_or_told_as_unread() -> None:
    shell = "<html><title>Portal</title><body><div id=app></div><script src=a.js></script></body></html>"
    unread = crawl({"/": shell})
    assert unread.rows["site_pages"][0]["rendered"] == "no"
    assert (unread.summary["state"], unread.summary["reason"]) == ("partial", "script")
    read = crawl({"/": shell, "/lai": page("LAI")}, rendered=page("Portal", "/lai|Información pública"))
    assert read.rows["site_pages"][0]["rendered"] == "yes"
    assert "/lai" in read.urls()


def test_sitemaps_name_pages_that_nothing_links_to() -> None:
    listed = f"<urlset><url><loc>{HOME}sola</loc></url><url><loc>https://ajeno.example/x</loc></url></urlset>"
    pages: dict[str, Page] = {
        "/": page("Inicio"), "/robots.txt": (f"Sitemap: {HOME}mapa.xml", "text/plain"),
        "/mapa.xml": (listed, "application/xml"), "/sola": page("Sola"),
    }  # fmt: skip
    made = crawl(pages)
    assert "/sola" in made.urls()
    assert not any("ajeno" in url for url in made.asked)


def test_a_section_on_another_host_is_read_and_not_gone_on_from() -> None:
    made = crawl(
        {
            "/": page("Inicio", "https://portal.example/salud|Información pública", "https://red.example/x|Síganos"),
            "https://portal.example/salud": page("Salud", "/salud/n8|Numeral 8", "/salud/n8.pdf|Archivo"),
        }
    )
    asked = [url for url in made.asked if not url.startswith(HOME)]
    assert asked == ["https://portal.example/salud", "https://portal.example/salud/n8.pdf"]
    assert made.links(text="Numeral 8")[0]["skipped"] == "elsewhere"


def test_personal_data_are_masked_in_what_is_kept_of_a_text() -> None:
    text = "Contacto: ana.ficticia@correo.example o al 5555 0000 123, documento 1234 56789 0101"
    made = crawl({"/": page("Inicio", text=text)})
    opening: Any = made.rows["site_pages"][0]["opening"]
    assert "ana.ficticia" not in opening
    assert "5555" not in opening
    assert "56789" not in opening
    assert "correo.example" in opening
