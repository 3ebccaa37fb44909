"""On a phone and in Spanish: a dispute is written, ruled on by two, and published; a duty is said not to concern; the trail."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from atalaya.portal.observatory.models import DutyVerdict, Step
from atalaya.portal.reviews.models import Hold, Reply, Ruling
from atalaya.store.decisions import decisions
from tests.portal.browser.windows import Opener, faults, gone_on, wider
from tests.portal.reviews.conftest import missing_duty
from tests.portal.reviews.making import REASON, WHY

__all__ = ["missing_duty"]

PHONE = 390
GROUND = "Ley inventada, artículo 3"


@pytest.fixture
def sessions(
    new_client: Callable[..., Client], new_person: Callable[..., Any], missing_duty: DutyVerdict
) -> dict[str, str]:
    """Who is in which session: somebody who speaks for an institution, two analysts, and an administrator."""
    roles = {
        "focal": {"role": "focal_point", "institution": missing_duty.institution},
        "first": {"role": "analyst"},
        "second": {"role": "analyst"},
        "administrator": {"role": "administrator"},
    }
    found = {}
    for name, role in roles.items():
        client = new_client()
        client.force_login(new_person(role))
        found[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


@pytest.fixture
def pays_most(missing_duty: DutyVerdict) -> str:
    """The finding of the institution whose mending pays most; what runs in the browser's thread asks no database."""
    step = Step.objects.filter(unit=missing_duty.institution).exclude(level="institution").first()
    return str(step.finding)


@pytest.fixture(autouse=True)
def _own_store(published_portal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings, "ATALAYA_HOME", tmp_path)
    yield
    for table in (Ruling, Hold, Reply):
        table.objects.all().delete()


def looked_at(page: Page) -> Page:
    """The page, once nothing is wrong with it on a phone."""
    assert (page.url, faults(page), wider(page)) == (page.url, [], [])
    return page


def test_a_dispute_and_a_duty_go_the_whole_way(
    open_page: Opener, sessions: dict[str, str], missing_duty: DutyVerdict, pays_most: str, tmp_path: Path
) -> None:
    def opened(path: str, who: str = "") -> Page:
        session = (settings.SESSION_COOKIE_NAME, sessions[who]) if who else None
        return open_page(path, width=PHONE, session=session)

    page = looked_at(opened("/mi-institucion/", "focal"))
    assert 1 <= page.locator("ol.tasks > li").count() <= 3
    gone_on(page.locator("ol.tasks a").first)
    assert pays_most in page.url
    page.get_by_text("Lo impugnamos").click()
    page.locator("#dispute textarea").fill(REASON)
    page.locator("#dispute input[type=text]").first.fill("https://dos.example/acta.pdf")
    looked_at(page)
    gone_on(page.locator("#dispute button", has_text="Enviar"))
    assert "enviada" in looked_at(page).inner_text("main")

    public = opened(f"/hallazgos/{pays_most}/")
    assert "Lo impugnamos" in public.inner_text("main")
    assert REASON not in public.inner_text("main")

    page = looked_at(opened("/revision/", "first"))
    gone_on(page.locator("main ul.plain a").first)
    gone_on(page.get_by_role("button", name="Tomarla"))
    page.get_by_label("Procede: la regla no se aplica a este caso").check()
    page.locator("#id_why").fill(WHY)
    looked_at(page)
    gone_on(page.get_by_role("button", name="Proponer esta resolución"))
    assert "Usted propuso esta resolución" in looked_at(page).inner_text("main")
    page = opened(page.url.partition("/revision")[1] + page.url.partition("/revision")[2], "second")
    gone_on(looked_at(page).get_by_role("button", name="Confirmar la resolución"))
    assert "resuelta" in page.inner_text("main")

    public.reload()
    for said in (REASON, WHY, "Procede: la regla no se aplica a este caso", "Así lo resolvieron dos analistas"):
        assert said in looked_at(public).inner_text("main")
    (decision,) = decisions(tmp_path, "zz", "dispute")
    assert (decision.subject, decision.ruling["verdict"]) == (pays_most, "not_applicable")

    page = opened(f"/mi-institucion/obligaciones/{missing_duty.duty}/", "focal")
    page.get_by_label("La ley y el artículo en que se funda").fill(GROUND)
    page.locator("textarea").fill(REASON)
    gone_on(page.get_by_role("button", name="Enviar"))
    for who, button in (("first", "Proponer"), ("second", "Confirmar")):
        page = opened("/revision/?cola=no-corresponde", who)
        gone_on(page.locator("main ul.plain a").first)
        if who == "first":
            page.get_by_label("Aceptado: la obligación no le corresponde a la institución").check()
            page.locator("#id_why").fill(WHY)
        gone_on(page.get_by_role("button", name=button))
    assert GROUND in looked_at(opened(f"/obligaciones/{missing_duty.duty}/")).inner_text("main")
    looked_at(opened("/respuestas/"))
    (concern,) = decisions(tmp_path, "zz", "duty_not_concerned")
    assert concern.ruling == {"concerns": False, "words": GROUND}

    trail = opened("/cuenta/registro/?tabla=reviews.reply", "administrator").text_content("main") or ""
    assert trail.count("ruled") >= 2
    for route in ("desk_finding", "desk_duty", "review_reply"):
        assert route in trail
