"""To report a problem, and to follow a report by its number."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from atalaya.portal.accounts.allowances import Allowance, wait
from atalaya.portal.core.clients import client_address
from atalaya.portal.core.limits import too_many
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.core.private import private
from atalaya.portal.reports import services
from atalaya.portal.reports.forms import ReportForm
from atalaya.portal.reports.models import Report
from atalaya.portal.reports.states import STATES
from atalaya.portal.reports.subjects import subject_of

REPORTS = Allowance("reports", 10, 3600)
"""Reports that one address may send: a person tells of a few problems in an hour, a class in a school of some more."""


@private
def report(request: HttpRequest) -> HttpResponse:
    """Render the form about a subject, or take the report in; 404 where there is no such subject."""
    say = spoken(request)
    name = request.GET.get("asunto", "")
    subject = subject_of(name, say) if request.edition else None
    if name and subject is None:
        raise Http404(name)
    if subject is None:
        return page(request, "reports/start.html")
    form = ReportForm(say, request.POST or None)
    if request.method == "POST" and form.is_valid():
        seconds = wait(REPORTS, client_address(request))
        if seconds:
            return too_many(request, seconds)
        made = services.send(subject, form.cleaned_data["text"], say.language, form.cleaned_data["email"])
        return redirect("report_follow", number=made.number)
    if request.method == "POST":
        form.data = {**form.data.dict(), "shown": form.fields["shown"].initial}
    return page(request, "reports/report.html", subject=subject, form=form, counts=services.report_counts(subject.name))


@private
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """Render how a report stands, or delete the address of its sender; 404 where there is no such number."""
    found = Report.objects.filter(number=number.upper()).select_related("address").first()
    if found is None:
        raise Http404(number)
    if request.method == "POST":
        services.forget_address(found.number)
        return redirect("report_follow", number=found.number)
    return page(
        request,
        "reports/follow.html",
        report=found,
        subject=subject_of(found.subject, spoken(request)) if request.edition else None,
        states=STATES,
        addressed=hasattr(found, "address"),
    )
