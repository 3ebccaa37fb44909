"""To review what people reported: the list, and one report with its steps."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from atalaya.portal.accounts.access import needs
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.reports import services
from atalaya.portal.reports.forms import StepForm
from atalaya.portal.reports.services import ReportRefusedError
from atalaya.portal.reports.states import STATES, moves_from
from atalaya.portal.reports.subjects import subject_of

SHOWN = 30

COLUMNS = (
    Column("numero", lambda each: each.number),
    Column("asunto", lambda each: each.subject),
    Column("titulo", lambda each: each.title),
    Column("institucion", lambda each: each.institution),
    Column("estado", lambda each: each.state),
    Column("enviado", lambda each: each.sent.isoformat()),
    Column("cambiado", lambda each: each.changed.isoformat()),
    Column("respuesta", lambda each: each.answer),
)
"""Without what was reported: that stays on the pages of those who review it."""


@needs("reports.list")
def reports(request: HttpRequest) -> HttpResponse:
    """Render the reports that somebody may review, or their states as a file."""
    found = services.reviewable(request.user)
    state = request.GET.get("estado", "")
    if state in STATES:
        found = found.filter(state=state)
    form = wanted_format(request)
    if form:
        return download(form, "problemas", COLUMNS, found)
    shown = Paginator(found, SHOWN).get_page(request.GET.get("pagina"))
    return page(
        request,
        "reports/list.html",
        shown=shown,
        states=STATES,
        state=state if state in STATES else "",
        link=lambda **values: f"?{urlencode({'estado': state if state in STATES else '', **values})}",
    )


@needs("reports.list")
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Render one report with the steps that its state permits, or take one; 404 where they may not see it."""
    found = services.reviewable(request.user).filter(number=number.upper()).first()
    if found is None:
        raise Http404(number)
    form, refused = StepForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            services.move(request.user, found, form.cleaned_data["step"], form.cleaned_data["answer"])
        except ReportRefusedError as error:
            refused = spoken(request).t(error.text, **error.values)
        else:
            return redirect("report_review", number=found.number)
    return page(
        request,
        "reports/review.html",
        report=found,
        subject=subject_of(found.subject, spoken(request)) if request.edition else None,
        states=STATES,
        moves=moves_from(found.state),
        refused=refused,
    )
