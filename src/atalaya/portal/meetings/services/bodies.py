"""What changes bodies and their members, and how those of a country pack come in."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from atalaya.commitments import bodies, sessions
from atalaya.commitments.bodies import ENDS, KINDS, QUORUM_RULES, SEATS, SECTORS
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.meetings.models import Body, Member, Session
from atalaya.portal.meetings.stored import store_body, store_session
from atalaya.portal.observatory.models import Institution


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a body says of itself."""

    name: str
    kind: str
    purpose: str = ""
    legal_basis: str = ""
    note: str = ""
    plan: int | None = None
    meets_every_months: int | None = None
    quorum: str = ""
    quorum_count: int | None = None
    rules_url: str = ""
    secretariat_institution: str = ""
    secretariat_organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """Who is to sit in a body."""

    name: str
    sector: str
    seat: str = bodies.MEMBER
    post: str = ""
    institution: str = ""
    since: date | None = None
    source: str = ""


def begin(packed: Iterable[bodies.Body], held: Iterable[sessions.Session]) -> list[str]:
    """Bring in the bodies and sessions of a country pack that the portal does not hold yet; gives the ids of the sessions.

    What the portal holds is what people made of it, and stays. A body without a name was made for a session that names it, and is
    filled in. Sessions about a plan that is not there are left out.
    """
    with transaction.atomic():
        named = set(Body.objects.exclude(name="").values_list("pk", flat=True))
        for body in packed:
            if body.id not in named:
                store_body(body)
        there = set(Session.objects.values_list("pk", flat=True))
        new = [session for session in held if session.id not in there]
        for session in new:
            store_session(session)
    return [session.id for session in new]


def found(by: Any, identifier: str, said: Described) -> Body:
    """Make a body. Raises RefusedError where `by` may not, it is there, or what is said of it is not whole."""
    if by is not CONSOLE and not may(by, "meetings.found"):
        raise RefusedError("only analysts and administrators make bodies")
    _whole(said)
    with transaction.atomic():
        if Body.objects.filter(pk=identifier).exists():
            raise RefusedError("there is a body with the identifier {said} already; give another one", said=identifier)
        made: Body = Body.objects.create(identifier=identifier, **asdict(said))
    return made


def describe(by: Any, body: Body, said: Described) -> Body:
    """Change what a body says of itself. Raises RefusedError where `by` may not, or it is not whole; only analysts and
    administrators name another secretariat."""
    runs(by, body)
    _whole(said)
    with transaction.atomic():
        row: Body = Body.objects.select_for_update().get(pk=body.pk)
        named = (said.secretariat_institution, said.secretariat_organisation)
        same = (row.secretariat_institution, row.secretariat_organisation) == named
        if not same and by is not CONSOLE and not may(by, "meetings.found"):
            raise RefusedError("only analysts and administrators name the secretariat of a body")
        for name, value in asdict(said).items():
            setattr(row, name, value)
        row.save()
    return row


def seat(by: Any, body: Body, said: Seated) -> Member:
    """Give an institution or organisation a seat. Raises RefusedError where `by` may not, it has one, or is not known."""
    runs(by, body)
    if said.sector not in SECTORS or said.seat not in SEATS:
        raise RefusedError("choose a sector, and member or observer")
    if not said.name.strip():
        raise RefusedError("name the institution or organisation; persons are not named")
    if said.institution and not Institution.objects.filter(id=said.institution).exists():
        raise RefusedError("the register has no institution {said}; its id looks like zz:name", said=said.institution)
    values = {**asdict(said), "name": said.name.strip()}
    try:
        with transaction.atomic():
            made: Member = Member.objects.create(body=body, **values)
    except IntegrityError as error:
        raise RefusedError("{said} has a seat already; end it first to change its term", said=said.name) from error
    return made


def unseat(by: Any, member: Member, on: date, how: str, reason: str = "") -> Member:
    """End a seat on its last day. A member may withdraw itself; every other end is the secretariat's.

    Raises RefusedError where `by` may not, it has ended, the day lies before its first or is to come, or no reason is given for
    a withdrawal or removal.
    """
    if how not in ENDS:
        raise RefusedError("say how the seat ends: {known}", known=", ".join(ENDS))
    own = how == "withdrew" and by is not CONSOLE and may(by, "meetings.speak", member)
    if not own:
        runs(by, member.body)
    if how in ("withdrew", "removed") and not reason.strip():
        raise RefusedError("say why; the page of the body shows it")
    with transaction.atomic():
        row: Member = Member.objects.select_for_update().get(pk=member.pk)
        if row.until is not None:
            raise RefusedError("this seat has ended already")
        if on > timezone.localdate() or (row.since and on < row.since):
            raise RefusedError("the last day lies between the first day of the seat and today")
        row.until, row.ended, row.reason = on, how, reason.strip()
        row.save(update_fields=["until", "ended", "reason"])
    return row


def bodies_of(by: Any) -> list[Body]:
    """The bodies that somebody runs or takes part in; all for analysts and administrators."""
    every = list(Body.objects.all())
    if may(by, "meetings.found"):
        return every
    return [body for body in every if may(by, "meetings.see_drafts", body)]


def members_on(body: Body, day: date, seat: str | None = None) -> list[Member]:
    """Who sits in a body on a day, of one kind of seat where it is given."""
    rows = body.members.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day))
    return list(rows if seat is None else rows.filter(seat=seat))


def runs(by: Any, body: Body) -> None:
    """Raises RefusedError where somebody does not run a body."""
    if by is not CONSOLE and not may(by, "meetings.run", body):
        raise RefusedError("only the secretariat of the body, analysts and administrators do this")


def _whole(said: Described) -> None:
    if not said.name.strip():
        raise RefusedError("give the body a name")
    if said.kind not in KINDS or said.quorum not in QUORUM_RULES:
        raise RefusedError("choose what kind of body it is, and its rule of quorum")
    if said.quorum == "count" and not said.quorum_count:
        raise RefusedError("a quorum by number needs the number of members")
    if said.secretariat_institution and said.secretariat_organisation:
        raise RefusedError("the secretariat is an institution or an organisation, not both")
