"""Who may do what with bodies, sessions, minutes and agreements; nothing half-done, and everything in the trail."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate

from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.accounts.trail import entries
from atalaya.portal.meetings.models import Agreement, AgreementStep, Body, Correction, Minutes, Session
from atalaya.portal.meetings.records import hash_of
from atalaya.portal.meetings.services import agreements, bodies, fulfilments, minutes, sessions
from atalaya.portal.meetings.stored import session_of, stored_sessions

CONSOLE = None
TODAY = localdate()
ONE = {"role": "focal_point", "institution": "zz:uno"}
TWO = {"role": "organisation", "organisation": "Organización Inventada"}


@pytest.fixture
def body(published_portal: str) -> Iterator[Body]:
    """A body of two members with a vote and one observer; everything that a test does to it is undone."""
    with transaction.atomic():
        said = bodies.Described(name="Comité Inventado", kind="users_committee", quorum="more_than_half")
        made = bodies.found(CONSOLE, "comite-inventado", said)
        for values in (
            {"name": "Ministerio Uno", "sector": "government", "institution": "zz:uno"},
            {"name": "Organización Inventada", "sector": "civil_society"},
            {"name": "Universidad Inventada", "sector": "academia", "seat": "observer"},
        ):
            bodies.seat(CONSOLE, made, bodies.Seated(**values, since=date(2026, 1, 1)))
        yield made
        transaction.set_rollback(True)


def called(body: Body, **values: Any) -> Session:
    points = (sessions.Point(text="Informes", commitment=1, milestone="1"), sessions.Point(text="Varios"))
    return sessions.call(CONSOLE, body, sessions.Call(**{"on": TODAY, "plan": 1, "agenda": points, **values}))


def held(body: Body, **values: Any) -> Session:
    return sessions.hold(CONSOLE, called(body, **values))


def member(body: Body, name: str) -> Any:
    return body.members.get(name__startswith=name)


def circulated(body: Body) -> Minutes:
    return minutes.circulate(CONSOLE, minutes.draft(CONSOLE, held(body), "Se dio la bienvenida."))


def test_a_change_of_a_call_gets_a_number_and_no_change_gets_none(body: Body) -> None:
    session = called(body)
    said = sessions.Call(on=TODAY, plan=1, agenda=(sessions.Point(text="Otro"),), starts=time(9), ends=time(11))
    session = sessions.change_call(CONSOLE, session, said)
    assert (session.sequence, [each.text for each in session.agenda.all()]) == (1, ["Otro"])
    assert sessions.change_call(CONSOLE, session, said).sequence == 1
    cancelled = sessions.cancel(CONSOLE, session, "No hay sala")
    assert (cancelled.sequence, cancelled.state) == (2, "cancelled")
    with pytest.raises(RefusedError, match="only a call can be changed"):
        sessions.change_call(CONSOLE, session, said)
    with pytest.raises(RefusedError, match="cannot become"):
        sessions.hold(CONSOLE, session)


def test_two_sessions_of_a_day_have_names_of_their_own(body: Body) -> None:
    assert [called(body).pk, called(body).pk, called(body).pk] == [
        f"comite-inventado-{TODAY}{end}" for end in ("", "-2", "-3")
    ]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"starts": time(9), "ends": time(9)}, "ends after it starts"),
        ({"ends": time(9)}, "ends after it starts"),
        ({"plan": 77}, "no plan 77"),
        ({"agenda": (sessions.Point(text=" "),)}, "says what it is about"),
        ({"agenda": (sessions.Point(text="a", milestone="1"),)}, "names its commitment"),
    ],
)
def test_a_call_that_cannot_be_is_refused(body: Body, values: dict[str, Any], why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        called(body, **values)


def test_a_session_is_not_held_before_its_day(body: Body) -> None:
    with pytest.raises(RefusedError, match="before its day"):
        held(body, on=localdate() + timedelta(days=1))


def test_the_quorum_counts_members_with_a_vote_who_had_a_seat_that_day(body: Body) -> None:
    session = held(body)
    one, two, observer = (member(body, name) for name in ("Ministerio", "Organización", "Universidad"))
    sessions.attend(CONSOLE, session, {one.pk: "present", two.pk: "excused", observer.pk: "present"})
    told = sessions.quorum_of(session)
    assert (told.members, told.present, told.needed, told.reached) == (2, 1, 2, False)
    sessions.attend(CONSOLE, session, {two.pk: "present", observer.pk: ""})
    assert sessions.quorum_of(Session.objects.get(pk=session.pk)).reached is True
    assert session.attendance.count() == 2
    late = bodies.seat(CONSOLE, body, bodies.Seated(name="Tarde", sector="private", since=TODAY + timedelta(days=1)))
    with pytest.raises(RefusedError, match="no seat"):
        sessions.attend(CONSOLE, session, {late.pk: "present"})


def test_reports_go_into_the_matrix_and_come_out_again(body: Body) -> None:
    session = held(body)
    sessions.report(CONSOLE, session, "Ministerio Uno", 1, ["1", "1.2", " "], "Va bien")
    sessions.report(CONSOLE, session, "Ministerio Uno", 1, ["2"], "Va mejor")
    told = next(each for each in stored_sessions(1) if each.id == session.pk)
    assert [(each.commitment, each.milestones) for each in told.reports] == [(1, ("1", "2"))]
    assert [each.said for each in session.reports.all()] == ["Va bien", "Va mejor"]
    sessions.take_report_out(CONSOLE, session.reports.get(milestone="2"))
    assert session_of(Session.objects.get(pk=session.pk)).reports[0].milestones == ("1",)


@pytest.mark.parametrize(
    ("commitment", "milestones", "why"), [(77, [], "no commitment 77"), (1, ["99"], "no milestone 99")]
)
def test_a_report_about_what_is_not_there_is_refused(
    body: Body, commitment: int, milestones: list[str], why: str
) -> None:
    with pytest.raises(RefusedError, match=why):
        sessions.report(CONSOLE, held(body), "Ministerio Uno", commitment, milestones)


def test_a_member_reports_for_itself_and_for_nobody_else(body: Body, new_person: Callable[..., Any]) -> None:
    somebody, session = new_person(ONE), held(body)
    assert sessions.own_names(somebody, body) == ["Ministerio Uno"]
    sessions.report(somebody, session, "ministerio uno", 1, ["1"])
    with pytest.raises(RefusedError, match="only the secretariat"):
        sessions.report(somebody, session, "Organización Inventada", 1, ["1"])
    with pytest.raises(RefusedError, match="only the secretariat"):
        sessions.attend(somebody, session, {})


def test_minutes_go_from_draft_to_approved_and_then_stay(body: Body, new_person: Callable[..., Any]) -> None:
    found, one, two = circulated(body), new_person(ONE), new_person(TWO)
    seat, other = member(body, "Ministerio"), member(body, "Organización")
    amendment = minutes.propose(two, found, other, "Se dio la bienvenida y se leyó la agenda.")
    with pytest.raises(RefusedError, match="not decided yet"):
        minutes.approve(one, found, seat)
    minutes.decide(CONSOLE, amendment, "accepted")
    found = minutes.write(CONSOLE, found, "Se dio la bienvenida y se leyó la agenda.")
    assert minutes.approve(one, found, seat).state == "circulated"
    with pytest.raises(RefusedError, match="another one has to"):
        minutes.approve(one, found, seat)
    found = minutes.approve(two, found, other)
    assert (found.state, found.sha256) == ("approved", hash_of(found))
    for refused in (
        lambda: minutes.write(CONSOLE, found, "Otra cosa"),
        lambda: minutes.draft(CONSOLE, found.session),
        lambda: sessions.report(CONSOLE, found.session, "Ministerio Uno", 1, ["1"]),
        lambda: agreements.agree(CONSOLE, found.session, agreements.Agreed(text="Algo")),
    ):
        with pytest.raises(RefusedError, match="correction"):
            refused()
    made = minutes.correct(CONSOLE, found, "La fecha", "Se escribió mal")
    for statement in (
        f"UPDATE meetings_minutes SET text = 'x' WHERE id = {found.pk}",
        f"DELETE FROM meetings_minutes WHERE id = {found.pk}",
        f"UPDATE meetings_correction SET text = 'x' WHERE id = {made.pk}",
    ):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_change_of_the_text_takes_approvals_away(body: Body, new_person: Callable[..., Any]) -> None:
    found = circulated(body)
    minutes.approve(new_person(ONE), found, member(body, "Ministerio"))
    minutes.write(CONSOLE, found, "Otro texto")
    assert found.approvals.count() == 0


def test_minutes_of_a_record_that_changed_since_are_not_approved(body: Body, new_person: Callable[..., Any]) -> None:
    found = circulated(body)
    sessions.report(CONSOLE, found.session, "Ministerio Uno", 1, ["1"])
    with pytest.raises(RefusedError, match="record of the session changed"):
        minutes.approve(new_person(ONE), found, member(body, "Ministerio"))


def test_one_account_does_not_approve_for_two_members(body: Body, new_person: Callable[..., Any]) -> None:
    from atalaya.portal.accounts import services  # noqa: PLC0415 - models come with Django

    found, somebody = circulated(body), new_person(ONE)
    services.grant(services.CONSOLE, somebody, services.Grant(**TWO))
    minutes.approve(somebody, found, member(body, "Ministerio"))
    with pytest.raises(RefusedError, match="another one has to"):
        minutes.approve(somebody, found, member(body, "Organización"))


def test_a_later_session_approves_minutes_and_an_earlier_or_strange_one_does_not(body: Body) -> None:
    found = minutes.circulate(CONSOLE, minutes.draft(CONSOLE, held(body, on=TODAY - timedelta(days=30))))
    earlier, later = held(body, on=TODAY - timedelta(days=60)), held(body)
    strange = Session.objects.get(pk="mesa-2025-11-20")
    for wrong in (earlier, strange, found.session, called(body)):
        with pytest.raises(RefusedError, match="later session"):
            minutes.approve_in(CONSOLE, found, wrong)
    assert minutes.approve_in(CONSOLE, found, later).approved_in == later


def test_only_members_with_a_vote_amend_and_only_for_themselves(body: Body, new_person: Callable[..., Any]) -> None:
    found, somebody = circulated(body), new_person(ONE)
    with pytest.raises(RefusedError, match="do not speak"):
        minutes.propose(somebody, found, member(body, "Organización"), "Algo")
    with pytest.raises(RefusedError, match="with a vote"):
        minutes.propose(CONSOLE, found, member(body, "Universidad"), "Algo")
    amendment = minutes.propose(somebody, found, member(body, "Ministerio"), "Algo")
    with pytest.raises(RefusedError, match="say why"):
        minutes.decide(CONSOLE, amendment, "rejected")
    assert minutes.decide(somebody, amendment, "withdrawn").state == "withdrawn"
    with pytest.raises(RefusedError, match="already"):
        minutes.decide(CONSOLE, amendment, "accepted")


def test_an_agreement_is_late_after_its_term_and_closed_with_evidence(
    body: Body, new_person: Callable[..., Any]
) -> None:
    session = held(body, on=date(2026, 2, 1))
    said = agreements.Agreed(text="Publicar el padrón", member=member(body, "Ministerio"), due="2026-03")
    made = agreements.agree(CONSOLE, session, said)
    assert agreements.tracked(made, date(2026, 3, 31)).days_late == 0
    assert agreements.tracked(made, date(2026, 4, 2)).days_late == 2
    responsible = new_person(ONE)
    with pytest.raises(RefusedError, match="where it can be seen"):
        agreements.tell(responsible, made, "done")
    with pytest.raises(RefusedError, match="only the secretariat"):
        agreements.tell(responsible, made, "dropped", "No se puede")
    with pytest.raises(RefusedError, match="only the secretariat"):
        agreements.tell(new_person(TWO), made, "open", "Va")
    agreements.tell(responsible, made, "open", "Falta poco")
    agreements.tell(responsible, made, "done", evidence="https://sitio.example/padron")
    told = agreements.tracked(Agreement.objects.get(pk=made.pk), date(2026, 9, 1))
    assert (told.state, told.days_late, told.responsible) == ("done", 0, "Ministerio Uno")
    with pytest.raises(RefusedError, match="cannot become"):
        agreements.tell(CONSOLE, made, "dropped", "No")
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        AgreementStep.objects.filter(agreement=made).delete()


def test_a_term_that_is_no_date_is_refused(body: Body) -> None:
    with pytest.raises(RefusedError, match="write a date"):
        agreements.agree(CONSOLE, held(body), agreements.Agreed(text="Algo", due="pronto"))


def test_a_member_withdraws_itself_with_a_reason_and_its_seat_stays_to_be_seen(
    body: Body, new_person: Callable[..., Any]
) -> None:
    somebody, seat = new_person(TWO), member(body, "Organización")
    with pytest.raises(RefusedError, match="say why"):
        bodies.unseat(somebody, seat, TODAY, "withdrew")
    with pytest.raises(RefusedError, match="only the secretariat"):
        bodies.unseat(somebody, seat, TODAY, "replaced", "x")
    with pytest.raises(RefusedError, match="between"):
        bodies.unseat(CONSOLE, seat, date(2025, 12, 31), "term_ended")
    assert bodies.unseat(somebody, seat, TODAY, "withdrew", "Nadie respondió").until == TODAY
    assert bodies.seat(CONSOLE, body, bodies.Seated(name=seat.name, sector="civil_society")).pk != seat.pk
    with pytest.raises(RefusedError, match="has a seat already"):
        bodies.seat(CONSOLE, body, bodies.Seated(name=seat.name, sector="civil_society"))


def test_the_named_secretariat_runs_the_body_and_names_no_other(body: Body, new_person: Callable[..., Any]) -> None:
    somebody = new_person(ONE)
    with pytest.raises(RefusedError, match="only the secretariat"):
        sessions.call(somebody, body, sessions.Call(on=TODAY))
    said = bodies.Described(name="Comité", kind="other", secretariat_institution="zz:uno")
    body = bodies.describe(CONSOLE, body, said)
    assert sessions.call(somebody, body, sessions.Call(on=TODAY)).state == "called"
    other = bodies.Described(name="Comité", kind="other", secretariat_organisation="Otra")
    with pytest.raises(RefusedError, match="name the secretariat"):
        bodies.describe(somebody, body, other)


def test_a_stranger_changes_nothing(body: Body, new_person: Callable[..., Any]) -> None:
    somebody, found = new_person(), circulated(body)
    session = found.session
    for act in (
        lambda: bodies.found(somebody, "x", bodies.Described(name="x", kind="other")),
        lambda: bodies.seat(somebody, body, bodies.Seated(name="x", sector="other")),
        lambda: sessions.call(somebody, body, sessions.Call(on=TODAY)),
        lambda: sessions.attend(somebody, session, {}),
        lambda: minutes.draft(somebody, session),
        lambda: minutes.write(somebody, found, "x"),
        lambda: minutes.propose(somebody, found, member(body, "Ministerio"), "x"),
        lambda: minutes.approve(somebody, found, member(body, "Ministerio")),
        lambda: agreements.agree(somebody, session, agreements.Agreed(text="x")),
        lambda: fulfilments.record(somebody, "website", TODAY, "x", "https://sitio.example/"),
    ):
        with pytest.raises(RefusedError):
            act()


def test_what_was_recorded_fulfils_a_duty_of_membership(body: Body) -> None:
    from atalaya.portal.meetings.compliance import panel  # noqa: PLC0415 - models come with Django

    fulfilments.record(CONSOLE, "website", TODAY, "Sitio", "https://sitio.example/")
    with pytest.raises(RefusedError, match="recorded already"):
        fulfilments.record(CONSOLE, "website", TODAY, "Sitio", "https://sitio.example/")
    with pytest.raises(RefusedError, match="no duty forum_meets"):
        fulfilments.record(CONSOLE, "forum_meets", TODAY, "Sesión", "https://sitio.example/")
    assert {each.duty.id: each.state for each in panel(TODAY)}["website"] == "met"


def test_the_pack_does_not_overwrite_what_people_made(body: Body) -> None:
    from atalaya.commitments import bodies as words  # noqa: PLC0415
    from atalaya.commitments.sessions import Session as Told  # noqa: PLC0415

    told = Told(id="nueva-1", on=TODAY, body="comite-inventado", agreements=("Uno", "Dos"))
    packed = [words.Body(id="comite-inventado", name="Otro", kind="other")]
    assert bodies.begin(packed, [told]) == ["nueva-1"]
    assert bodies.begin(packed, [told]) == []
    assert Body.objects.get(pk="comite-inventado").name == "Comité Inventado"
    assert session_of(Session.objects.get(pk="nueva-1")) == told


def test_every_way_of_changing_is_in_the_trail(body: Body) -> None:
    session = held(body)
    Session.objects.filter(pk=session.pk).update(place="en bloque")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_session SET place = 'por SQL' WHERE identifier = %s", (session.pk,))
    told = [entry for entry in entries("meetings.session") if entry.row == session.pk]
    assert [entry.values["place"] for entry in told][:2] == ["por SQL", "en bloque"]
    assert [entry.label for entry in told] == ["changed", "changed", "changed", "added"]
    assert Correction.objects.count() == 0


def test_followers_are_told_of_calls_moves_cancellations_and_approved_minutes(body: Body) -> None:
    from atalaya.portal.post.models import Event  # noqa: PLC0415 - models come with Django

    session = called(body, on=TODAY + timedelta(days=3))
    later = sessions.Call(on=TODAY + timedelta(days=5), plan=1)
    sessions.change_call(CONSOLE, session, sessions.Call(on=session.on, plan=1, place="Otra sala"))
    sessions.cancel(CONSOLE, sessions.change_call(CONSOLE, session, later), "No hay sala")
    found = minutes.circulate(CONSOLE, minutes.draft(CONSOLE, held(body, on=TODAY - timedelta(days=1))))
    minutes.approve_in(CONSOLE, found, held(body))
    for subject in (f"organo:{body.pk}", "mesa:1"):
        told = Event.objects.filter(subject=subject, values__link__icontains=body.pk).order_by("pk")
        assert [(each.name, each.values["day"]) for each in told] == [
            ("session_called", str(TODAY + timedelta(days=3))),
            ("session_called", str(TODAY + timedelta(days=5))),
            ("session_cancelled", str(TODAY + timedelta(days=5))),
            ("session_called", str(TODAY - timedelta(days=1))),
            ("session", str(TODAY - timedelta(days=1))),
            ("session_called", str(TODAY)),
            ("session", str(TODAY)),
            ("minutes", str(TODAY - timedelta(days=1))),
        ]
