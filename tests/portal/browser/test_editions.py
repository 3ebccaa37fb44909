"""On a phone and in Spanish: a finding is looked at again and answered before its edition comes, which two people publish."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from atalaya.history.read import Sealed
from atalaya.portal.observatory.models import Edition, Finding
from atalaya.portal.reviews.models import Reply, ReplyPeriod
from atalaya.portal.rounds import services
from atalaya.portal.rounds.models import Observed, Publication, Recheck, Round, Trial
from atalaya.portal.rounds.states import SEALED
from tests.portal.browser.rows import put_back
from tests.portal.browser.windows import Opener, faults, gone_on, wider
from tests.portal.conftest import ROLES, load_rounds
from tests.portal.rounds.conftest import country

__all__ = ["country"]

PHONE = 390
ANSWER = "Ya se cambió el enlace; la ronda lo leyó un día antes."
Apart = Callable[..., Any]


@pytest.fixture
def apart() -> Iterator[Apart]:
    """Calls what asks the database in a thread of its own: that of the browser has an event loop, where Django refuses it."""
    with ThreadPoolExecutor(1) as thread:
        yield lambda called, *given: thread.submit(called, *given).result()
        thread.submit(connections.close_all).result()


@pytest.fixture
def coming(country: Observed, done: Callable[[], None]) -> str:
    """The name of an edition that is computed: a round was run by a worker after those that are shown."""
    asked = services.begin(services.SCHEDULE)
    done()
    found = Round.objects.get(pk=asked.pk)
    assert found.state == SEALED
    return str(found.observation)


@pytest.fixture
def rechecked(coming: str) -> Finding:
    """A finding of the edition that is shown, about a link that does not answer."""
    return Finding.objects.filter(level="resource", check_id="reachable").exclude(institution=None).first()


@pytest.fixture
def sessions(new_client: Callable[..., Client], new_person: Callable[..., Any], rechecked: Finding) -> dict[str, str]:
    """Who is in which session."""
    found = {}
    for name, role in (
        ("focal", {"role": "focal_point", "institution": rechecked.institution}),
        ("analyst", ROLES["analyst"]),
        ("administrator", ROLES["administrator"]),
    ):
        client = new_client()
        client.force_login(new_person(role))
        found[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


@pytest.fixture
def shown_again(published_portal: str, two_small_rounds: tuple[Path, list[Sealed]]) -> Iterator[None]:
    """What all tests read is loaded anew behind this one, which publishes another edition, and its pack has no communiqués."""
    with put_back("news"):
        yield
    Reply.objects.all().delete()
    with psycopg.connect(published_portal, autocommit=True) as connection:
        load_rounds(connection, *two_small_rounds)


def looked_at(page: Page) -> str:
    """The words of a page, once nothing is wrong with it on a phone."""
    assert (page.url, faults(page), wider(page)) == (page.url, [], [])
    return page.inner_text("main")


def reply_ended() -> None:
    """The days of the right of reply have passed."""
    now = timezone.now()
    Publication.objects.update(reply_until=now)
    ReplyPeriod.objects.update(closes=now)


@pytest.mark.usefixtures("shown_again")
def test_a_recheck_an_answer_the_publication_and_a_trial_of_a_rule_go_the_whole_way(
    open_page: Opener,
    sessions: dict[str, str],
    rechecked: Finding,
    coming: str,
    done: Callable[[], None],
    apart: Apart,
) -> None:
    def opened(path: str, who: str = "") -> Page:
        session = (settings.SESSION_COOKIE_NAME, sessions[who]) if who else None
        return open_page(path, width=PHONE, session=session)

    page = opened(f"/mi-institucion/hallazgos/{rechecked.id}/", "focal")
    page.locator("#recheck summary").click()
    looked_at(page)
    gone_on(page.get_by_role("button", name="Pedir que se revise de nuevo"))
    assert "pedida" in looked_at(page)
    apart(done)
    seen = apart(Recheck.objects.get)
    assert seen.seen_in.endswith(f"-recheck-{seen.pk}"), "it was really looked at"
    page.reload()
    assert "revisado de nuevo" in looked_at(page)
    assert "revisado de nuevo" in looked_at(opened(f"/hallazgos/{rechecked.id}/"))

    place = f"/rondas/gestion/ediciones/{coming}/"
    analyst = opened(place, "analyst")
    looked_at(analyst)
    gone_on(analyst.get_by_role("button", name="Abrir el derecho de respuesta"))
    assert "en respuesta" in looked_at(analyst)
    assert analyst.get_by_role("button", name="Aprobar").count() == 0, "institutions may still answer"
    apart(done)

    page = opened("/mi-institucion/", "focal")
    looked_at(page)
    gone_on(page.locator("ol.tasks a").first)
    finding = page.url.partition("/hallazgos/")[2].partition("/")[0]
    assert "Nuestra respuesta" in looked_at(page)
    page.locator("#comment summary").click()
    page.locator("#comment textarea").fill(ANSWER)
    looked_at(page)
    gone_on(page.locator("#comment button", has_text="Enviar"))
    assert ANSWER in looked_at(page)
    assert ANSWER not in looked_at(opened("/respuestas/")), "it is published with its edition"

    apart(reply_ended)
    analyst = opened(place, "analyst")
    gone_on(analyst.get_by_role("button", name="Aprobar esta edición"))
    gone_on(analyst.get_by_role("button", name="Publicar esta edición"))
    assert "usted aprobó esta edición; la publica otra persona" in looked_at(analyst)
    other = opened(place, "administrator")
    gone_on(other.get_by_role("button", name="Publicar esta edición"))
    assert "Las páginas la muestran en cuanto se carga" in looked_at(other)
    assert apart(Edition.shown).observation != coming
    apart(done)
    assert apart(Edition.shown).observation == coming
    assert ANSWER in looked_at(opened("/respuestas/"))
    assert ANSWER in looked_at(opened(f"/hallazgos/{finding}/"))

    trail = opened("/cuenta/registro/?tabla=rounds.publication", "administrator")
    told = looked_at(trail) + (trail.text_content("main") or "")
    for state in ("computed", "in_reply", "approved", "published"):
        assert state in told
    assert told.count("edition_manage") >= 3
    trail = opened("/cuenta/registro/?tabla=reviews.reply", "administrator").text_content("main") or ""
    assert "desk_finding" in trail
    assert trail.count("comment") >= 1
    assert trail.count("recheck") >= 3

    page = opened("/rondas/gestion/metodologias/", "analyst")
    looked_at(page)
    gone_on(page.get_by_role("button", name="Probar"))
    assert "vuelva a cargar esta página" in looked_at(page)
    apart(done)
    page.reload()
    assert "el promedio de las instituciones clasificadas pasa de" in looked_at(page)
    apart(lambda: Trial.objects.all().delete())
