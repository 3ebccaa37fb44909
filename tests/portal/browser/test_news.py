"""The way of a communiqué: pasted out of a word processor, scheduled, published, corrected, downloaded and opened."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from openpyxl import load_workbook

from atalaya.portal.news.models import Communique
from tests.portal.browser.windows import Opener, faults, gone_on, wider
from tests.portal.conftest import ROLES

WORD = (Path(__file__).parents[2] / "fixtures" / "news" / "word.html").read_text(encoding="utf-8")
TITLE = "Acuerdos inventados de la sesión"


@pytest.fixture
def session(new_client: Callable[..., Client], new_person: Callable[..., Any]) -> Iterator[tuple[str, str]]:
    """The session of the focal point of the first institution; what they announced is taken away behind them."""
    client = new_client()
    client.force_login(new_person(ROLES["focal_point"]))
    yield settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value
    Communique.objects.filter(title=TITLE).delete()


def test_a_communique_goes_from_the_word_processor_to_the_public(
    open_page: Opener, session: tuple[str, str], site: str
) -> None:
    page = open_page("/redaccion/nuevo/", width=390, session=session)
    assert faults(page) + wider(page) == []
    page.get_by_label("Título", exact=True).fill(TITLE)
    page.get_by_label("Texto", exact=True).fill(WORD)
    page.get_by_label("Etiquetas").fill("datos, mesa")
    page.get_by_label("De qué trata").fill("1/1/1\nmesa-2025-11-20")
    gone_on(page.get_by_role("button", name="Guardar"))
    assert "marcas de seguimiento" in page.locator(".told").all_text_contents()[-1]
    assert page.locator(".said li li").text_content() == "con licencia abierta"
    assert page.locator(".said td").count() == 4
    assert faults(page) + wider(page) == []
    page.get_by_label("Publicarlo este día").fill(_tomorrow(page))
    gone_on(page.get_by_role("button", name="Programar"))
    assert "Se publicará" in page.locator("main").text_content()
    gone_on(page.get_by_role("button", name="Publicar ahora"))
    gone_on(page.get_by_role("link", name="Corregirlo"))
    page.get_by_label("Texto", exact=True).fill(
        page.get_by_label("Texto", exact=True).input_value() + "\nUna línea más.\n"
    )
    page.get_by_label("Qué estaba mal").fill("Faltaba una línea")
    gone_on(page.get_by_role("button", name="Publicar la corrección"))
    gone_on(page.get_by_role("link", name="Su página"))
    assert page.locator("#corrections ~ article").text_content().count("Faltaba una línea") == 1
    page.locator("details summary").first.click()
    assert "Una línea más." in page.locator("ins").last.text_content()
    assert faults(page) + wider(page) == []
    lines = {row["texto"] for row in csv.DictReader(io.StringIO(_file(page, "CSV").decode("utf-8-sig")))}
    assert {"Una línea más.", "Ministerio Dos | 3 y 4", "mesa"} <= lines
    page.goto(f"{site}/comunicados/?etiqueta=mesa")
    sheet = load_workbook(io.BytesIO(_file(page, "XLSX"))).active
    names = [cell.value for cell in sheet[1]]
    assert [row[names.index("titulo")].value for row in sheet.iter_rows(min_row=2)] == [TITLE]
    gone_on(page.get_by_role("link", name=TITLE))
    assert page.locator("h1").text_content() == TITLE


def _tomorrow(page: Any) -> str:
    """This hour of tomorrow, as the field of an hour takes it."""
    return str(page.evaluate("new Date(Date.now() + 864e5).toISOString().slice(0, 16)"))


def _file(page: Any, name: str) -> bytes:
    with page.expect_download() as coming:
        page.get_by_role("link", name=name, exact=True).click()
    return Path(coming.value.path()).read_bytes()
