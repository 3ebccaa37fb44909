"""On a phone and in Spanish: what a plan promises changes, is followed, discussed, announced, and told to a citizen by e-mail."""

import hashlib
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.dates import format_date
from django.conf import settings
from django.core import mail
from django.db import connections
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Locator, Page

from atalaya.commitments.documents import plan_of
from atalaya.commitments.plan import Listing
from atalaya.portal.post import digests
from atalaya.publish.plan_files import json_of
from tests.portal.browser.rows import put_back
from tests.portal.browser.windows import Opener, faults, gone_on, wider
from tests.portal.conftest import ROLES

PLAN = 8
COMMITMENT = f"/planes/{PLAN}/compromisos/1/"
BODY = "mesa-del-camino"
SESSION = "Sesión del camino entero"
COMMUNIQUE = "La mesa del camino aprobó su acta"
PLAN_TITLE = "Plan de Acción de Gobierno Abierto de Muestra 2025-2027"
PROMISE = "Publicar los datos que la ciudadanía pidió"
CHANGES = [
    ("1", "Se modificó «Fecha de término»: decía 31 de marzo de 2027 y ahora dice 30 de junio de 2027."),
    ("2", "Hito 1: se realizaron modificaciones al texto."),
    ("3", "Hito 2: se realizaron modificaciones al texto."),
]
PROOF = {
    "url": "https://sitio.example/informe-del-hito.pdf",
    "title": "Informe del hito",
    "issuer": "Secretaría Inventada",
    "dated": "2026-01-31",
    "licence": "CC BY 4.0",
}
SENT = b"conjunto,publicado\r\nuno,si\r\ndos,no\r\n"
STEPS = [
    ("commitments.plan", "se agregó", "plan_upload"),
    ("commitments.version", "se agregó", "commitment_version"),
    ("commitments.reading", "se agregó", "commitment_reading"),
    ("commitments.evidence", "se agregó", "commitment_reading"),
    ("meetings.body", "se agregó", "desk_new_body"),
    ("meetings.member", "se agregó", "desk_body"),
    ("meetings.session", "se agregó", "desk_call"),
    ("meetings.session", "se cambió", "desk_session"),
    ("meetings.attendance", "se agregó", "desk_attendance"),
    ("meetings.report", "se agregó", "desk_reports"),
    ("meetings.minutes", "se agregó", "desk_minutes"),
    ("meetings.approval", "se agregó", "desk_minutes"),
    ("news.communique", "se agregó", "news_new"),
    ("news.communique", "se cambió", "news_one"),
]
"""Table, change and page of what the trail tells of the way."""
CITIZEN = "ciudadana@inventada.example"
SITE = "http://localhost:8000"
"""The address that letters give the portal."""


@dataclass(frozen=True)
class People:
    """Who is signed in → the cookie of their browser; and what a worker does when it is due."""

    sessions: dict[str, str]
    site: str
    due: Callable[..., None]


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """The invented plan under another number, as a file; its first commitment is led by who can say how it stands."""
    text = (resources.files("atalaya") / "data" / "samples" / "plan.yml").read_text(encoding="utf-8")
    plan = replace(plan_of(yaml.safe_load(text)), number=PLAN)
    first = plan.commitments[0]
    led = tuple(replace(each, lead=Listing(("Ministerio Uno",))) for each in first.versions)
    place = tmp_path / "plan.json"
    place.write_bytes(json_of(replace(plan, commitments=(replace(first, versions=led), *plan.commitments[1:]))))
    return place


@pytest.fixture
def people(
    new_client: Callable[..., Client], new_person: Callable[..., Any], done: Callable[[], None], site: str
) -> Iterator[People]:
    """Everybody who acts; all that they leave in the tables of these apps goes behind the test."""
    sessions = {}
    for name in ("analyst", "focal_point", "organisation", "administrator"):
        client = new_client()
        client.force_login(new_person(ROLES[name]))
        sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    mail.outbox = []
    with put_back("commitments", "files", "meetings", "news", "post"), ThreadPoolExecutor(1) as worker:

        def due(*works: Callable[[], object]) -> None:
            """Do this and every job that is due, in a thread of its own: that of the browser asks no database."""
            for each in (*works, done, connections.close_all):
                worker.submit(each).result()

        yield People(sessions, site, due)


