"""The bodies that follow what was promised, and the page of each: what it is for, who sits in it, who left, its sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponseBase

from atalaya.commitments.bodies import MEMBER, SECTORS, sits
from atalaya.commitments.compliance import Clock, clock
from atalaya.portal.core.days import today
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import daily, of_people, page, published, with_words
from atalaya.portal.meetings.marks import mark, words_of
from atalaya.portal.meetings.models import Body, Member, Session
from atalaya.portal.meetings.states import CALLED, HELD
from atalaya.portal.meetings.views.sessions import COLUMNS as SESSIONS


@dataclass(frozen=True, slots=True)
class Overview:
    """A body with what its line shows: who sits in it today, its last and next session, and its clock where it has one."""

    body: Body
    members: int
    observers: int
    last: Session | None
    following: Session | None
    clock: Clock | None


BODIES = (
    Column("organo", lambda each: each.body.identifier),
    Column("nombre", lambda each: each.body.name),
    Column("clase", lambda each: each.body.kind),
    Column("objeto", lambda each: each.body.purpose),
    Column("base_legal", lambda each: each.body.legal_basis),
    Column("integrantes", lambda each: each.members),
    Column("observadores", lambda each: each.observers),
    Column("ultima_sesion", lambda each: each.last and each.last.on),
    Column("proxima_sesion", lambda each: each.following and each.following.on),
    Column("vence", lambda each: each.clock and each.clock.due),
    Column("situacion", lambda each: each.clock and each.clock.state),
)
MEMBERS = (
    Column("organo", lambda each: each.body_id),
    Column("nombre", lambda each: each.name),
    Column("institucion", lambda each: each.institution),
    Column("sector", lambda each: each.sector),
    Column("asiento", lambda each: each.seat),
    Column("puesto", lambda each: each.post),
    Column("desde", lambda each: each.since),
    Column("hasta", lambda each: each.until),
    Column("como_termino", lambda each: each.ended),
    Column("motivo", lambda each: each.reason),
    Column("fuente", lambda each: each.source),
)


@published
@of_people
@daily
@with_words(mark)
def bodies(request: HttpRequest) -> HttpResponseBase:
    """Render every body, or the list as a file."""
    found = overviews(today())
    form = wanted_format(request)
    if form:
        return download(form, "organos", BODIES, found)
    return page(request, "meetings/bodies.html", found=found, **words_of(request))


@published
@of_people
@daily
@with_words(mark)
def body(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Render a body, or its members of all times or its sessions as a file; 404 where there is none."""
    row = Body.objects.filter(pk=identifier).first()
    if row is None:
        raise Http404(identifier)
    members, held = list(row.members.all()), list(row.sessions.order_by("-on", "-identifier"))
    form = wanted_format(request)
    if form and request.GET.get("lista") == "sesiones":
        return download(form, f"sesiones-{identifier}", SESSIONS, held)
    if form:
        return download(form, f"integrantes-{identifier}", MEMBERS, members)
    now = today()
    seated = [each for each in members if sits(each.since, each.until, now)]
    return page(
        request,
        "meetings/body.html",
        body=row,
        sectors=_by_sector(each for each in seated if each.seat == MEMBER),
        observers=[each for each in seated if each.seat != MEMBER],
        former=sorted(
            (each for each in members if each not in seated), key=lambda each: each.until or now, reverse=True
        ),
        sessions=held,
        clock=_clock(row, held, now),
        **words_of(request),
    )


def overviews(now: date) -> list[Overview]:
    """Every body as it stands on a day."""
    found = []
    for each in Body.objects.prefetch_related("members", "sessions"):
        seated = [member for member in each.members.all() if sits(member.since, member.until, now)]
        sessions = list(each.sessions.all())
        following = [one for one in sessions if one.state == CALLED and one.on >= now]
        held = [one for one in sessions if one.state == HELD]
        found.append(
            Overview(
                each,
                sum(member.seat == MEMBER for member in seated),
                sum(member.seat != MEMBER for member in seated),
                held[-1] if held else None,
                following[0] if following else None,
                _clock(each, sessions, now),
            )
        )
    return found


def _clock(body: Body, sessions: Iterable[Session], now: date) -> Clock | None:
    held = [each.on for each in sessions if each.state == HELD]
    return clock(body.identifier, held, body.meets_every_months, now) if body.meets_every_months else None


def _by_sector(members: Iterable[Member]) -> list[tuple[str, list[Member]]]:
    found: dict[str, list[Member]] = {sector: [] for sector in SECTORS}
    for each in members:
        found[each.sector].append(each)
    return [(sector, seated) for sector, seated in found.items() if seated]
