"""The list of communiqués, by year, period of government, issuer, tag and words; and as files and feeds."""

from collections.abc import Iterable
from datetime import date

from django.core.paginator import Paginator
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from atalaya.portal.core.downloads import download, wanted_format
from atalaya.portal.core.pages import of_people, page, published, spoken, with_words
from atalaya.portal.news import finding
from atalaya.portal.news.files import with_addresses
from atalaya.portal.news.models import About, Period
from atalaya.portal.news.models.communiques import Communiques
from atalaya.portal.news.shown import Thing, holds, news_mark, public, shown, things
from atalaya.portal.observatory.models import Institution
from atalaya.portal.observatory.queries import names_of

SHOWN = 20
TAGS = 30
"""Tags that are offered, the most frequent ones."""


@published
@of_people
@with_words(news_mark)
def communiques(request: HttpRequest) -> HttpResponseBase:
    """Render the list, or give all of it as a file."""
    every, wanted = public(), finding.asked(request)
    found = finding.found(every, wanted)
    today, form = timezone.localdate(), wanted_format(request)
    if form:
        rows = shown(found.prefetch_related("about", "corrections"), today)
        return download(form, "comunicados", with_addresses(lambda slug: _address(request, slug)), rows)
    listed = Paginator(found, SHOWN).get_page(request.GET.get("pagina"))
    of_whom = every.order_by().values_list("issuer", flat=True).distinct()
    issuers = names_of(of_whom) if Institution.is_there() else {}
    return page(
        request,
        "news/communiques.html",
        shown=listed,
        each=shown(listed.object_list, today),
        asked=wanted,
        link=wanted.query,
        years=list(
            every.order_by()
            .annotate(year=ExtractYear("on"))
            .values_list("year", flat=True)
            .distinct()
            .order_by("-year")
        ),
        periods=_periods(every.order_by().values_list("on", flat=True).distinct()),
        issuers=sorted(issuers.values(), key=lambda body: body.name),
        tags=_tags(every),
        about=_about(request, wanted.about),
        feed="/en/comunicados" if request.language == "en" else "/comunicados",
    )


def _address(request: HttpRequest, slug: str) -> str:
    return str(request.build_absolute_uri(reverse(f"{request.language}:communique", args=(slug,))))


def _periods(days: Iterable[date]) -> list[Period]:
    """The periods in which something was announced, the newest first."""
    told = list(days)
    return [each for each in Period.objects.order_by("-since") if any(holds(each, day) for day in told)]


def _tags(every: Communiques) -> list[str]:
    counts: dict[str, int] = {}
    for tags in every.order_by().values_list("tags", flat=True):
        for tag in tags:
            counts[tag] = counts.get(tag, 0) + 1
    return sorted(sorted(counts), key=lambda tag: -counts[tag])[:TAGS]


def _about(request: HttpRequest, said: str) -> Thing | None:
    """What the list was asked to be about, named; None where nothing."""
    if not said:
        return None
    kind, _, key = said.partition(":")
    return things([About(kind=kind, key=key)], request.language, spoken(request))[0]