@dataclass(frozen=True)
class Walk:
    """Goes from page to page as somebody; no page of the way may be wrong by axe-core or wider than the phone."""

    open_page: Opener
    people: People

    def at(self, path: str, who: str = "") -> Page:
        """The page in a window of its own."""
        self.open_page.close()
        cookie = (settings.SESSION_COOKIE_NAME, self.people.sessions[who]) if who else None
        return looked_at(self.open_page(path, width=390, session=cookie))

    def here(self, path: str) -> str:
        """The whole address of a path."""
        return self.people.site + path


def looked_at(page: Page) -> Page:
    """The page, once nothing is wrong with it."""
    assert (page.url, faults(page), wider(page)) == (page.url, [], [])
    return page


def press(page: Page, name: str) -> Page:
    """The page after a button; nothing was refused."""
    gone_on(page.get_by_role("button", name=name, exact=True))
    assert page.locator(".errors").count() == 0, page.locator(".errors").inner_text()
    return page


def follow_link(page: Page, name: str) -> Page:
    """The page behind a link."""
    gone_on(page.get_by_role("link", name=name, exact=True).first)
    return page


def next_month() -> datetime:
    """When the digests of this month are due."""
    first = (timezone.now().replace(day=1) + timedelta(days=32)).replace(day=1)
    return first.replace(hour=1)


def spoken_day() -> str:
    """Today, as pages and letters write it."""
    return str(format_date(timezone.localdate(), "long", locale="es"))


def main(page: Page) -> str:
    """What the page says."""
    return page.locator("main").inner_text()


def letter_to_the_citizen() -> Any:
    """The newest letter to the citizen."""
    return [each for each in mail.outbox if each.to == [CITIZEN]][-1]


def links_in(letter: Any) -> list[str]:
    """The addresses of the portal in the text of a letter, each once."""
    return list(dict.fromkeys(re.findall(rf"{SITE}(/[^\s>)]*)", letter.body)))


def test_a_change_goes_from_the_editor_to_the_letter_of_a_citizen(
    open_page: Opener, people: People, plan_file: Path
) -> None:
    walk = Walk(open_page, people)
    bring_the_plan_in(walk, plan_file)
    ask_to_follow(walk)
    publish_a_version(walk)
    say_how_it_stands(walk)
    place = hold_a_session(walk)
    approve_the_minutes(walk, place)
    announce(walk, place)
    people.due(lambda: digests.write_digests(next_month()))
    read_the_digest(walk, place)
    look_at_the_trail(walk)


def bring_the_plan_in(walk: Walk, plan_file: Path) -> None:
    page = walk.at("/gestion/planes/importar/", "analyst")
    page.locator("#file").set_input_files(plan_file)
    looked_at(press(page, "Ver qué cambiaría"))
    assert "plan nuevo" in main(page)
    press(page, "Incorporarlo")


def ask_to_follow(walk: Walk) -> None:
    page = follow_link(walk.at(f"/planes/{PLAN}/"), "Seguir por correo electrónico")
    looked_at(page)
    page.get_by_label("Su correo electrónico").fill(CITIZEN)
    page.wait_for_timeout(2100)  # a person needs that long for the form
    looked_at(press(page, "Enviarme el correo"))
    walk.people.due()
    (link,) = [each for each in links_in(letter_to_the_citizen()) if "/confirmar/" in each]
    page = walk.at(link)
    assert PLAN_TITLE in main(page)
    looked_at(press(page, "Confirmar"))
    assert "Lo que sigo" in main(page)


def publish_a_version(walk: Walk) -> None:
    """Nothing is published before its changes were seen; then the list stands on the page of the commitment, numbered."""
    page = walk.at(f"/gestion/planes/{PLAN}/compromisos/1/version/", "analyst")
    page.locator("#m0-text").fill("Elegir 5 conjuntos de datos prioritarios en una consulta ciudadana en línea")
    page.locator("#m1-text").fill("Publicar los 5 conjuntos de datos prioritarios")
    page.locator("#v-end").fill("2027-06-30")
    page.locator("#v-note").fill("La mesa acordó menos conjuntos")
    looked_at(press(page, "Ver qué cambiaría al publicar"))
    assert changes(page.locator("section", has=page.locator("#preview"))) == CHANGES
    press(page, "Publicar esta versión")
    assert page.url.endswith(COMMITMENT)
    card = looked_at(page).locator("section", has=page.locator("#step-1"))
    card.get_by_text("La lista de cambios").click()
    looked_at(page)
    assert changes(card) == CHANGES
    told = card.inner_text()
    assert told.startswith("3 cambios respecto de la versión anterior")
    assert "Cambio de fondo La mesa acordó menos conjuntos" in told
    assert "2 cosas ya no se prometen:" in told
    assert "El hito 1 prometía 8 conjuntos de datos prioritarios; ahora promete 5." in told
    assert (card.locator("del").all_inner_texts(), card.locator("ins").all_inner_texts()) == (["8", "8"], ["5", "5"])
    assert f"Compara la versión anterior (10 de diciembre de 2025) con la siguiente ({spoken_day()})." in told


