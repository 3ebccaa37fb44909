"""The minutes of a session, for those who write, amend and approve them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.meetings.forms import LONG, AmendmentForm, CorrectionForm
from atalaya.portal.meetings.marks import words_of
from atalaya.portal.meetings.models import Amendment, Member, Minutes, Session
from atalaya.portal.meetings.rules import seats_of
from atalaya.portal.meetings.services import minutes as services
from atalaya.portal.meetings.states import HELD
from atalaya.portal.meetings.views.desk import as_key, attempt, with_session
from atalaya.publish.words import Words


@with_session("meetings.see_drafts")
def desk_minutes(request: HttpRequest, session: Session) -> HttpResponse:
    """Render minutes as they stand, with what may be done: draft, write, circulate, amend, decide, approve, correct."""
    say, act = spoken(request), request.POST.get("act", "")
    minutes: Minutes | None = getattr(session, "minutes", None)
    seats = seats_of(request.user, session.body)
    amending = AmendmentForm(say, request.POST if act == "propose" else None)
    amending.fields["member"].choices = [(str(each.pk), each.name) for each in seats]
    correcting = CorrectionForm(say, request.POST if act == "correct" else None)
    refused = None
    if act:
        refused = _done(request, say, session, minutes, (amending, correcting))
        if refused is None:
            return redirect("desk_minutes", identifier=session.pk)
    later = session.body.sessions.filter(state=HELD, on__gte=session.on).exclude(pk=session.pk)
    return page(
        request,
        "meetings/desk_minutes.html",
        session=session,
        minutes=minutes,
        runs=may(request.user, "meetings.run", session.body),
        seats=seats,
        later=list(later),
        amending=amending,
        correcting=correcting,
        refused=refused,
        **words_of(request),
    )


def _done(
    request: HttpRequest,
    say: Words,
    session: Session,
    minutes: Minutes | None,
    forms: tuple[AmendmentForm, CorrectionForm],
) -> str | None:
    """Do what was asked; None where it was done, else what refused it."""
    by, sent = request.user, request.POST
    amending, correcting = forms
    act, text = sent.get("act", ""), sent.get("text", "").replace("\r\n", "\n")[:LONG]
    if act == "draft":
        return attempt(say, None, lambda: services.draft(by, session, text or (minutes.text if minutes else "")))
    acts: dict[str, Callable[[Minutes], object]] = {
        "circulate": lambda found: services.circulate(by, found),
        "write": lambda found: services.write(by, found, text),
        "approve": lambda found: services.approve(by, found, _member(session, sent.get("member"))),
        "approve_in": lambda found: services.approve_in(by, found, _later(session, sent.get("later"))),
        "decide": lambda found: services.decide(
            by, _amendment(found, sent.get("amendment")), sent.get("state", ""), sent.get("answer", "")[:LONG]
        ),
    }
    if minutes is None:
        return str(say.t("draft the minutes first"))
    if act == "propose" and amending.is_valid():
        said = amending.cleaned_data
        acts[act] = lambda found: services.propose(
            by, found, _member(session, said["member"]), said["text"], said["passage"]
        )
    if act == "correct" and correcting.is_valid():
        told = correcting.cleaned_data
        acts[act] = lambda found: services.correct(by, found, told["text"], told["why"])
    wanted = acts.get(act)
    if wanted is None:
        return str(say.t("fill in what is marked"))
    return attempt(say, None, lambda: wanted(minutes))


def _member(session: Session, key: str | None) -> Member:
    row: Member | None = session.body.members.filter(pk=as_key(key)).first()
    if row is None:
        raise RefusedError("choose one that is offered")
    return row


def _later(session: Session, key: str | None) -> Session:
    row: Session | None = session.body.sessions.filter(pk=(key or "")[:100]).first()
    if row is None:
        raise RefusedError("choose one that is offered")
    return row


def _amendment(minutes: Minutes, key: str | None) -> Amendment:
    row: Amendment | None = minutes.amendments.filter(pk=as_key(key)).first()
    if row is None:
        raise RefusedError("choose one that is offered")
    return row
