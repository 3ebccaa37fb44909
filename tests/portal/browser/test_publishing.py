"""From a messy file to a published dataset, its next version and its tombstone, on a telephone, in Spanish."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.portal.browser.windows import faults, gone_on, wider
from tests.portal.publishing.test_publishing import MESSY, NEXT

TELEPHONE = 390


@pytest.fixture
def people(new_person: Any, new_client: Any) -> list[str]:
    """The cookies of two who signed in: of an institution, and an analyst."""
    found = []
    for role in ({"role": "focal_point", "institution": "zz:uno"}, {"role": "analyst"}):
        client = new_client()
        client.force_login(new_person(role))
        found.append(client.cookies["atalaya"].value)
    return found


def window(browser: Browser, site: str, cookie: str = "") -> BrowserContext:
    made = browser.new_context(
        viewport={"width": TELEPHONE, "height": 844}, locale="es-GT", base_url=site, bypass_csp=True
    )
    made.set_default_timeout(60_000)
    if cookie:
        made.add_cookies([{"name": "atalaya", "value": cookie, "url": site}])
    return made


def looked_at(page: Page) -> None:
    """What holds of every page: no fault of accessibility, nothing wider than the telephone."""
    assert faults(page) == []
    assert wider(page) == []


def sent(page: Page, path: Path) -> None:
    page.get_by_label("Archivo").set_input_files(path)
    gone_on(page.get_by_role("button", name="Enviar y examinar"))
    page.wait_for_url(re.compile(r"/publicar/\d+/$"))


def described(page: Page) -> None:
    page.get_by_label("Descripción").fill("Lo que gastó cada lugar inventado durante marzo.")
    page.get_by_label("Contacto").fill("datos@inventada.example")
    gone_on(page.get_by_role("button", name="Guardar la descripción"))


def test_a_messy_file_becomes_a_dataset_with_versions(
    chromium: Browser, site: str, people: list[str], tmp_path: Path
) -> None:
    messy, tidy = tmp_path / "gasto.csv", tmp_path / "gasto-2.csv"
    messy.write_bytes(MESSY.encode("cp1252"))
    tidy.write_text(NEXT, encoding="utf-8")
    writers, analysts, readers = (window(chromium, site, cookie) for cookie in (*people, ""))
    writer, analyst, reader = (each.new_page() for each in (writers, analysts, readers))
    try:
        writer.goto("/publicar/")
        looked_at(writer)
        gone_on(writer.get_by_role("link", name="Publicar un conjunto de datos nuevo"))
        writer.get_by_label("Título").fill("Gasto por lugar, marzo de 2024")
        looked_at(writer)
        sent(writer, messy)
        assert writer.get_by_text("cambiarían").is_visible()
        looked_at(writer)
        gone_on(writer.get_by_role("button", name="Publicar el archivo reparado"))
        described(writer)
        gone_on(writer.get_by_role("button", name="Enviar a revisión"))
        assert writer.get_by_text("Usted participó en esta versión").is_visible()
        place = writer.url
        _published(analyst, place)
        writer.goto(place)
        history = writer.locator("ol").inner_text()
        assert [word for word in ("preparación", "revisión", "publicada") if word in history] == [
            "preparación", "revisión", "publicada",
        ]  # fmt: skip
        looked_at(writer)
        gone_on(writer.get_by_role("link", name="Enviar una versión nueva"))
        sent(writer, tidy)
        if writer.get_by_role("button", name="Publicarlo como se envió").count():
            gone_on(writer.get_by_role("button", name="Publicarlo como se envió"))
        gone_on(writer.get_by_role("button", name="Enviar a revisión"))
        second = writer.url
        _published(analyst, second)
        _read_and_taken_down(reader, analyst, second)
    finally:
        for each in (writers, analysts, readers):
            each.close()


def _published(analyst: Page, place: str) -> None:
    analyst.goto(place)
    gone_on(analyst.get_by_role("button", name="Publicar", exact=True))
    assert analyst.get_by_role("link", name="Su página pública").is_visible()


def _read_and_taken_down(reader: Page, analyst: Page, place: str) -> None:
    public = analyst.get_by_role("link", name="Su página pública").get_attribute("href")
    reader.goto(str(public))
    assert reader.get_by_text("versión 2").is_visible()
    assert reader.get_by_text("Qué cambió desde la versión 1").is_visible()
    looked_at(reader)
    with reader.expect_download() as download:
        reader.get_by_role("link", name="Descargar la versión más reciente").click()
    assert Path(download.value.path()).read_text(encoding="utf-8").startswith("Municipio,Fecha,Monto")
    analyst.goto(place)
    analyst.get_by_label("Por qué se retira").fill("Las cifras eran de otro año.")
    gone_on(analyst.get_by_role("button", name="Retirar"))
    assert analyst.get_by_text("retirada").first.is_visible()
    reader.reload()
    assert reader.get_by_text("Las cifras eran de otro año.").is_visible()
    assert reader.request.get(f"{public}2.csv").status == 410
    looked_at(reader)