def changes(card: Locator) -> list[tuple[str, str]]:
    """The list of changes: the number and the sentence of each."""
    rows = card.locator("ol > li").all()
    return [(str(row.get_attribute("value")), (row.text_content() or "").split("\n")[0].strip()) for row in rows]


def say_how_it_stands(walk: Walk) -> None:
    """By the focal point of the institution that leads the commitment, with an address and a file that anybody may fetch."""
    page = follow_link(walk.at("/gestion/planes/", "focal_point"), "Nueva lectura del compromiso 1")
    looked_at(page)
    page.get_by_label("Cómo va").select_option(label="Sustancial")
    page.get_by_label("Avance en porcentaje").fill("60")
    page.get_by_label("Qué se hizo, en pocas palabras").fill("Se publicaron tres de cinco conjuntos")
    for name, value in PROOF.items():
        page.locator(f"#id_{name}-0").fill(value)
    page.get_by_label("O un archivo que lo demuestre").set_input_files(
        {"name": "conjuntos.csv", "mimeType": "text/csv", "buffer": SENT}
    )
    press(page, "Publicar la lectura")
    first = looked_at(page).locator("article").first
    said = first.locator("dd").nth(1)
    assert first.locator("dt").nth(1).inner_text() == "La institución dice"
    told = said.inner_text()
    assert told.startswith(f"Sustancial · 60 % {spoken_day()} · Ministerio Uno Se publicaron tres de cinco conjuntos")
    assert "Informe del hito · Secretaría Inventada · 31 de enero de 2026 · CC BY 4.0" in told
    assert said.get_by_role("link", name="Informe del hito").get_attribute("href") == PROOF["url"]
    link = said.get_by_role("link", name="conjuntos.csv").get_attribute("href")
    got = page.request.get(link or "").body()
    assert (got, said.locator("code").inner_text()) == (SENT, hashlib.sha256(SENT).hexdigest())
    assert "nada todavía" in first.locator("dd").nth(2).inner_text(), "one voice is never told as another"


def hold_a_session(walk: Walk) -> str:
    """Found the body, seat its members, call its session and hold it; gives the address of the session."""
    page = walk.at("/secretaria/organo-nuevo/", "analyst")
    page.get_by_label("Identificador en su dirección").fill(BODY)
    page.get_by_label("Nombre", exact=True).fill("Mesa del Camino")
    page.get_by_label("Número del plan al que da seguimiento").fill(str(PLAN))
    page.get_by_label("Quórum", exact=True).select_option(label="Todos los integrantes")
    press(page, "Guardar")
    for name, institution, sector in (
        ("Ministerio Uno", "zz:uno", "Instituciones públicas"),
        ("Organización Inventada", "", "Sociedad civil"),
    ):
        page.get_by_text("Dar un asiento").first.click()
        page.get_by_label("Institución u organización").fill(name)
        if institution:
            page.get_by_label("Institución del registro").select_option(institution)
        page.get_by_label("Sector").select_option(label=sector)
        press(page, "Dar un asiento")
    looked_at(page)
    follow_link(page, "Convocar una sesión")
    page.get_by_label("Título").fill(SESSION)
    page.get_by_label("Día", exact=True).fill(timezone.localdate().isoformat())
    page.get_by_label("Agenda, un punto por línea").fill("Informe del hito [1.1]\nVarios")
    looked_at(page)
    press(page, "Guardar")
    looked_at(press(page, "Se celebró"))
    place = page.url.split("/secretaria/")[1]
    page = walk.at(f"/secretaria/{place}asistencia/", "analyst")
    for select in page.locator("main select").all():
        select.select_option("present")
    press(page, "Guardar")
    page = walk.at(f"/secretaria/{place}informes/", "focal_point")
    page.get_by_label("Número del compromiso").fill("1")
    page.get_by_label("Números de los hitos").fill("1")
    press(page, "Anotar el informe")
    return place


