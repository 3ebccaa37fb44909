"""The queues of analysts in one page, oldest first, each item taken by one person at a time; and one answer to rule on."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from atalaya.portal.accounts.access import needs
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.observatory.queries import names_of
from atalaya.portal.reports.models import Report
from atalaya.portal.reports.states import RECEIVED, REVIEWED
from atalaya.portal.reviews import awaiting, holding, ruling
from atalaya.portal.reviews.forms import RulingForm
from atalaya.portal.reviews.models import Reply, Ruling
from atalaya.portal.reviews.published import history_of
from atalaya.portal.reviews.rules import visible
from atalaya.portal.reviews.states import DISPUTE, KINDS, NOT_CONCERNED, OUTCOMES, PROPOSED, SENT, STATES

DISPUTES, CONCERNS, REPORTS, MATCHES, PUBLISHERS = (
    "impugnaciones",
    "no-corresponde",
    "problemas",
    "coincidencias",
    "publicadores",
)
QUEUES = {
    DISPUTES: "Disputes",
    CONCERNS: "Duties said not to concern",
    REPORTS: "Reported problems",
    MATCHES: "Matches of duties",
    PUBLISHERS: "Publishers without an institution",
}
"""Queue, as addresses name it → what people read."""

COLUMNS = (
    Column("numero", lambda each: each.pk),
    Column("tipo", lambda each: each.kind),
    Column("estado", lambda each: each.state),
    Column("institucion", lambda each: each.institution),
    Column("asunto", lambda each: each.thing),
    Column("titulo", lambda each: each.title),
    Column("enviado", lambda each: each.sent.isoformat()),
    Column("motivo", lambda each: each.text),
    Column("fundamento", lambda each: each.ground),
    Column("evidencia", lambda each: each.url),
    Column("resolucion", lambda each: each.outcome),
    Column("razon", lambda each: each.why),
)


def queue_of(user: Any, kind: str) -> Any:
    """The answers of a kind that wait for a ruling, oldest first."""
    return visible(user).filter(kind=kind, state__in=(SENT, PROPOSED)).order_by("sent", "id")


@needs("reviews.queues")
def queues(request: HttpRequest) -> HttpResponseBase:
    """Render the counts of all queues and the items of one, or take, release or decide an item of the engine's.

    Where no queue is asked for it is the first that has anything.
    """
    asked = request.GET.get("cola")
    if asked is not None and asked not in QUEUES:
        raise Http404(asked)
    found = awaiting.observation_at(settings.ATALAYA_HOME, request.edition.observation) if request.edition else None
    refused = None
    if request.method == "POST" and found is not None:
        try:
            _decide(request, asked or DISPUTES, found)
        except RefusedError as error:
            refused = spoken(request).t(error.text, **error.values)
        else:
            return redirect(request.get_full_path())
    items = {name: read(request.user, found) for name, read in _READ.items()}
    queue = asked or next((name for name, listed in items.items() if len(listed)), DISPUTES)
    form = wanted_format(request)
    if form and queue in (DISPUTES, CONCERNS):
        return download(form, queue, COLUMNS, items[queue])
    shown = list(items[queue])[: awaiting.MOST]
    keys = [str(getattr(each, "item", None) or each.pk) for each in shown]
    return page(
        request,
        "reviews/queues.html",
        queue=queue,
        queues=QUEUES,
        counts={name: len(listed) for name, listed in items.items()},
        shown=shown,
        holders=holding.holders(_HELD[queue], keys),
        names=names_of(_institutions(shown)),
        states=STATES,
        refused=refused,
        here=found is not None,
        waiting=Ruling.objects.filter(deposited=None).count(),
        me=request.user.pk,
    )


@needs("reviews.queues")
def review_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Render one answer with what was said and ruled, or take a step; 404 where there is none that they may see."""
    reply = visible(request.user).filter(pk=pk, sent__isnull=False, kind__in=OUTCOMES).first()
    if reply is None or not may(request.user, "reviews.see", reply):
        raise Http404(str(pk))
    form, refused = RulingForm(spoken(request), reply.kind, request.POST or None), None
    if request.method == "POST":
        try:
            if _stepped(request, reply, form):
                return redirect("review_reply", pk=reply.pk)
        except RefusedError as error:
            refused = spoken(request).t(error.text, **error.values)
        reply = Reply.objects.get(pk=reply.pk)
    return page(
        request,
        "reviews/review.html",
        reply=reply,
        form=form,
        refused=refused,
        institution=names_of([reply.institution]).get(reply.institution),
        kinds=KINDS,
        states=STATES,
        outcomes=OUTCOMES,
        history=history_of([reply.pk]).get(reply.pk, []),
        holder=holding.holders(holding.REPLIES, [str(reply.pk)]).get(str(reply.pk)),
        me=request.user.pk,
        rules=may(request.user, "reviews.rule", reply),
    )


