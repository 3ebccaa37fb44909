"""Thematic observatories: their questions, what they want, what there is, and how they stand by their own criteria."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from markupsafe import Markup

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published, spoken
from atalaya.portal.observatory.models import Dataset, Topic, TopicCriterion, TopicMatch, TopicWanted
from atalaya.portal.observatory.queries import names_of, rules_of
from atalaya.publish.words import Words

SHOWN = 5
"""Datasets that a page shows for one thing wanted; all are in the download."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the download: a criterion of a topic about one thing wanted."""

    topic: str
    criterion: TopicCriterion
    item: Mapping[str, str | None]


COLUMNS = (
    Column("tema", lambda each: each.topic),
    Column("criterio", lambda each: each.criterion.id),
    Column("criterio_texto", lambda each: each.criterion.title.get("es") or next(iter(each.criterion.title.values()))),
    Column("criterio_resultado", lambda each: each.criterion.verdict),
    Column("buscado", lambda each: each.item["wanted"]),
    Column("resultado", lambda each: each.item["verdict"]),
    Column("motivo", lambda each: each.item["reason"]),
    Column("detalle", lambda each: each.item["detail"]),
    Column("conjunto", lambda each: each.item["dataset"]),
)


@published
def topics(request: HttpRequest) -> HttpResponse:
    """Render all topics with how each stands, or every criterion of each as a file."""
    form = wanted_format(request)
    if form:
        return download(form, f"temas-{request.edition.observation}", COLUMNS, _lines(TopicCriterion.objects.all()))
    return page(request, "observatory/topics.html", topics=Topic.objects.all())


@published
def topic(request: HttpRequest, identifier: str) -> HttpResponse:
    """Render one topic, or its criteria as a file; 404 where the country has no such topic."""
    found = Topic.objects.filter(id=identifier).first()
    if found is None:
        raise Http404(identifier)
    criteria = list(TopicCriterion.objects.filter(topic=identifier))
    form = wanted_format(request)
    if form:
        return download(form, f"{identifier}-{request.edition.observation}", COLUMNS, _lines(criteria))
    wanted = list(TopicWanted.objects.filter(topic=identifier))
    matches: defaultdict[str, list[TopicMatch]] = defaultdict(list)
    for match in TopicMatch.objects.filter(topic=identifier):
        matches[match.wanted].append(match)
    decided = [item["dataset"] for criterion in criteria for item in criterion.items if item["dataset"]]
    shown = {match.dataset for some in matches.values() for match in some[:SHOWN]} | set(decided)
    datasets = {each.id: each for each in Dataset.objects.filter(id__in=shown)}
    checks = {check for criterion in criteria if criterion.kind == "checks" for check in _checks_of(criterion)}
    return page(
        request,
        "observatory/topic.html",
        topic=found,
        wanted=wanted,
        titles={each.id: each.title for each in wanted},
        criteria=criteria,
        matches=matches,
        shown=SHOWN,
        datasets=datasets,
        names=names_of(
            [*(unit for each in wanted for unit in each.institutions), *(d.institution for d in datasets.values())]
        ),
        rules=rules_of(checks),
        reason=_reason(spoken(request)),
        every=lambda code: _every(spoken(request), code),
    )


@published
def topic_guide(request: HttpRequest) -> HttpResponse:
    """Render the guide for those who want to run a thematic observatory of their own."""
    return page(request, "observatory/topic_guide.html", topics=Topic.objects.all(), country=request.edition.country)


def _lines(criteria: Iterable[TopicCriterion]) -> list[Line]:
    return [Line(criterion.topic, criterion, item) for criterion in criteria for item in criterion.items]


def _checks_of(criterion: TopicCriterion) -> list[str]:
    return [check for item in criterion.items for check in str(item["detail"] or "").split(", ") if check]


def _reason(say: Words) -> Callable[[dict[str, str | None]], Markup]:
    """Why an item stands as it does."""

    def told(item: dict[str, str | None]) -> Markup:
        detail = say.quote(item["detail"], 200) if item["detail"] else ""
        known = {
            "found": say.t("It is published."),
            "missing": say.t("Nobody publishes it: every catalogue that could list it was read whole."),
            "unread": say.t("Nothing was found, but not every catalogue that could list it was read whole."),
            "no_columns_wanted": say.t("No columns are asked for."),
            "tables_unread": say.t("No table of it could be read."),
            "columns_lacking": say.t("Lacking: {detail}.", detail=detail),
            "columns_there": say.t("There: {detail}.", detail=detail),
            "years_untold": say.t("Neither its titles nor its record tell of which years it is."),
            "years_there": say.t("Years: {detail}.", detail=detail),
            "years_lacking": say.t("Of the latest years there are only: {detail}.", detail=detail or say.t("none")),
        }
        return known.get(str(item["reason"]), Markup(""))

    return told


def _every(say: Words, code: str | None) -> Markup:
    """How often something should appear, in words."""
    known = {
        "P1M": say.t("every month"),
        "P3M": say.t("every quarter"),
        "P6M": say.t("every half year"),
        "P1Y": say.t("every year"),
        "P1W": say.t("every week"),
    }
    return known.get(str(code), Markup.escape(code or ""))
