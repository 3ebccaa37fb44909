"""What plans give besides: self-assessments, sheets, the API, what was measured, and whether evidence is still there."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.timezone import localdate

from atalaya.commitments.partial_dates import PartialDate, read_date
from atalaya.commitments.plan import Listing, Measured
from atalaya.commitments.plan import Plan as PlanValue
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.accounts.trail import entries
from atalaya.portal.commitments import probing
from atalaya.portal.commitments.models import Assessment, Commitment, EvidenceLink, Reading
from atalaya.portal.commitments.services import Proof, Said, assessments, links, read, withdraw
from atalaya.portal.commitments.standing import plan_standing
from atalaya.portal.commitments.standings import standing_now
from atalaya.portal.commitments.stored import readings_of, store_plan, stored_plan
from atalaya.portal.observatory.models import Dataset, DutyVerdict, Edition, Institution
from atalaya.portal.post.models import Contact
from tests.portal.conftest import ROLES

real_due = links.due
FORM = "/gestion/planes/7/autoevaluacion/medio-termino/"


def said(milestone: str = "1", **values: Any) -> Said:
    return Said(**{"milestone": milestone, "voice": "institution", "level": "started", "on": localdate(), **values})


def told(visitor: Client, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", answer.content.decode()))


def test_the_newest_readings_give_the_standing_that_all_readings_give(plan: PlanValue) -> None:
    day = localdate()
    for number, voice, back, level in (
        (1, "institution", 9, "complete"),
        (1, "institution", 3, "started"),
        (1, "technical_table", 5, "not_started"),
        (2, "reviewer", 2, "limited"),
    ):
        home = Commitment.objects.get(plan=7, number=number)
        on = day - timedelta(days=back)
        read(None, home, said(voice=voice, level=level, on=on, urls=("https://sitio.example/a",)))
    last = Reading.objects.filter(commitment__plan=7, voice="institution").order_by("-on").first()
    for _ in range(2):
        whole = plan_standing(stored_plan(7), readings_of(7), day)
        quick = standing_now(7)
        assert quick.progress == whole.progress
        assert [[(m.number, m.shown.level, m.shown.timing) for m in one.milestones] for one in quick.commitments] == [
            [(m.number, m.shown.level, m.shown.timing) for m in one.milestones] for one in whole.commitments
        ]
        if last.withdrawn is None:
            withdraw(None, last, "error")
            last.refresh_from_db()


def test_a_self_assessment_is_generated_edited_and_published(
    plan: PlanValue, new_client: Callable[..., Client], new_person: Callable[..., Any]
) -> None:
    client = new_client()
    client.force_login(new_person(ROLES["analyst"]))
    read(None, Commitment.objects.get(plan=7, number=2), said(level="complete", urls=("https://sitio.example/acta",)))
    assert client.post(FORM, {"as_of": localdate().isoformat()}).status_code == 302
    draft = Assessment.objects.get(plan=7)
    assert draft.document["levels"]["complete"] == 1
    assert "Aquí no se ha publicado" in told(client, "/planes/7/autoevaluacion/")
    mark = re.search(r'name="mark" value="([^"]+)"', client.get(FORM).content.decode()).group(1)
    stale = client.post(FORM, {"act": "save", "mark": "otra", "introduction": "Lo mío"}).content.decode()
    assert "otra persona escribió" in stale
    assert "Lo mío" in stale
    sent = {"act": "publish", "mark": mark, "introduction": "Qué se hizo.", "commitment-2": "Va bien."}
    assert client.post(FORM, sent).status_code == 302
    page = told(client, "/planes/7/autoevaluacion/")
    for text in ("Qué se hizo.", "Va bien.", "Versión 1", "https://sitio.example/acta"):
        assert text in page
    with pytest.raises(RefusedError, match="published already"):
        assessments.write(None, draft, {"introduction": "Cambiado"}, "")
    # A further version keeps the texts and takes the figures anew; the first one stays.
    withdraw(None, Reading.objects.get(commitment__plan=7), "error")
    second = assessments.begin(None, 7, "mid_term", localdate())
    assert (second.number, second.document["introduction"]) == (2, "Qué se hizo.")
    assert second.document["levels"]["complete"] == 0
    assessments.publish(None, second)
    assert "Completado" in told(client, "/planes/7/autoevaluacion/?version=1")
    rows = client.get("/api/v1/plans/7/assessments").json()["results"]
    assert [row["number"] for row in rows] == [1, 2]
    assert next(iter(entries("commitments.assessment"))).label == "changed"


def test_an_assessment_speaks_of_a_day(plan: PlanValue) -> None:
    home = Commitment.objects.get(plan=7, number=1)
    read(None, home, said(level="started", on=localdate() - timedelta(days=40)))
    read(None, home, said(level="complete", urls=("https://sitio.example/a",)))
    draft = assessments.begin(None, 7, "end_of_term", localdate() - timedelta(days=10))
    assert (draft.document["levels"]["started"], draft.document["levels"]["complete"]) == (1, 0)
    assert assessments.refresh(None, draft, localdate()).document["levels"]["complete"] == 1
    with pytest.raises(RefusedError, match="not come yet"):
        assessments.refresh(None, draft, localdate() + timedelta(days=1))
    with pytest.raises(RefusedError, match="a draft already"):
        assessments.begin(None, 7, "end_of_term", localdate())


def test_the_sheet_of_a_commitment_is_a_pdf_made_once(plan: PlanValue, visitor: Client) -> None:
    one = visitor.get("/planes/7/compromisos/1/hoja.pdf")
    assert one.headers["Content-Type"] == "application/pdf"
    assert one.content.startswith(b"%PDF-")
    assert visitor.get("/planes/7/compromisos/1/hoja.pdf").content == one.content
    assert visitor.get("/planes/7/compromisos/99/hoja.pdf").status_code == 404
    assert visitor.get("/planes/7/autoevaluacion.pdf").status_code == 404


def test_the_api_gives_what_pages_show(plan: PlanValue, visitor: Client) -> None:
    home = Commitment.objects.get(plan=7, number=1)
    proof = Proof(url="https://sitio.example/acta", issuer="Mesa Inventada")
    made = read(None, home, said(voice="technical_table", evidence=(proof,)))
    assert visitor.head("/api/v1/plans?limit=7").status_code == 200
    rows = {row["number"]: row for row in visitor.get("/api/v1/plans").json()["results"]}
    assert rows[7]["known_commitments"] == len(plan.commitments)
    one = visitor.get("/api/v1/plans/7/commitments/1").json()
    assert replace(plan, commitments=()) == replace(stored_plan(7), commitments=())
    assert [each["id"] for each in one["document"]["versions"]] == ["2025-06", "2025-12"]
    changes = visitor.get("/api/v1/plans/7/commitments/1/changes").json()["results"]
    assert [each["number"] for each in changes] == list(range(1, len(changes) + 1))
    assert all(set(each["text"]) == {"es", "en"} for each in changes)
    lost = visitor.get("/api/v1/plans/7/commitments/1/losses").json()["results"]
    assert any(each["left"] == 8 for each in lost)
    reading = visitor.get("/api/v1/plans/7/readings?voice=technical_table").json()["results"][0]
    assert (reading["id"], reading["evidence"][0]["issuer"]) == (made.pk, "Mesa Inventada")
    mark = visitor.get("/api/v1/plans/7/readings").headers["ETag"]
    withdraw(None, made, "error")
    again = visitor.get("/api/v1/plans/7/readings", headers={"If-None-Match": mark})
    assert again.status_code == 200
    assert again.json()["results"][0]["withdrawn_why"] == "error"
    found = visitor.get("/api/v1/plans/search?q=información oficio").json()["results"]
    assert (7, 2) in {(each["plan"], each["number"]) for each in found}


def test_a_search_finds_by_forms_of_words_and_an_institution_by_its_name(plan: PlanValue, visitor: Client) -> None:
    assert "Mantener al día la información de oficio" in told(visitor, "/planes/buscar/?q=informaciones+oficios")
    assert "Ningún compromiso tiene todas" in told(visitor, "/planes/buscar/?q=xilófono")
    institution = Institution.objects.get(id="zz:uno")
    place = f"/instituciones/{institution.slug}/compromisos/"
    assert "Ningún compromiso" in told(visitor, place)
    first = plan.commitments[0]
    version = replace(first.versions[-1], lead=Listing((institution.name.upper(),)))
    store_plan(
        replace(plan, commitments=(replace(first, versions=(*first.versions[:-1], version)), *plan.commitments[1:]))
    )
    page = told(visitor, place)
    assert "1 compromiso la menciona" in page
    assert "responsable" in page


def test_a_promise_shows_what_was_measured_then_and_now(plan: PlanValue, visitor: Client) -> None:
    older, newer = Edition.objects.order_by("as_of")
    dataset, verdict = Dataset.objects.first(), DutyVerdict.objects.filter(period="").first()
    index = newer.methodology.partition("/")[0]
    measured = (
        Measured(kind="index", id=index, institution="zz:uno", target=0.0),
        Measured(kind="index", id=index, institution="zz:uno", target=100.1),
        Measured(kind="dataset", id=dataset.id),
        Measured(kind="dataset", id="no-hay"),
        Measured(kind="duty", id=verdict.duty, institution=verdict.institution),
        Measured(kind="topic", id="no-hay"),
    )
    day = PartialDate(older.as_of.year, older.as_of.month, older.as_of.day)
    first = plan.commitments[0]
    milestone = replace(first.versions[-1].milestones[0], measured=measured)
    version = replace(first.versions[-1], milestones=(milestone,))
    versions = (replace(first.versions[0], published=day), version)
    store_plan(replace(plan, commitments=(replace(first, versions=versions), *plan.commitments[1:])))
    page = told(visitor, "/planes/7/compromisos/1/")
    assert page.count("Medido por el observatorio:") == len(measured)
    assert "todavía no alcanzado" in page
    assert " alcanzado" in page
    assert dataset.title in page
    assert "no se publica" in page
    assert "sin medir" in page
    # Promised before anybody looked: nothing is made up for then.
    early = (replace(first.versions[0], published=read_date("2001")), version)
    store_plan(replace(plan, commitments=(replace(first, versions=early), *plan.commitments[1:])))
    assert "no se guarda ninguna medición de entonces" in told(visitor, "/planes/7/compromisos/1/")


def test_the_contacts_of_those_who_lead_are_shown_while_their_term_holds(plan: PlanValue, visitor: Client) -> None:
    institution, day = Institution.objects.get(id="zz:uno"), localdate()
    first = plan.commitments[0]
    version = replace(first.versions[-1], lead=Listing((institution.name,)))
    store_plan(replace(plan, commitments=(replace(first, versions=(version,)), *plan.commitments[1:])))
    reach = {"email": "cargo@inventada.example", "since": day - timedelta(days=2), "until": day}
    Contact.objects.create(institution="zz:uno", post="Dirección Inventada", **reach)
    answer = visitor.get("/planes/7/compromisos/1/")
    assert "cargo@inventada.example" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "cargo@" not in visitor.get("/planes/7/compromisos/2/").content.decode()
    Contact.objects.filter(institution="zz:uno").update(until=day - timedelta(days=1))
    answer = visitor.get("/planes/7/compromisos/1/")
    assert "cargo@" not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_evidence_is_gone_only_at_a_second_look(plan: PlanValue, visitor: Client) -> None:
    url, now = "https://sitio.example/informe.pdf", datetime(2026, 3, 1, 12, tzinfo=UTC)
    read(None, Commitment.objects.get(plan=7, number=1), said(level="complete", urls=(url,)))
    assert url in links.due(now)
    steps = (
        (0, {"status": 200, "sha256": "ab" * 32, "size": 5}, "there"),
        (2, {"status": 503}, "unknown"),
        (3, {"status": 404}, "doubtful"),
        (3.5, {"status": 404}, "doubtful"),
        (4.5, {"failure": "timeout"}, "doubtful"),
        (5, {"status": 410}, "gone"),
        (6, {"failure": "dns"}, "gone"),
    )
    for hours, answer, state in steps:
        links.record([links.Found(url=url, when=now + timedelta(hours=hours), **answer)])
        assert EvidenceLink.objects.get(url=url).state == state, hours
    assert url not in links.due(now + timedelta(hours=7))
    assert url in links.due(now + timedelta(days=8))
    page = told(visitor, "/planes/7/compromisos/1/")
    assert "ya no está desde el 1 de marzo de 2026" in page
    assert "copia archivada del 1 de marzo de 2026" in page
    links.record([links.Found(url=url, when=now + timedelta(days=9), status=200)])
    assert EvidenceLink.objects.get(url=url).missed is None
    assert "ya no está" not in told(visitor, "/planes/7/compromisos/1/")


def test_evidence_that_is_due_is_asked_by_schedule_where_the_deployer_wants_it(
    plan: PlanValue, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The host is none that exists, so that nothing is known of it; a second run within a week asks nothing."""
    url = "https://no-hay.invalid/acta"
    read(None, Commitment.objects.get(plan=7, number=1), said(evidence=(Proof(url=url),)))
    monkeypatch.setattr(settings, "ATALAYA_HOME", tmp_path)
    monkeypatch.setattr(links, "due", lambda now: [url] if url in real_due(now) else [])
    monkeypatch.setattr(settings, "ROUNDS_BY_SCHEDULE", False)
    probing.probe_by_schedule()
    assert not EvidenceLink.objects.filter(url=url).exists()
    monkeypatch.setattr(settings, "ROUNDS_BY_SCHEDULE", True)
    probing.probe_by_schedule()
    found = EvidenceLink.objects.get(url=url)
    assert (found.state, found.seen) == ("unknown", None)
    assert found.reason
    assert probing.probe_due() == (0, {})
    found.delete()