def _stepped(request: HttpRequest, reply: Reply, form: RulingForm) -> bool:
    """Take the step that was asked for; False where its form is not whole."""
    name, why = request.POST.get("step", ""), request.POST.get("why", "")
    if name == "propose":
        if not form.is_valid():
            return False
        ruling.propose(request.user, reply, form.cleaned_data["outcome"], form.cleaned_data["why"])
    elif name == "confirm":
        ruling.confirm(request.user, reply, request.edition.country)
    elif name == "send_back":
        ruling.send_back(request.user, reply, why)
    elif name == "take" and may(request.user, "reviews.rule", reply):
        holding.take(request.user, holding.REPLIES, str(reply.pk))
    elif name == "release":
        holding.release(request.user, holding.REPLIES, str(reply.pk))
    else:
        raise RefusedError("where this answer stands, that can not be done")
    return True


def _decide(request: HttpRequest, queue: str, found: Any) -> None:
    """Decide an item of the engine's, take it, or let it go."""
    item, why, home = request.POST.get("item", ""), request.POST.get("why", ""), settings.ATALAYA_HOME
    name = request.POST.get("step", "")
    known = {each.item for each in _READ[queue](request.user, found)} if queue in (MATCHES, PUBLISHERS) else set()
    if item not in known:
        raise RefusedError("this waits for nobody any more")
    if name == "take":
        holding.take(request.user, _HELD[queue], item)
    elif name == "release":
        holding.release(request.user, _HELD[queue], item)
    elif queue == MATCHES and name in ("yes", "no"):
        awaiting.rule_on_match(request.user, home, found, item, fulfils=name == "yes", why=why)
    elif queue == PUBLISHERS and name == "attribute":
        awaiting.attribute(request.user, home, found, item, request.POST.get("institution", "").strip(), why)
    else:
        raise RefusedError("choose what is ruled")


def _institutions(shown: list[Any]) -> set[str]:
    own = {each.institution for each in shown if getattr(each, "institution", "")}
    return own.union(*(each.suggested for each in shown if isinstance(each, awaiting.Publisher)))


_HELD = {
    DISPUTES: holding.REPLIES,
    CONCERNS: holding.REPLIES,
    REPORTS: holding.REPORTS,
    MATCHES: holding.MATCHES,
    PUBLISHERS: holding.ATTRIBUTIONS,
}
_READ: dict[str, Callable[[Any, Any], Any]] = {
    DISPUTES: lambda user, _: queue_of(user, DISPUTE),
    CONCERNS: lambda user, _: queue_of(user, NOT_CONCERNED),
    REPORTS: lambda _, __: Report.objects.filter(state__in=(RECEIVED, REVIEWED)).order_by("sent", "id"),
    MATCHES: lambda _, found: awaiting.matches(settings.ATALAYA_HOME, found) if found else [],
    PUBLISHERS: lambda _, found: awaiting.publishers(settings.ATALAYA_HOME, found) if found else [],
}
