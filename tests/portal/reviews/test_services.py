"""Answers of institutions: who may give which, what they must hold, and that the database itself writes down every change."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from atalaya.portal.accounts.services import CONSOLE, Grant, RefusedError, grant
from atalaya.portal.observatory.models import DutyVerdict, Finding
from atalaya.portal.post.models import Letter
from atalaya.portal.reviews import holding, looking, ruling, services
from atalaya.portal.reviews.models import Reply, Ruling
from atalaya.portal.reviews.services import Said, is_address
from atalaya.portal.reviews.states import FIRST, KINDS, MOVES, OPEN, OUTCOMES, STATES, moves_from
from atalaya.portal.reviews.things import duty_thing
from tests.portal.reviews.making import REASON, WHY, a_finding, disputed, drafted, ruled, say


def test_every_state_can_be_reached_and_left_or_is_an_end() -> None:
    for kind, first in FIRST.items():
        reached, left = {first}, {first}
        while left:
            for each in moves_from(kind, left.pop()):
                left |= {each.after} - reached
                reached.add(each.after)
        ends = {state for state in reached if not moves_from(kind, state)}
        assert ends, kind
        assert not ends & set(OPEN), kind
    assert {m.after for m in MOVES} | set(FIRST.values()) == set(STATES)
    assert {kind for m in MOVES for kind in m.kinds} == set(KINDS)


def test_two_analysts_rule_and_neither_is_the_same(focal: Any, analysts: list[Any]) -> None:
    first, second, third = analysts
    reply = disputed(focal)
    proposed = ruling.propose(first, reply, "unknown", WHY)
    for name in ("confirm", "send_back"):
        with pytest.raises(RefusedError, match="another analyst"):
            getattr(ruling, name)(first, proposed, "zz" if name == "confirm" else WHY)
    back = ruling.send_back(second, proposed, "Falta decir qué archivo se vio.")
    assert (back.state, back.outcome, back.why, back.proposed_by) == ("sent", "", "", None)
    again = ruling.propose(second, back, "stands", WHY)
    done = ruling.confirm(third, again, "zz")
    assert (done.state, done.outcome) == ("ruled", "stands")
    with pytest.raises(RefusedError, match="where this answer stands"):
        ruling.propose(first, done, "unknown", WHY)


def test_nobody_rules_on_what_concerns_them(
    focal: Any, other: Any, analysts: list[Any], new_person: Callable[..., Any]
) -> None:
    reply = disputed(focal)
    both = analysts[0]
    grant(CONSOLE, both, Grant(role="focal_point", institution="zz:uno"))
    ended = new_person({"role": "analyst"}, second_step=False)
    author = focal
    grant(CONSOLE, author, Grant(role="analyst"))
    author.memberships.filter(role="focal_point").update(until=timezone.now())
    for nobody in (both, ended, author, other, new_person({"role": "administrator"})):
        with pytest.raises(RefusedError, match="only analysts rule"):
            ruling.propose(nobody, reply, "unknown", WHY)
    assert Reply.objects.get(pk=reply.pk).state == "sent"


def test_the_database_holds_that_two_are_two(focal: Any, analysts: list[Any]) -> None:
    reply = ruled(focal, *analysts[:2])
    with pytest.raises(IntegrityError, match="reply_is_ruled_by_two"), transaction.atomic():
        Reply.objects.filter(pk=reply.pk).update(decided_by=reply.proposed_by)
    with pytest.raises(IntegrityError, match="reply_ruled_has_an_outcome"), transaction.atomic():
        Reply.objects.filter(pk=reply.pk).update(outcome="accepted")


def test_an_item_is_taken_by_one_at_a_time_and_lapses(focal: Any, analysts: list[Any]) -> None:
    first, second = analysts[:2]
    reply = disputed(focal)
    held = holding.take(first, holding.REPLIES, str(reply.pk))
    with pytest.raises(RefusedError, match="somebody else has taken this"):
        ruling.propose(second, reply, "unknown", WHY)
    holding.release(second, holding.REPLIES, str(reply.pk))
    assert holding.holders(holding.REPLIES, [str(reply.pk)]) == {str(reply.pk): first.pk}
    type(held).objects.filter(pk=held.pk).update(since=timezone.now() - holding.LAPSES - timedelta(minutes=1))
    assert holding.holders(holding.REPLIES, [str(reply.pk)]) == {}
    assert ruling.propose(second, reply, "unknown", WHY).state == "proposed"
    assert holding.holders(holding.REPLIES, [str(reply.pk)]) == {}


def test_a_draft_is_changed_and_sent_whole_and_there_is_one(focal: Any) -> None:
    thing = a_finding()
    draft = drafted(focal, thing, text="corto")
    assert drafted(focal, thing, text="otro").pk == draft.pk
    with pytest.raises(RefusedError, match="write the reason first"):
        services.step(focal, draft, "send")
    assert Reply.objects.get(pk=draft.pk).state == "draft"
    sent = services.step(focal, drafted(focal, thing), "send")
    assert sent.pk == draft.pk
    with pytest.raises(RefusedError, match="it was sent already"):
        drafted(focal, thing)
    services.step(focal, sent, "take_back")
    assert drafted(focal, thing).pk != draft.pk


def test_what_was_ruled_is_not_disputed_again_as_it_is(focal: Any, analysts: list[Any]) -> None:
    reply = ruled(focal, *analysts[:2], outcome="stands")
    thing = next(t for t in iter(a_finding, None) if t.id == reply.thing)
    with pytest.raises(RefusedError, match="was ruled on already"):
        drafted(focal, thing)


def test_an_institution_says_until_when_and_asks_again(focal: Any) -> None:
    thing, today = a_finding(), timezone.localdate()
    for day in (None, today - timedelta(days=1), today + timedelta(days=400)):
        with pytest.raises(RefusedError, match="say until which day"):
            services.claim(focal, thing, day)
    claimed = services.claim(focal, thing, today + timedelta(days=5))
    with pytest.raises(RefusedError, match="there is such an answer already"):
        services.claim(focal, thing, today)
    assert services.step(focal, claimed, "give_up").state == "withdrawn"
    asked = services.ask_again(focal, thing)
    assert list(looking.waiting()) == [asked]
    looking.start(asked.pk)
    with pytest.raises(RefusedError, match="no verdict"):
        looking.finish(asked.pk, "maybe", "zz-2")
    done = looking.finish(asked.pk, "pass", "zz-recheck-1")
    assert (done.state, done.outcome, done.seen_in) == ("done", "pass", "zz-recheck-1")
    with pytest.raises(RefusedError, match="is done already"):
        looking.fail(asked.pk, "no network")
    assert not looking.waiting()


def test_nobody_asks_to_look_again_without_end(focal: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "RECHECKS", 1)
    services.ask_again(focal, a_finding())
    with pytest.raises(RefusedError, match="may ask 1 times"):
        services.ask_again(focal, a_finding())


def test_a_duty_is_none_of_theirs_only_with_a_ground_and_where_nothing_is_published(
    new_person: Callable[..., Any], missing_duty: DutyVerdict
) -> None:
    row = missing_duty
    focal = new_person({"role": "focal_point", "institution": row.institution})
    thing = duty_thing(row.institution, row.duty, say())
    with pytest.raises(RefusedError, match="only findings are disputed"):
        services.dispute(focal, thing, Said(text=REASON))
    with pytest.raises(RefusedError, match="dispute the finding"):
        services.not_concerned(focal, a_finding(), Said(text=REASON))
    draft = services.not_concerned(focal, thing, Said(text=REASON))
    with pytest.raises(RefusedError, match="name the law and article"):
        services.step(focal, draft, "send")
    services.not_concerned(focal, thing, Said(text=REASON, ground="Ley inventada, artículo 3"))
    assert services.step(focal, draft, "send").state == "sent"
    other = DutyVerdict.objects.filter(institution=row.institution, standing="justified", period="").first()
    assert duty_thing(row.institution, other.duty, say()) is None
    assert duty_thing(row.institution, "none", say()) is None
    assert duty_thing("zz:tres", row.duty, say()) is None


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://a.example/",
        "https://",
        "//a.example",
        "https://u:p@a.example/",
        "http://a b/",
        "x" * 5000,
    ],
)
def test_what_is_no_address_is_no_evidence(focal: Any, address: str) -> None:
    assert not is_address(address)
    with pytest.raises(RefusedError, match="is no address"):
        drafted(focal, url=address)


def test_every_change_is_in_the_trail_through_the_orm_and_through_sql(focal: Any, analysts: list[Any]) -> None:
    reply = ruled(focal, *analysts[:2])
    events: Any = apps.get_model("reviews", "ReplyEvent").objects.filter(pgh_obj_id=reply.pk).order_by("pgh_id")
    assert [(e.pgh_label, e.state) for e in events] == [
        ("added", "draft"),
        ("changed", "sent"),
        ("changed", "proposed"),
        ("changed", "ruled"),
    ]
    Reply.objects.filter(pk=reply.pk).update(title="Otro")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_reply SET title = 'Por SQL' WHERE id = %s", (reply.pk,))
    assert [e.title for e in events.all()][-2:] == ["Otro", "Por SQL"]
    letters = Letter.objects.filter(kind="answer_ruled", account=focal)
    assert [each.key for each in letters] == [f"answer-ruled:{reply.pk}"]
    for table in ("RulingEvent", "HoldEvent"):
        assert apps.get_model("reviews", table).objects.exists()


def test_a_ruling_that_could_not_be_handed_on_waits(
    focal: Any, analysts: list[Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> bool:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(ruling, "deposit", full)
        reply = ruled(focal, *analysts[:2])
    assert "no space left" in caplog.text
    row = Ruling.objects.get(reply=reply)
    assert (row.deposited, row.subject, row.ruling["verdict"]) == (None, reply.thing, "unknown")
    from_now = ruling.deposit_rulings(ruling.settings.ATALAYA_HOME)
    assert (from_now, ruling.deposit_rulings(ruling.settings.ATALAYA_HOME)) == (1, 0)
    assert not Ruling.objects.filter(deposited=None).exists()


def test_only_what_is_upheld_reaches_the_engine(focal: Any, analysts: list[Any]) -> None:
    made = {name: ruled(focal, *analysts[:2], outcome=name) for name in OUTCOMES["dispute"]}
    kept = {row.subject: row.ruling for row in Ruling.objects.all()}
    assert set(kept) == {reply.thing for name, reply in made.items() if name != "stands"}
    for name, reply in made.items():
        if name != "stands":
            found = Finding.objects.get(id=reply.thing)
            assert kept[reply.thing] == {
                "verdict": name,
                "check": found.check_id,
                "version": str(found.check_version),
                "subject": found.subject,
                "reason": found.reason,
                "observation": reply.observation,
            }
