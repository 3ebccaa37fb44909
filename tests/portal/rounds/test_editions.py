"""Publishing an edition: the right of reply, two people, the trail, and that pages show nothing before."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.accounts.trail import entries
from atalaya.portal.jobs.services import WAITING, stands
from atalaya.portal.rounds import editions
from atalaya.portal.rounds.models import Observed, Publication
from atalaya.portal.rounds.states import APPROVED, COMPUTED, IN_REPLY, PUBLISHED, WITHHELD
from tests.portal.conftest import ROLES

NAME = "zz-20990101T000000Z"


@pytest.fixture
def publication(published_portal: str) -> Iterator[Publication]:
    now = timezone.now()
    Observed.objects.update_or_create(code="zz", defaults={"pack": "gt", "declared": now})
    made = Publication.objects.create(observation=NAME, country="zz", made=now, changed=now)
    yield made
    made.delete()
    Observed.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def in_reply(publication: Publication, by: Any, ended: bool = True) -> Publication:
    found = editions.move(by, publication, "open_reply")
    if ended:
        found.reply_until = timezone.now()
        found.save()
    return found


def test_two_people_publish_after_the_right_of_reply_and_every_step_is_in_the_trail(
    publication: Publication, new_person: Callable[..., Any]
) -> None:
    one, other = new_person(ROLES["analyst"]), new_person(ROLES["administrator"])
    found = editions.move(one, publication, "open_reply")
    assert found.reply_until - found.reply_from == timedelta(days=15)
    assert editions.reply_period_open(NAME)
    assert editions.in_reply() == found
    with pytest.raises(RefusedError, match="may still answer"):
        editions.move(one, publication, "approve")
    found.reply_until = timezone.now()
    found.save()
    assert not editions.reply_period_open(NAME)
    assert editions.in_reply() is None
    assert editions.move(one, publication, "approve").state == APPROVED
    with pytest.raises(RefusedError, match="somebody else publishes it"):
        editions.move(one, publication, "publish")
    assert editions.withheld_of([NAME, "by-hand"]) == {NAME}
    assert stands("rounds.show") == []
    assert editions.move(other, publication, "publish").state == PUBLISHED
    assert editions.withheld_of([NAME, "by-hand"]) == frozenset()
    assert [each.state for each in stands("rounds.show")] == [WAITING]
    told = [each.values["state"] for each in entries("rounds.publication") if each.row == publication.pk][::-1]
    assert told == [COMPUTED, IN_REPLY, IN_REPLY, APPROVED, PUBLISHED]


def test_the_database_itself_refuses_one_person_for_both(
    publication: Publication, new_person: Callable[..., Any]
) -> None:
    one = new_person(ROLES["analyst"])
    now = timezone.now()
    with pytest.raises(IntegrityError, match="two_people_publish"), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(
            state=PUBLISHED, approved=now, approved_by=one, published=now, published_by=one
        )
    with pytest.raises(IntegrityError, match="approved_before"), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(state=PUBLISHED, published=now, published_by=one)


@pytest.mark.parametrize("role", ["public", "organisation", "focal_point"])
def test_who_is_neither_analyst_nor_administrator_publishes_nothing(
    publication: Publication, new_person: Callable[..., Any], role: str
) -> None:
    with pytest.raises(RefusedError, match="only analysts"):
        editions.move(new_person(ROLES[role]), publication, "open_reply")


def test_withheld_with_a_reason_and_taken_up_again_it_begins_anew(
    publication: Publication, new_person: Callable[..., Any]
) -> None:
    one = new_person(ROLES["analyst"])
    in_reply(publication, one)
    editions.move(one, publication, "approve")
    with pytest.raises(RefusedError, match="say why"):
        editions.move(one, publication, "withhold", "  ")
    found = editions.move(one, publication, "withhold", "Se midió mal.")
    assert (found.state, found.reason) == (WITHHELD, "Se midió mal.")
    again = editions.move(one, publication, "resume")
    assert (again.state, again.approved_by, again.reply_until) == (COMPUTED, None, None)
    with pytest.raises(RefusedError, match="does not permit this step"):
        editions.move(one, publication, "publish")


def test_the_pages_lead_through_the_steps_and_say_what_is_refused(
    publication: Publication, new_client: Callable[..., Client], new_person: Callable[..., Any]
) -> None:
    client = new_client()
    client.force_login(new_person(ROLES["analyst"]))
    place = f"/rondas/gestion/ediciones/{NAME}/"
    assert "Abrir el derecho de respuesta" in client.get(place).content.decode()
    assert client.post(place, {"step": "open_reply"}).status_code == 302
    assert "Aprobar esta edición" not in client.get(place).content.decode()
    body = client.post(place, {"step": "approve"}).content.decode()
    assert "las instituciones aún pueden responder" in body
    assert "Edición del 1 de enero de 2099" in new_client().get("/rondas/").content.decode()
    assert client.get("/rondas/gestion/ediciones/none/").status_code == 404
