"""A session from its call to approved minutes and its agreement, on a phone and in Spanish, each step by whoever may take it."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate
from playwright.sync_api import Page

from atalaya.portal.meetings.models import Body
from atalaya.portal.meetings.services import bodies
from tests.portal.browser.windows import Opener, faults, gone_on, wider
from tests.portal.conftest import made_person

NAME = "comite-navegado"
COOKIE = "atalaya"
PEOPLE = {
    "secretariat": {"role": "analyst"},
    "institution": {"role": "focal_point", "institution": "zz:uno"},
    "organisation": {"role": "organisation", "organisation": "Organización Inventada"},
}
OF_A_SESSION = ("agendaitem", "attendance", "report")
OF_MINUTES = ("amendment", "approval", "correction")


@pytest.fixture
def committee(published_portal: str) -> Iterator[dict[str, str]]:
    """A committee of two members, and who is signed in → the cookie of their browser; all of it goes behind the test."""
    body = bodies.found(None, NAME, bodies.Described(name="Comité Navegado", kind="other", quorum="all", plan=1))
    bodies.seat(None, body, bodies.Seated(name="Ministerio Uno", sector="government", institution="zz:uno"))
    bodies.seat(None, body, bodies.Seated(name="Organización Inventada", sector="civil_society"))
    cookies = {}
    for who, role in PEOPLE.items():
        client = Client()
        client.force_login(made_person(role, second_step=True))
        cookies[who] = client.cookies[COOKIE].value
    yield cookies
    _forget()


def _forget() -> None:
    """Minutes that were approved do not go: the triggers that hold them are off while the test clears up."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        sessions = "SELECT identifier FROM meetings_session WHERE body_id = %s"
        minutes = f"SELECT id FROM meetings_minutes WHERE session_id IN ({sessions})"
        agreements = f"SELECT id FROM meetings_agreement WHERE session_id IN ({sessions})"
        for table in OF_A_SESSION:
            cursor.execute(f"DELETE FROM meetings_{table} WHERE session_id IN ({sessions})", (NAME,))
        for table in OF_MINUTES:
            cursor.execute(f"DELETE FROM meetings_{table} WHERE minutes_id IN ({minutes})", (NAME,))
        cursor.execute(f"DELETE FROM meetings_agreementstep WHERE agreement_id IN ({agreements})", (NAME,))
        for table in ("agreement", "minutes"):
            cursor.execute(f"DELETE FROM meetings_{table} WHERE session_id IN ({sessions})", (NAME,))
        for table in ("session", "member"):
            cursor.execute(f"DELETE FROM meetings_{table} WHERE body_id = %s", (NAME,))
        cursor.execute("DELETE FROM meetings_body WHERE identifier = %s", (NAME,))
        cursor.execute("SET session_replication_role = DEFAULT")
    Body.objects.filter(pk="mesa-tecnica").update(changed=timezone.now())  # so that no page is kept that showed it


def test_from_the_call_to_approved_minutes_and_a_tracked_agreement(
    open_page: Opener, committee: dict[str, str]
) -> None:
    def window(path: str, who: str = "") -> Page:
        page = open_page(path, width=390, session=(COOKIE, committee[who]) if who else None)
        assert faults(page) + wider(page) == [], path
        return page

    def press(page: Page, name: str) -> None:
        gone_on(page.get_by_role("button", name=name, exact=True))
        assert page.locator(".errors").count() == 0, page.locator(".errors").inner_text()

    page = window(f"/secretaria/organos/{NAME}/convocar/", "secretariat")
    page.get_by_label("Título").fill("Primera sesión navegada")
    page.get_by_label("Día", exact=True).fill(localdate().isoformat())
    page.get_by_label("Agenda, un punto por línea").fill("Informe del hito [1.1]\nVarios")
    press(page, "Guardar")
    press(page, "Se celebró")
    place = page.url.split("/secretaria/")[1]

    page = window(f"/secretaria/{place}asistencia/", "secretariat")
    for select in page.locator("main select").all():
        select.select_option("present")
    press(page, "Guardar")

    page = window(f"/secretaria/{place}informes/", "institution")
    assert page.get_by_label("Institución que informó").input_value() == "Ministerio Uno"
    page.get_by_label("Número del compromiso").fill("1")
    page.get_by_label("Números de los hitos").fill("1")
    press(page, "Anotar el informe")

    page = window(f"/secretaria/{place}acuerdos/", "secretariat")
    page.get_by_label("Qué se acordó").fill("Publicar el inventario")
    page.get_by_label("Integrante que debe hacerlo").select_option(label="Ministerio Uno")
    page.get_by_label("Hasta cuándo").fill("2026-01")
    press(page, "Anotar el acuerdo")

    page = window(f"/secretaria/{place}acta/", "secretariat")
    page.get_by_label("Qué se dijo y se decidió").fill("Se leyó la agenda.")
    press(page, "Redactar el acta")
    press(page, "Enviar a consulta de los integrantes")

    page = window(f"/secretaria/{place}acta/", "organisation")
    page.get_by_label("Qué debe decir en su lugar").fill("Se leyó y se aprobó la agenda.")
    press(page, "Proponer")

    page = window(f"/secretaria/{place}acta/", "secretariat")
    press(page, "Aceptar")
    page.get_by_label("Qué se dijo y se decidió").fill("Se leyó y se aprobó la agenda.")
    press(page, "Guardar el texto")

    for who, member in (("institution", "Ministerio Uno"), ("organisation", "Organización Inventada")):
        page = window(f"/secretaria/{place}acta/", who)
        press(page, f"Aprobar en nombre de {member}")

    page = window(f"/{place}")
    told = page.locator("main").inner_text()
    assert "Asistieron 2 de 2 integrantes con voto; debían ser 2: hubo quórum." in told
    assert "Se leyó y se aprobó la agenda." in told
    assert "por estos integrantes: Ministerio Uno, Organización Inventada." in told
    assert "días de atraso" in told

    page = window("/secretaria/", "institution")
    page.get_by_role("link", name="Publicar el inventario").click()
    page.get_by_label("Estado").select_option(label="cumplido")
    page.get_by_label("Dirección donde se puede ver").fill("https://sitio.example/inventario")
    press(page, "Informar cómo va")
    told = window("/acuerdos/?estado=done").locator("main").inner_text()
    assert "Publicar el inventario" in told
    assert "https://sitio.example/inventario" in told
