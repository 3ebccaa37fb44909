"""Legal duties: law, article, numeral, and who complies."""

from collections import defaultdict

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.duties.sentences import standing_title
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.models import Duty, DutyVerdict
from atalaya.portal.observatory.queries import names_of
from atalaya.portal.observatory.standings import ORDER, counted, sentence, tone

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
def duties(request: HttpRequest) -> HttpResponse:
    """Render all duties by law and article with how many institutions stand how, or all verdicts as a file."""
    form = wanted_format(request)
    if form:
        return download(form, f"obligaciones-{request.edition.observation}", COLUMNS, DutyVerdict.objects.all())
    whole: defaultdict[str, list[DutyVerdict]] = defaultdict(list)
    for verdict in DutyVerdict.objects.filter(period="").only("institution", "duty", "period", "standing"):
        whole[verdict.duty].append(verdict)
    articles: dict[tuple[str, str], list[Duty]] = {}
    for each in Duty.objects.all():
        articles.setdefault((each.law, each.article), []).append(each)
    return page(
        request,
        "observatory/duties.html",
        articles=articles,
        counts={name: counted(verdicts, request.language) for name, verdicts in whole.items()},
        judged=len({verdict.institution for verdicts in whole.values() for verdict in verdicts}),
    )


@published
def duty(request: HttpRequest, identifier: str) -> HttpResponse:
    """Render one duty with how each institution stands, or its verdicts as a file; 404 where no law has it."""
    found = Duty.objects.filter(id=identifier).first()
    if found is None:
        raise Http404(identifier)
    form = wanted_format(request)
    if form:
        return download(
            form, f"{identifier}-{request.edition.observation}", COLUMNS, DutyVerdict.objects.filter(duty=identifier)
        )
    verdicts = sorted(
        DutyVerdict.objects.filter(duty=identifier, period=""),
        key=lambda each: (ORDER.index(each.standing), each.institution),
    )
    return page(
        request,
        "observatory/duty.html",
        duty=found,
        verdicts=verdicts,
        counts=counted(verdicts, request.language),
        names=names_of(each.institution for each in verdicts),
        title=lambda each: standing_title(each.standing, request.language),
        tone=lambda each: tone(each.standing),
        sentence=lambda each: sentence(each, request.language),
    )
