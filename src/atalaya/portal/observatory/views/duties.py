"""Legal duties: law, article, numeral, and who complies."""

from collections import defaultdict

from django.core.paginator import Paginator
from django.db.models import Case, Count, Exists, OuterRef, When
from django.http import Http404, HttpRequest, HttpResponseBase

from atalaya.duties.sentences import standing_title
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published, with_words
from atalaya.portal.observatory.models import Duty, DutyVerdict, Institution
from atalaya.portal.observatory.queries import names_of
from atalaya.portal.observatory.standings import ORDER, counts_of, sentence, tone
from atalaya.portal.reports.services import report_counts, report_mark
from atalaya.portal.reviews.published import answers_to, history_of, mark_of
from atalaya.portal.reviews.states import KINDS, STATES

SHOWN = 50
"""Institutions of one page of a duty."""

COLUMNS = (
    Column("institucion", lambda each: each.institution),
    Column("obligacion", lambda each: each.duty),
    Column("periodo", lambda each: each.period),
    Column("situacion", lambda each: each.standing),
    Column("motivo", lambda each: each.reason),
    Column("dias_de_retraso", lambda each: each.days_late),
    Column("vence", lambda each: each.due),
    Column("justificacion", lambda each: each.justification),
    Column("periodos_que_faltan", lambda each: each.gaps),
    Column("prueba", lambda each: each.evidence[0].get("url") if each.evidence else None),
    Column("sha256", lambda each: each.evidence[0].get("sha256") if each.evidence else None),
)


@published
def duties(request: HttpRequest) -> HttpResponseBase:
    """Render all duties by law and article with how many institutions stand how, or all verdicts as a file."""
    form = wanted_format(request)
    if form:
        return download(form, f"obligaciones-{request.edition.observation}", COLUMNS, DutyVerdict.objects.iterator())
    whole, counts = DutyVerdict.objects.filter(period=""), defaultdict[str, dict[str, int]](dict)
    for name, standing, count in whole.order_by().values_list("duty", "standing").annotate(Count("institution")):
        counts[name][standing] = count
    articles: dict[tuple[str, str], list[Duty]] = {}
    for each in Duty.objects.all():
        articles.setdefault((each.law, each.article), []).append(each)
    return page(
        request,
        "observatory/duties.html",
        articles=articles,
        counts={name: counts_of(found, request.language) for name, found in counts.items()},
        judged=Institution.objects.filter(Exists(whole.filter(institution=OuterRef("id")))).count(),
    )


@published
@with_words(lambda _, identifier: f"{report_mark(f'obligacion:{identifier}')}|{mark_of(identifier)}")
def duty(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Render one duty with how each institution stands, or its verdicts as a file; 404 where no law has it."""
    found = Duty.objects.filter(id=identifier).first()
    if found is None:
        raise Http404(identifier)
    form = wanted_format(request)
    if form:
        return download(
            form, f"{identifier}-{request.edition.observation}", COLUMNS, DutyVerdict.objects.filter(duty=identifier)
        )
    verdicts, answers = DutyVerdict.objects.filter(duty=identifier, period=""), answers_to(identifier)
    counts = dict(verdicts.order_by().values_list("standing").annotate(Count("institution")))
    order = Case(*(When(standing=each, then=place) for place, each in enumerate(ORDER)), default=len(ORDER))
    shown = Paginator(verdicts.order_by(order, "institution"), SHOWN).get_page(request.GET.get("pagina"))
    return page(
        request,
        "observatory/duty.html",
        reported=report_counts(f"obligacion:{identifier}"),
        duty=found,
        answers=answers,
        histories=history_of(each.id for each in answers),
        kinds=KINDS,
        states=STATES,
        verdicts=shown,
        counts=counts_of(counts, request.language),
        names=names_of([*(each.institution for each in shown), *(each.institution for each in answers)]),
        link=lambda pagina: f"?pagina={pagina}",
        title=lambda each: standing_title(each.standing, request.language),
        tone=lambda each: tone(each.standing),
        sentence=lambda each: sentence(each, request.language),
    )
