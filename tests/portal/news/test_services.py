"""Communiqués from draft to withdrawal: who may, what each step does, and that each leaves its trail."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from atalaya.news.communique import COMMITMENT, MILESTONE, Subject, communique_of
from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.accounts.trail import entries
from atalaya.portal.news import services
from atalaya.portal.news.given import Given, attachments_of, subjects_of
from atalaya.portal.news.hours import moment_of, zones_of
from atalaya.portal.news.models import Communique, Correction
from atalaya.portal.news.shown import public
from atalaya.portal.post.models import Event
from tests.portal.conftest import ANNOUNCED, ROLES

GIVEN = Given(
    issuer="zz:uno",
    on=date(2026, 5, 22),
    title="Una política  nueva",
    body="<p>Se <b>acordó</b> actualizarla.</p>",
    tags=("#datos", " "),
)


@pytest.fixture(autouse=True)
def undone(published_portal: str) -> Iterator[None]:
    """What a test does is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_a_draft_is_cleaned_kept_and_seen_by_nobody() -> None:
    row, fit = services.write(CONSOLE, GIVEN)
    assert (row.slug, row.state, row.body, row.tags) == (
        "2026-05-22-una-politica-nueva",
        "draft",
        "Se **acordó** actualizarla.\n",
        ["datos"],
    )
    assert not public().filter(pk=row.pk).exists()
    again, _ = services.write(CONSOLE, GIVEN)
    assert again.slug == "2026-05-22-una-politica-nueva-2"
    assert fit.left_out == {}


def test_what_is_scheduled_is_public_at_its_hour_whether_or_not_anything_ran(monkeypatch: pytest.MonkeyPatch) -> None:
    row, _ = services.write(CONSOLE, GIVEN)
    hour = timezone.now() + timedelta(hours=2)
    row = services.schedule(CONSOLE, row, hour)
    assert not public().filter(pk=row.pk).exists()
    at(hour - timedelta(seconds=1), monkeypatch)
    assert not public().filter(pk=row.pk).exists()
    at(hour, monkeypatch)
    assert public().filter(pk=row.pk).exists()
    assert row.stands(hour) == "published"
    with pytest.raises(RefusedError, match="stands otherwise"):
        services.unschedule(CONSOLE, row)
    with pytest.raises(RefusedError, match="correct it instead"):
        services.write(CONSOLE, GIVEN, row)
    assert [each.pk for each in services.settle()] == [row.pk]
    assert services.settle() == []
    row.refresh_from_db()
    assert (row.state, row.published) == ("published", hour)


@pytest.mark.parametrize("hours", [-1, 24 * 400])
def test_an_hour_that_is_past_or_too_far_is_refused(hours: int) -> None:
    row, _ = services.write(CONSOLE, GIVEN)
    with pytest.raises(RefusedError, match="hour that is to come"):
        services.schedule(CONSOLE, row, timezone.now() + timedelta(hours=hours))


