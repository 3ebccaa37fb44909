"""Rounds and rechecks from the portal: asked for, run by a worker, held, aborted, given up, and due by schedule."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from atalaya.countries.schedule import ScheduleRule
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.jobs.services import stands
from atalaya.portal.observatory.models import Edition, Finding
from atalaya.portal.reviews.models import ComingFinding, ReplyPeriod
from atalaya.portal.reviews.services import ask_again
from atalaya.portal.reviews.things import finding_thing
from atalaya.portal.rounds import doing, editions, services, sweeping
from atalaya.portal.rounds.models import Observed, Publication, Recheck, Round
from atalaya.portal.rounds.states import ABORTED, DONE, DROPPED, FAILED, RUNNING, SEALED, WAITING
from atalaya.publish.words import words
from atalaya.store.decisions import decisions
from tests.portal.conftest import ROLES

Done = Callable[[], None]


def test_a_round_is_run_by_a_worker_and_waits_to_be_published(
    country: Observed, analyst: Any, done: Done, visitor: Client
) -> None:
    asked = services.begin(analyst)
    assert asked.state == WAITING
    assert "Espera su turno." in visitor.get("/rondas/").content.decode()
    with pytest.raises(RefusedError, match="running already"):
        services.begin(analyst)
    done()
    found = Round.objects.get(pk=asked.pk)
    assert (found.state, found.held, found.stage) == (SEALED, [], "seal")
    assert found.observation == f"zz-{asked.as_of.replace('-', '').replace(':', '')}"
    assert Publication.objects.get(observation=found.observation).state == "computed"
    assert Edition.shown().observation != found.observation, "nothing is shown before it is published"
    assert "terminada y sellada" in visitor.get("/rondas/").content.decode()
    doing.run_round(asked.pk)
    assert Round.objects.get(pk=asked.pk).ended == found.ended, "done twice it is done once"
    publication = editions.move(analyst, Publication.objects.get(observation=found.observation), "open_reply")
    done()
    period = ReplyPeriod.objects.get(observation=found.observation)
    assert period.closes == publication.reply_until
    assert ComingFinding.objects.filter(period=period).exists()


def test_an_aborted_round_goes_on_when_the_line_is_back(country: Observed, analyst: Any, done: Done) -> None:
    Observed.objects.update(resolve=str(Path(country.resolve).with_name("nowhere.json")))
    Path(country.resolve).with_name("nowhere.json").write_text("{}", encoding="utf-8")
    asked = services.begin(analyst)
    done()
    found = Round.objects.get(pk=asked.pk)
    assert found.state in (ABORTED, FAILED)
    assert found.reason
    Observed.objects.update(resolve=country.resolve)
    services.move(analyst, found, "again")
    done()
    assert Round.objects.get(pk=asked.pk).state == SEALED


def test_a_round_that_was_given_up_is_left_alone(country: Observed, analyst: Any, done: Done) -> None:
    asked = services.begin(analyst)
    services.move(analyst, asked, "drop")
    done()
    found = Round.objects.get(pk=asked.pk)
    assert (found.state, found.observation) == (DROPPED, "")
    assert services.begin(analyst).pk != asked.pk


def test_a_recheck_is_done_by_a_worker_and_its_answer_told(
    country: Observed, new_person: Callable[..., Any], done: Done
) -> None:
    finding = Finding.objects.filter(level="resource", check_id="reachable").first()
    focal = new_person({"role": "focal_point", "institution": finding.institution})
    reply = ask_again(focal, finding_thing(finding.id, words("es", "zz", "portal")))
    done()
    (found,) = Recheck.objects.all()
    assert (found.state, found.reason) == (DONE, "")
    assert [(each["finding"], each["verdict"]) for each in found.seen][:1] == [(finding.id, "fail")]
    assert found.seen_in.endswith(f"-recheck-{found.pk}")
    reply.refresh_from_db()
    assert (reply.state, reply.outcome, reply.seen_in) == ("done", "fail", found.seen_in)


def test_a_recheck_that_cannot_be_done_is_told_with_why(
    country: Observed, new_person: Callable[..., Any], done: Done
) -> None:
    finding = Finding.objects.exclude(institution=None).first()
    focal = new_person({"role": "focal_point", "institution": finding.institution})
    reply = ask_again(focal, finding_thing(finding.id, words("es", "zz", "portal")))
    Observed.objects.update(pack="no-such-country")
    done()
    found = Recheck.objects.get()
    assert found.state == FAILED
    assert "no-such-country" in found.reason
    reply.refresh_from_db()
    assert (reply.state, reply.why) == ("failed", found.reason)


def test_who_may_ask_for_a_recheck(country: Observed, new_person: Callable[..., Any], analyst: Any) -> None:
    theirs = Finding.objects.filter(institution="zz:uno").first()
    others = Finding.objects.exclude(institution="zz:uno").exclude(institution=None).first()
    focal = new_person(ROLES["focal_point"])
    assert services.ask_recheck(focal, [theirs.id]).state == WAITING
    for by, findings in ((focal, [theirs.id, others.id]), (new_person(), [theirs.id])):
        with pytest.raises(RefusedError, match="only the institution concerned"):
            services.ask_recheck(by, findings)
    with pytest.raises(RefusedError, match="not in the edition"):
        services.ask_recheck(analyst, ["nothing"])
    with pytest.raises(RefusedError, match="from one to"):
        services.ask_recheck(analyst, [])


def held_round(country: Observed, **held: object) -> Round:
    told = {"source_id": "zz:uno", "reason": "shrunk", "detail": "5 after 7", "answered": 5, "datasets": 7, **held}
    return Round.objects.create(
        country="zz", as_of="2026-02-01T00:00:00Z", state=SEALED, observation="zz-1", held=[told], asked=timezone.now()
    )


def test_a_held_source_is_released_with_a_reason_on_its_page(
    country: Observed, analyst: Any, new_client: Callable[..., Client]
) -> None:
    found = held_round(country)
    client = new_client()
    client.force_login(analyst)
    place = f"/rondas/gestion/{found.pk}/"
    assert "5 after 7" in client.get(place).content.decode()
    assert "diga por qué" in client.post(place, {"source": "zz:uno", "why": " "}).content.decode()
    assert client.post(place, {"source": "zz:uno", "why": "Depuraron su catálogo."}).status_code == 302
    assert "Liberada" in client.get(place).content.decode()
    (kept,) = decisions(Path(settings.ATALAYA_HOME), "zz", "release")
    assert (kept.subject, kept.ruling, kept.why) == ("zz:uno", {"observation": "zz-1"}, "Depuraron su catálogo.")


def test_what_did_not_answer_cannot_be_released(country: Observed, analyst: Any) -> None:
    found = held_round(country, answered=None)
    with pytest.raises(RefusedError, match="nothing to accept"):
        services.release(analyst, found, "zz:uno", "porque sí")
    with pytest.raises(RefusedError, match="is not held"):
        services.release(analyst, found, "zz:dos", "porque sí")


@pytest.mark.parametrize(
    ("every", "last", "due"),
    [(90, date(2026, 1, 1), True), (90, date(2026, 1, 2), False), (None, None, False), (1, None, True)],
)
def test_when_a_round_is_due(every: int | None, last: date | None, due: bool) -> None:
    assert sweeping.round_is_due(date(2026, 4, 1), last, ScheduleRule(round_days=every)) is due


def test_the_sweep_begins_one_round_only_where_the_deployer_wants_it(
    country: Observed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        services, "pack_of", lambda _: type("P", (), {"schedule": ScheduleRule(round_days=1, sites=True)})
    )
    sweeping.sweep()
    assert stands("rounds.run") == []
    monkeypatch.setattr(settings, "ROUNDS_BY_SCHEDULE", True)
    sweeping.sweep()
    sweeping.sweep()
    (made,) = Round.objects.filter(asked_by=None, as_of__gt="2026-01-07")
    assert (made.sites, made.state) == (True, WAITING)
    assert len(stands("rounds.run")) == 1


def test_a_round_whose_job_is_gone_has_failed(country: Observed) -> None:
    lost = Round.objects.create(country="zz", as_of="2026-02-02T00:00:00Z", state=RUNNING, job=0, asked=timezone.now())
    sweeping.sweep()
    found = Round.objects.get(pk=lost.pk)
    assert (found.state, found.reason) == (FAILED, sweeping.OVER)
