"""Up to four institutions side by side, figure by figure, with what can and what cannot be told apart."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.intervals import leader
from atalaya.portal.observatory.models import Institution, Score
from atalaya.portal.observatory.named import LONGEST, looked_for
from atalaya.portal.observatory.queries import place_in

SLOTS = ("a", "b", "c", "d")
FOUND = 8
"""Institutions that a search offers."""


@dataclass(frozen=True, slots=True)
class Line:
    """One node of the index with the figure of each institution; `first` is the one that is surely above all others."""

    node: Score
    figures: tuple[Score | None, ...]
    first: str | None

    @property
    def open(self) -> bool:
        """Whether two figures at least are known, and nobody can say which is greater."""
        return self.first is None and sum(each is not None and each.value is not None for each in self.figures) > 1


COLUMNS = (
    Column("nodo", lambda each: each.node),
    Column("titulo", lambda each: each.title.get("es")),
    Column("institucion", lambda each: each.unit),
    Column("puntaje", lambda each: each.value),
    Column("puntaje_minimo", lambda each: each.low),
    Column("puntaje_maximo", lambda each: each.high),
    Column("medido", lambda each: each.coverage),
)


@published
def comparison(request: HttpRequest) -> HttpResponse:
    """Render the page, or its figures as a file."""
    chosen = _chosen(request)
    edition = request.edition
    rows = Score.objects.filter(
        observation=edition.observation,
        methodology=edition.methodology,
        unit__in=[each.id for each in chosen],
    ).order_by("place", "unit")
    form = wanted_format(request)
    if form:
        return download(form, f"comparacion-{edition.observation}", COLUMNS, rows)
    lines = _lines(chosen, list(rows))
    wanted = request.GET.get("q", "").strip()[:LONGEST]
    taken = [each.slug for each in chosen]
    return page(
        request,
        "observatory/comparison.html",
        chosen=chosen,
        lines=lines,
        whole=lines[0] if lines else None,
        names={each.id: each for each in chosen},
        places=[_places(line, chosen) for line in lines[:1]],
        wanted=wanted,
        found=[each for each in looked_for(wanted, FOUND + len(taken)) if each.slug not in taken][:FOUND],
        full=len(chosen) == len(SLOTS),
        with_=lambda slug: _query([*taken, slug]),
        without=lambda slug: _query([each for each in taken if each != slug]),
        slots=list(zip(SLOTS, taken, strict=False)),
        kept=_query(taken),
    )


def _chosen(request: HttpRequest) -> list[Institution]:
    """The institutions of the address, each once, in the order of their letters; unknown ones are left out."""
    asked = [request.GET.get(slot, "") for slot in SLOTS]
    known = {each.slug: each for each in Institution.objects.filter(slug__in=[each for each in asked if each])}
    return [known[slug] for slug in dict.fromkeys(asked) if slug in known]


def _lines(chosen: list[Institution], rows: list[Score]) -> list[Line]:
    by_node: dict[str, dict[str, Score]] = {}
    for row in rows:
        by_node.setdefault(row.node, {})[row.unit] = row
    return [
        Line(next(iter(scores.values())), tuple(scores.get(each.id) for each in chosen), leader(scores))
        for scores in by_node.values()
    ]


def _places(line: Line, chosen: list[Institution]) -> list[dict[str, int] | None]:
    return [
        None if score is None else next((p for group in each.groups if (p := place_in(score, group))), None)
        for each, score in zip(chosen, line.figures, strict=True)
    ]


def _query(slugs: list[str]) -> str:
    return "?" + urlencode(dict(zip(SLOTS, slugs, strict=False)))
