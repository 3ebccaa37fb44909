"""To write communiqués: the list of one's own, one of them as it will be seen with the steps that it permits, and its form."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from atalaya.news.communique import INSTITUTION
from atalaya.news.markup import read_body
from atalaya.portal.accounts.access import needs, told
from atalaya.portal.accounts.rules import standing
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import country_of, page, spoken
from atalaya.portal.news import services
from atalaya.portal.news.drawn import drawn
from atalaya.portal.news.forms import CommuniqueForm, StepForm, initial
from atalaya.portal.news.hours import moment_of, zones_of
from atalaya.portal.news.models import Communique
from atalaya.portal.news.shown import shown, whole
from atalaya.portal.news.states import DRAFT, PUBLISHED, SCHEDULED, STATES, moves_from
from atalaya.portal.news.views.communique import values
from atalaya.portal.observatory.models import Institution
from atalaya.publish.words import Words

SHOWN = 30

COLUMNS = (
    Column("fecha", lambda each: each.on),
    Column("titulo", lambda each: each.title),
    Column("emisor", lambda each: each.issuer),
    Column("estado", lambda each: each.stands(timezone.now())),
    Column("publicado", lambda each: each.published.isoformat() if each.published else None),
    Column("direccion", lambda each: each.slug),
)

LEFT_OUT = {
    "pictures": "pictures",
    "links": "links that lead nowhere safe",
    "tracking": "marks by which readers are followed, taken off links",
    "hidden": "hidden words",
    "deleted": "words that were struck out",
    "active": "parts that would run, load or ask something",
}
"""What was left out of a pasted text → what people read."""


@needs("news.list")
def desk(request: HttpRequest) -> HttpResponseBase:
    """Render what somebody may write, the newest first, or give it as a file."""
    found, now = services.writable(request.user), timezone.now()
    state = request.GET.get("estado", "")
    if state in STATES:
        due = found.filter(state=SCHEDULED, published__lte=now)
        found = found.filter(state=state)
        found = found.exclude(pk__in=due) if state == SCHEDULED else found | due if state == PUBLISHED else found
    form = wanted_format(request)
    if form:
        return download(form, "redaccion", COLUMNS, found)
    listed = Paginator(found, SHOWN).get_page(request.GET.get("pagina"))
    chosen = state if state in STATES else ""
    return page(
        request,
        "news/desk.html",
        shown=listed,
        each=shown(listed.object_list, timezone.localdate()),
        states=STATES,
        state=chosen,
        stands=lambda row: row.stands(now),
        link=lambda **named: f"?{urlencode({'estado': chosen, **named})}",
        **told(request),
    )


@needs("news.list")
def write(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """Render the form of a new communiqué, of a draft, or of a correction, or take it; 404 where they may not write it."""
    row = None if pk is None else _theirs(request, pk)
    say, state = spoken(request), row.stands(timezone.now()) if row else DRAFT
    if row is not None and state not in (DRAFT, SCHEDULED, PUBLISHED):
        return redirect("news_one", pk=row.pk)
    correcting = state == PUBLISHED
    form = CommuniqueForm(
        say,
        _issuers(request, row if correcting else None),
        request.POST or None,
        correcting=correcting,
        initial=initial(row, _slugs(row), timezone.localdate()),
    )
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            pk = _taken(request, row, form, say, correcting=correcting)
        except RefusedError as error:
            refused = say.t(error.text, **error.values)
        else:
            return redirect("news_one", pk=pk)
    return page(request, "news/write.html", row=row, form=form, correcting=correcting, refused=refused)


@needs("news.list")
def one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Render a communiqué as it is or will be seen, with its steps, or take one; 404 where they may not write it."""
    row, say = _theirs(request, pk), spoken(request)
    form, refused = StepForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            _step(request, row, form.cleaned_data)
        except RefusedError as error:
            refused = say.t(error.text, **error.values)
        else:
            return redirect("news_desk" if form.cleaned_data["step"] == "discard" else "news_one", **_where(row, form))
    elif request.method == "POST":
        refused = say.t("write the day and the hour, such as 2030-06-30 08:00")
    country = country_of(request)
    state = row.stands(timezone.now())
    return page(
        request,
        "news/one.html",
        row=row,
        state=state,
        states=STATES,
        moves=[move.id for move in moves_from(state)],
        zones=zones_of(country),
        refused=refused,
        **{
            **values(whole(row, request, say, timezone.localdate()), country, say),
            "text": drawn(read_body(row.body), str(say.t("A table of the text"))),
        },
        **told(request),
    )


def _where(row: Communique, form: StepForm) -> dict[str, int]:
    return {} if form.cleaned_data["step"] == "discard" else {"pk": row.pk}


def _step(request: HttpRequest, row: Communique, asked: Mapping[str, Any]) -> None:
    by, step = request.user, asked["step"]
    if step == "schedule":
        services.schedule(by, row, _moment(request, asked["at"], asked["zone"]))
    elif step == "unschedule":
        services.unschedule(by, row)
    elif step == "publish":
        services.publish(by, row)
    elif step == "withdraw":
        services.withdraw(by, row, asked["why"], hidden=asked["hidden"])
    elif step == "discard":
        services.discard(by, row)
    else:
        raise RefusedError("there is no step {said}", said=step)


def _moment(request: HttpRequest, at: datetime | None, zone: str) -> datetime:
    if at is None:
        raise RefusedError("write the day and the hour, such as 2030-06-30 08:00")
    zones = zones_of(country_of(request))
    return moment_of(at.replace(tzinfo=None), zone if zone in zones else zones[0])


def _taken(request: HttpRequest, row: Communique | None, form: CommuniqueForm, say: Words, *, correcting: bool) -> int:
    """Keep what was written, and leave a line about what was left out of it; gives the number of the communiqué."""
    given = form.given()
    if correcting and row is not None:
        services.correct(request.user, row, given, form.cleaned_data["why"])
        messages.info(request, str(say.t("The correction is published.")))
        return int(row.pk)
    kept, fit = services.write(request.user, given, row)
    messages.info(request, str(say.t("It is kept as a draft." if kept.state == DRAFT else "The change is kept.")))
    if fit.left_out:
        parts = [f"{say.t(LEFT_OUT[name])} ({count})" for name, count in fit.left_out.items()]
        messages.info(request, f"{say.t('Left out of the text:')} {', '.join(parts)}.")
    return int(kept.pk)


def _theirs(request: HttpRequest, pk: int) -> Communique:
    found: Communique | None = services.writable(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    return found


def _issuers(request: HttpRequest, corrected: Communique | None) -> list[tuple[str, str]]:
    """The institutions in whose name somebody may write: who issued what is corrected stays."""
    if not Institution.is_there():
        return []
    mine = standing(request.user)
    rows = Institution.objects.order_by("name")
    if corrected is not None:
        rows = rows.filter(id=corrected.issuer)
    elif not mine.roles & {"analyst", "administrator"}:
        rows = rows.filter(id__in=mine.institutions)
    return [(each.id, f"{each.name} ({each.acronym})" if each.acronym else each.name) for each in rows]


def _slugs(row: Communique | None) -> dict[str, str]:
    if row is None or not Institution.is_there():
        return {}
    keys = [each.key for each in row.about.all() if each.kind == INSTITUTION]
    return {each.id: each.slug for each in Institution.objects.filter(id__in=keys)}
