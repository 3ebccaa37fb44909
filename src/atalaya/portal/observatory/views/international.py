"""Indices that others publish of the country: each with its course, its source, and why it differs from the national figure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from markupsafe import Markup

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.drawings import Moment, timeline
from atalaya.portal.core.pages import page, published, spoken
from atalaya.portal.observatory.models import International, InternationalValue, Score
from atalaya.portal.observatory.queries import headline, index_scores, names_of
from atalaya.publish.words import Words

COLUMNS = (
    Column("indice", lambda each: each.index),
    Column("edicion", lambda each: each.edition),
    Column("valor", lambda each: each.value),
    Column("lugar", lambda each: each.rank),
    Column("de", lambda each: each.among),
    Column("partes", lambda each: "; ".join(f"{name}: {value}" for name, value in each.parts.items())),
    Column("fuente", lambda each: each.source),
    Column("nota", lambda each: each.note.get("es") or next(iter(each.note.values()), None)),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One category of an index: a figure for each element, None where the element does not apply."""

    title: dict[str, str]
    figures: list[float | None]


@dataclass(frozen=True, slots=True)
class Element:
    """One element over all categories: its figure, what full marks would add, which categories lack it, what to publish."""

    title: dict[str, str]
    whole: float | None
    gain: float | None
    none: list[dict[str, Any]]
    some: list[dict[str, Any]]
    counted: int
    remedy: dict[str, str] | None


@published
def international(request: HttpRequest) -> HttpResponse:
    """Render all indices with their newest figure beside the national one, or every figure as a file."""
    form = wanted_format(request)
    if form:
        return download(form, f"internacional-{request.edition.observation}", COLUMNS, InternationalValue.objects.all())
    values: defaultdict[str, list[InternationalValue]] = defaultdict(list)
    for each in InternationalValue.objects.all():
        values[each.index].append(each)
    return page(
        request,
        "observatory/international.html",
        indices=International.objects.all(),
        values=values,
        national=_national(request),
    )


@published
def international_index(request: HttpRequest, identifier: str) -> HttpResponse:
    """Render one index, or its figures or its course as a file; 404 where the country has no such index."""
    found = International.objects.filter(id=identifier).first()
    if found is None:
        raise Http404(identifier)
    values = list(InternationalValue.objects.filter(index=identifier))
    say = spoken(request)
    drawn = _course(found, values, say)
    form = wanted_format(request)
    if form:
        return download(form, f"{identifier}-{request.edition.observation}", COLUMNS, values)
    if request.GET.get("formato") == "svg" and drawn:
        response = HttpResponse(str(drawn), content_type="image/svg+xml")
        response.headers["Content-Disposition"] = f'attachment; filename="{identifier}.svg"'
        return response
    elements = found.elements
    rows = elements["rows"] if elements else []
    return page(
        request,
        "observatory/international_index.html",
        index=found,
        values=values,
        drawn=drawn,
        national=_national(request),
        elements=sorted(_elements(elements), key=lambda each: -(each.gain or 0.0)) if elements else [],
        columns=elements["columns"] if elements else [],
        lines=[Line(row["title"], row["figures"]) for row in rows],
        edition_of_elements=elements["edition"] if elements else None,
        source_of_elements=elements["source"] if elements else None,
        names=names_of(unit for row in rows for unit in row["institutions"]),
    )


def _national(request: HttpRequest) -> Score | None:
    """The national figure of this observatory, to stand beside."""
    group = headline()
    found: Score | None = index_scores(request.edition, "group").get(group.id) if group else None
    return found


def _course(index: International, values: Sequence[InternationalValue], say: Words) -> Markup:
    """The figures over the editions, on the index's own scale; nothing below two figures."""
    if sum(each.value is not None for each in values) < 2:
        return Markup("")
    span = index.most - index.least
    moments = [
        Moment(
            each.edition,
            written(say, index, each.value),
            None if each.value is None else 100.0 * (each.value - index.least) / span,
            None,
            None,
        )
        for each in values
    ]
    title = say.clean(index.title)
    text = "; ".join(f"{each.name}: {each.said}" for each in moments)
    return timeline(index.id, title, text, moments)


def written(say: Words, index: International, value: float | None) -> str:
    """A figure with the decimals that its scale needs."""
    return say.number(value, 4 if index.most <= 1 else 1)


def _elements(elements: Any) -> list[Element]:
    found = []
    for place, column in enumerate(elements["columns"]):
        counted = [(row, row["figures"][place]) for row in elements["rows"] if row["figures"][place] is not None]
        full = max((figure for _, figure in counted), default=0.0)
        found.append(
            Element(
                title=column["title"],
                whole=column["whole"],
                gain=column["gain"],
                none=[row for row, figure in counted if figure == 0],
                some=[row for row, figure in counted if 0 < figure < max(full, 100.0)],
                counted=len(counted),
                remedy=elements["remedies"].get(column["id"]),
            )
        )
    return found