def approve_the_minutes(walk: Walk, place: str) -> None:
    page = walk.at(f"/secretaria/{place}acta/", "analyst")
    page.get_by_label("Qué se dijo y se decidió").fill("Se conoció la versión nueva del compromiso 1.")
    press(page, "Redactar el acta")
    looked_at(press(page, "Enviar a consulta de los integrantes"))
    for who, member in (("focal_point", "Ministerio Uno"), ("organisation", "Organización Inventada")):
        press(walk.at(f"/secretaria/{place}acta/", who), f"Aprobar en nombre de {member}")
    told = main(walk.at(f"/{place}"))
    assert "hubo quórum" in told
    assert "Se conoció la versión nueva del compromiso 1." in told
    assert "por estos integrantes: Ministerio Uno, Organización Inventada." in told


def announce(walk: Walk, place: str) -> None:
    """A communiqué about the milestone and the session leads to both, and both lead to it."""
    page = walk.at("/redaccion/nuevo/", "focal_point")
    page.get_by_label("Título", exact=True).fill(COMMUNIQUE)
    page.get_by_label("Texto", exact=True).fill("La mesa aprobó el acta de su sesión.")
    page.get_by_label("De qué trata").fill(f"{PLAN}/1/1\n{place.split('/')[1]}")
    press(page, "Guardar y ver cómo queda")
    looked_at(press(page, "Publicar ahora"))
    page = looked_at(follow_link(page, "Su página"))
    assert "Ministerio Uno" in main(page)
    for name, there in ((f"Plan {PLAN}, compromiso 1, hito 1: {PROMISE}", COMMITMENT), (SESSION, f"/{place}")):
        assert follow_link(page, name).url.endswith(there)
        follow_link(page, COMMUNIQUE)
        assert page.locator("h1").inner_text() == COMMUNIQUE


def read_the_digest(walk: Walk, place: str) -> None:
    """One letter with all that happened, once each; its links work; one request of the mail program ends it all."""
    letter, day = letter_to_the_citizen(), spoken_day()
    assert "novedades de lo que usted sigue" in letter.subject
    told = re.findall(r"^- (.+)\n +(\S+)$", letter.body, re.MULTILINE)
    held = f"{SITE}/{place}"
    announced = next(link for text, link in told if text.startswith("Comunicado"))
    assert told == [
        (f"Compromiso 1: se publicó una nueva versión ({day})", SITE + COMMITMENT),
        (f"Compromiso 1, hito 1. La institución dice: Sustancial ({day})", SITE + COMMITMENT),
        (f"Se convocó una sesión para el {day}", held),
        (f"Sesión del {day}", held),
        (f"Se aprobó el acta de la sesión del {day}", held),
        (f"Comunicado: {COMMUNIQUE} ({day})", announced),
    ]
    (mine,) = [each for each in links_in(letter) if "/seguir/mio/" in each]
    page = walk.at(mine)
    assert PLAN_TITLE in main(page)
    for link in links_in(letter):
        assert page.request.get(walk.here(link)).ok, link
    looked_at(follow_link(page, "No recibir más correos"))
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = walk.here(letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(SITE))
    assert page.request.post(stop, form={"List-Unsubscribe": "One-Click"}).ok
    assert page.request.get(walk.here(mine)).status == 404
    letters = len(mail.outbox)
    walk.people.due(lambda: digests.write_digests(next_month() + timedelta(days=40)))
    assert CITIZEN not in [to for each in mail.outbox[letters:] for to in each.to]


def look_at_the_trail(walk: Walk) -> None:
    """Every step stands in it, by the page that it was taken on and whoever took it."""
    page = walk.at("/cuenta/registro/", "administrator")
    rows = [row.locator("td").all_inner_texts() for row in page.locator("tbody tr").all()]
    told = [(what.split()[0], what.split("\n")[-1], by.split("\n")[-1]) for _, what, by, *_ in rows]
    assert [each for each in STEPS if each not in told] == []
    assert all(by.startswith("cuenta ") for _, _, by, *_ in rows[: len(STEPS)])
    page.get_by_label("Tabla", exact=True).select_option("meetings.minutes")
    press(page, "Mostrar")
    assert {row.split()[0] for row in page.locator("tbody td:nth-child(2)").all_inner_texts()} == {"meetings.minutes"}