@pytest.mark.parametrize("how", ["now", "settled", "corrected"])
def test_followers_are_told_once_whichever_way_it_became_public(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = replace(GIVEN, about=(Subject("milestone", "1/1/1"), Subject("session", "mesa-2025-11-20")))
    row, _ = services.write(CONSOLE, given)
    before = set(Event.objects.values_list("pk", flat=True))
    if how == "now":
        services.publish(CONSOLE, row)
    else:
        hour = timezone.now() + timedelta(hours=1)
        services.schedule(CONSOLE, row, hour)
        assert set(Event.objects.values_list("pk", flat=True)) == before
        at(hour, monkeypatch)
        if how == "corrected":
            services.correct(CONSOLE, row, replace(given, title="Otro título"), "era otro")
        services.settle()
    services.settle()
    told = Event.objects.exclude(pk__in=before).values_list("subject", "name")
    subjects = ["comunicados:todos", "compromiso:1-1", "institucion:zz:uno", "mesa:1", "plan:1"]
    assert sorted(told) == sorted((each, "communique") for each in subjects)


def test_a_correction_keeps_what_was_said_and_why() -> None:
    row = services.publish(CONSOLE, services.write(CONSOLE, GIVEN)[0])
    changed = replace(GIVEN, body="Se acordó cambiarla.", about=(Subject(COMMITMENT, "1/1"),))
    with pytest.raises(RefusedError, match="say why"):
        services.correct(CONSOLE, row, changed, " ")
    with pytest.raises(RefusedError, match="nothing differs"):
        services.correct(CONSOLE, row, GIVEN, "por nada")
    with pytest.raises(RefusedError, match="who issued"):
        services.correct(CONSOLE, row, replace(changed, issuer="zz:dos"), "otra")
    made = services.correct(CONSOLE, row, changed, "faltaba una palabra")
    assert made.before == {"body": "Se **acordó** actualizarla.\n", "about": []}
    row.refresh_from_db()
    assert (row.body, row.state, row.slug) == ("Se acordó cambiarla.\n", "published", "2026-05-22-una-politica-nueva")
    assert [(each.kind, each.key) for each in row.about.all()] == [("commitment", "1/1")]


def test_what_is_withdrawn_says_why_and_stays() -> None:
    row = services.publish(CONSOLE, services.write(CONSOLE, GIVEN)[0])
    with pytest.raises(RefusedError, match="say why"):
        services.withdraw(CONSOLE, row, "")
    row = services.withdraw(CONSOLE, row, "no era cierto", hidden=True)
    assert public().filter(pk=row.pk).exists()
    for step in (services.publish, services.unschedule):
        with pytest.raises(RefusedError):
            step(CONSOLE, row)
    with pytest.raises(RefusedError, match="only what is published"):
        services.correct(CONSOLE, row, replace(GIVEN, body="x"), "y")


def test_only_drafts_are_discarded() -> None:
    row, _ = services.write(CONSOLE, GIVEN)
    services.discard(CONSOLE, row)
    assert not Communique.objects.filter(slug=row.slug).exists()
    kept = services.publish(CONSOLE, services.write(CONSOLE, GIVEN)[0])
    with pytest.raises(RefusedError, match="withdrawn"):
        services.discard(CONSOLE, kept)


@pytest.mark.parametrize(
    ("role", "issuer", "may"),
    [
        ("public", "zz:uno", False),
        ("organisation", "zz:uno", False),
        ("focal_point", "zz:uno", True),
        ("focal_point", "zz:dos", False),
        ("analyst", "zz:dos", True),
        ("administrator", "zz:uno", True),
    ],
)
def test_who_writes_for_whom(new_person: Callable[..., Any], role: str, issuer: str, may: bool) -> None:
    person, row = new_person(ROLES[role]), services.write(CONSOLE, replace(GIVEN, issuer=issuer))[0]
    published = services.publish(CONSOLE, services.write(CONSOLE, replace(GIVEN, issuer=issuer, title="Otra"))[0])
    acts = (
        lambda: services.write(person, replace(GIVEN, issuer=issuer)),
        lambda: services.write(person, replace(GIVEN, issuer=issuer, title="Cambiada"), row),
        lambda: services.schedule(person, row, timezone.now() + timedelta(days=1)),
        lambda: services.unschedule(person, row),
        lambda: services.correct(person, published, replace(GIVEN, issuer=issuer, title="Otra más"), "por qué"),
        lambda: services.withdraw(person, published, "por qué"),
        lambda: services.discard(person, row),
    )
    assert services.writable(person).filter(pk=row.pk).exists() is may
    for act in acts:
        if may:
            act()
        else:
            with pytest.raises(RefusedError, match="only analysts"):
                act()


def test_a_draft_does_not_pass_to_an_institution_that_somebody_does_not_speak_for(
    new_person: Callable[..., Any],
) -> None:
    person, theirs = new_person(ROLES["focal_point"]), services.write(CONSOLE, replace(GIVEN, issuer="zz:dos"))[0]
    own, _ = services.write(person, GIVEN)
    for given, row in ((replace(GIVEN, issuer="zz:dos"), own), (GIVEN, theirs)):
        with pytest.raises(RefusedError, match="only analysts"):
            services.write(person, given, row)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": " "}, "title"),
        ({"body": "<p>&nbsp;</p>"}, "says nothing"),
        ({"body": "palabra " * 10_000}, "60000 at most"),
        ({"body": "<p>" + "x" * 1_000_001}, "too long"),
        ({"issuer": "zz:nadie"}, "no institution"),
        ({"video": "javascript:alert(1)"}, "cannot be linked"),
        ({"attachments": (("Acta", "file:///c:/acta.doc"),)}, "cannot be linked"),
        ({"tags": tuple(map(str, range(61)))}, "at most 60"),
    ],
)
def test_what_cannot_be_is_refused_by_name(given: dict[str, Any], said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        services.write(CONSOLE, replace(GIVEN, **given))


def test_lines_name_what_it_is_about() -> None:
    told = subjects_of("1\n 1/1 \n1/1/1.1\n\nmesa-2025-11-20\nUNO\nzz:dos\n1/6/9")
    assert [(each.kind, each.key) for each in told] == [
        ("plan", "1"),
        ("commitment", "1/1"),
        ("milestone", "1/1/1"),
        ("session", "mesa-2025-11-20"),
        ("institution", "zz:uno"),
        ("institution", "zz:dos"),
        ("milestone", "1/6/9"),
    ]
    for line, said in (
        ("9", "no plan 9"),
        ("1/7", "no commitment 7"),
        ("1/1/77", "no milestone 77"),
        ("nada", "nada is no plan"),
    ):
        with pytest.raises(RefusedError, match=said):
            subjects_of(line)


def test_lines_name_attachments() -> None:
    assert attachments_of("Acta de la sesión https://a.example/1.pdf\nhttps://a.example/2") == (
        ("Acta de la sesión", "https://a.example/1.pdf"),
        ("https://a.example/2", "https://a.example/2"),
    )


def test_what_a_pack_brings_stays_what_people_made_of_it() -> None:
    first = communique_of({**ANNOUNCED, "id": "2025-01-01-otro"}, "zz")
    assert services.begin([first], []) == ["2025-01-01-otro"]
    row = Communique.objects.get(slug="2025-01-01-otro")
    services.correct(CONSOLE, row, Given(issuer=row.issuer, on=row.on, title="Corregido", body=row.body), "otro título")
    assert services.begin([first], []) == []
    row.refresh_from_db()
    assert row.title == "Corregido"
    assert (MILESTONE, "1/1/1") not in {(each.kind, each.key) for each in row.about.all()}


def test_every_change_leaves_its_trail_whichever_way_it_came() -> None:
    row = services.publish(CONSOLE, services.write(CONSOLE, replace(GIVEN, about=(Subject("plan", "1"),)))[0])
    services.correct(CONSOLE, row, replace(GIVEN, title="Otra"), "por qué")
    Communique.objects.filter(pk=row.pk).update(note="al margen")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_communique SET summary = 'directo' WHERE id = %s", [row.pk])
    told = [(each.table, each.label) for each in entries() if each.table.startswith("news.")][:9]
    assert told.count(("news.communique", "changed")) >= 4
    assert {("news.correction", "added"), ("news.about", "added"), ("news.about", "removed")} <= set(told)
    newest = next(each for each in entries("news.communique"))
    assert newest.values["summary"] == "directo"
    assert "stems" not in newest.values


@pytest.mark.parametrize(
    "values",
    [{"state": "otro"}, {"state": "scheduled"}, {"state": "withdrawn", "published": datetime(2026, 1, 1, tzinfo=UTC)}],
)
def test_the_database_refuses_states_that_cannot_be(values: dict[str, Any]) -> None:
    row, _ = services.write(CONSOLE, GIVEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Communique.objects.filter(pk=row.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.create(communique=row, at=timezone.now(), why="", before={})


def test_hours_are_those_of_the_country() -> None:
    assert moment_of(datetime(2026, 5, 22, 8, 0), "America/Guatemala") == datetime(2026, 5, 22, 14, 0, tzinfo=UTC)  # noqa: DTZ001
    assert zones_of("gt") == ("America/Guatemala",)
    assert zones_of("zz") == ("UTC",)
    assert len(zones_of("mx")) > 3
