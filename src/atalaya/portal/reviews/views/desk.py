"""The desk of an institution: three tasks, where its answers stand, and everything else behind one link with filters."""

from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from atalaya.checks.registry import CHECKS
from atalaya.duties.sentences import standing_title
from atalaya.portal.accounts.access import needs
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.observatory.models import Dataset, Duty, Institution, Rule
from atalaya.portal.observatory.queries import rules_of
from atalaya.portal.reviews import certificates, tasks
from atalaya.portal.reviews.models import Certificate, Reply
from atalaya.portal.reviews.periods import period_open
from atalaya.portal.reviews.published import states_of
from atalaya.portal.reviews.rules import visible
from atalaya.portal.reviews.states import KINDS, STATES
from atalaya.portal.reviews.views.speaking import chosen, mine
from atalaya.publish.sentences import explainer

SHOWN, LATEST = 25, 10

LISTS = {
    tasks.FINDING: (
        ("hallazgo", "id"), ("prueba", "check_id"), ("conjunto", "dataset"), ("recurso", "resource"),
        ("motivo", "reason"), ("desde", "since"),
    ),
    tasks.DUTY: (
        ("obligacion", "duty"), ("situacion", "standing"), ("motivo", "reason"), ("dias_de_retraso", "days_late"),
    ),
    tasks.ANSWER: (
        ("hallazgo", "finding"), ("prueba", "check_id"), ("titulo", "title"), ("direccion", "address"),
        ("motivo", "reason"),
    ),
}  # fmt: skip
"""Kind of a task → the columns of its list as a file: name, attribute."""


@needs("reviews.desk")
def desk(request: HttpRequest) -> HttpResponse:
    """Render the desk."""
    known = mine(request)
    if not known:
        return page(request, "reviews/no_desk.html")
    institution = chosen(request)
    say = spoken(request)
    return page(
        request,
        "reviews/desk.html",
        institution=institution,
        others=[each for each in known if each.id != institution.id],
        tasks=tasks.three(institution.id, say),
        kinds=tasks.KINDS,
        counts=_counts(institution),
        replies=list(visible(request.user).filter(institution=institution.id)[:LATEST]),
        reply_kinds=KINDS,
        states=STATES,
        place_of=place_of,
        mended=len(certificates.mended(institution.id, request.edition)),
        certificates=list(Certificate.objects.filter(institution=institution.id)[:LATEST]),
        period=period_open(),
        asked=urlencode({"institucion": institution.slug}),
    )


@needs("reviews.desk")
def todo(request: HttpRequest) -> HttpResponseBase:
    """Render everything that can be mended or answered, by kind and rule, or as a file."""
    institution = chosen(request)
    kind = request.GET.get("tipo", "")
    kind = kind if kind in tasks.KINDS else tasks.FINDING
    rows = _rows(kind, institution)
    check = request.GET.get("prueba", "") if kind != tasks.DUTY else ""
    checks = sorted(set(rows.order_by().values_list("check_id", flat=True).distinct())) if kind != tasks.DUTY else []
    if check in checks:
        rows = rows.filter(check_id=check)
    form = wanted_format(request)
    if form:
        columns = [Column(name, attrgetter(read)) for name, read in LISTS[kind]]
        return download(form, f"pendientes-{institution.slug}", columns, rows)
    shown = Paginator(rows, SHOWN).get_page(request.GET.get("pagina"))
    asked = {"institucion": institution.slug, "tipo": kind, "prueba": check if check in checks else ""}
    return page(
        request,
        "reviews/todo.html",
        institution=institution,
        kind=kind,
        kinds=tasks.KINDS,
        counts=_counts(institution),
        shown=shown,
        check=asked["prueba"],
        checks=rules_of(checks),
        link=lambda **values: f"?{urlencode({**asked, **values})}",
        **_named(request, kind, shown.object_list),
    )


@needs("reviews.desk")
def certificate_made(request: HttpRequest) -> HttpResponse:
    """Render what a certificate would say today, or make it."""
    institution, refused = chosen(request), None
    if request.method == "POST":
        try:
            made = certificates.certify(request.user, institution, request.edition)
        except RefusedError as error:
            refused = spoken(request).t(error.text, **error.values)
        else:
            return redirect(f"{request.language}:certificate", number=made.number)
    return page(
        request,
        "reviews/certify.html",
        institution=institution,
        mended=certificates.mended(institution.id, request.edition),
        refused=refused,
        asked=urlencode({"institucion": institution.slug}),
    )


def place_of(reply: Reply) -> str:
    """The address where an institution goes on with an answer."""
    place: str = reverse("desk_duty" if reply.kind == "not_concerned" else "desk_finding", args=(reply.thing,))
    return place


def _counts(institution: Institution) -> dict[str, int]:
    return {kind: _rows(kind, institution).count() for kind in tasks.KINDS}


def _rows(kind: str, institution: Institution) -> Any:
    read = {tasks.FINDING: tasks.finding_rows, tasks.DUTY: tasks.duty_rows, tasks.ANSWER: tasks.coming_rows}
    return read[kind](institution.id)


def _named(request: HttpRequest, kind: str, rows: Any) -> dict[str, Any]:
    """What the rows of a list are called, and what everybody may read of the answers to them."""
    if kind == tasks.DUTY:
        things = [each.duty for each in rows]
        names = {each.id: each.name for each in Duty.objects.filter(id__in=things)}
        return {"names": names, "standing": lambda each: standing_title(each.standing, request.language)}
    rules: dict[str, Rule] = rules_of(each.check_id for each in rows)
    if kind == tasks.ANSWER:
        return {"names": {each.finding: each.title for each in rows}, "rules": rules, "answers": {}, "states": STATES}
    explain, say = explainer(CHECKS, request.edition.country), spoken(request)
    datasets = {each.id: each for each in Dataset.objects.filter(id__in=[each.dataset for each in rows])}
    names = {
        each.id: datasets[each.dataset].title
        if each.dataset in datasets
        else say.clean(explain(each.as_row(), request.language) or each.check_id, 160)
        for each in rows
    }
    return {"names": names, "rules": rules, "answers": states_of(each.id for each in rows), "states": STATES}
