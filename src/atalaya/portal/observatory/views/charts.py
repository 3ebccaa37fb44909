"""All charts on one page, each with its table and its files; one of them as a drawing or as rows, asked for by its name."""

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.portal.core.downloads import PARAMETER, download, wanted_format
from atalaya.portal.core.drawings import standalone
from atalaya.portal.core.pages import page, published, spoken
from atalaya.portal.observatory.charts import CHARTS

CHOICE = "grafica"
DRAWING = "svg"


@published
def charts(request: HttpRequest) -> HttpResponse:
    """Render the page, or one chart as a file; 404 where no chart has the name, or nothing to show."""
    say, wanted = spoken(request), request.GET.get(CHOICE)
    if wanted is None:
        drawn = [make(request.edition, say) for make in CHARTS.values()]
        return page(request, "observatory/charts.html", charts=[each for each in drawn if each is not None])
    chart = CHARTS[wanted](request.edition, say) if wanted in CHARTS else None
    form = wanted_format(request)
    if chart is None or (form is None and request.GET.get(PARAMETER) != DRAWING):
        raise Http404(wanted)
    name = f"{chart.name}-{request.edition.observation}"
    if form:
        return download(form, name, chart.columns, chart.rows)
    response = HttpResponse(standalone(chart.drawing), content_type="image/svg+xml")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.svg"'
    return response
