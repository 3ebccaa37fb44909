"""What belongs to no answer: `robots.txt`, a sitemap of every page in both languages, and the end of every wrong address."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from atalaya.portal.api.answers import machine
from atalaya.portal.observatory.models import Dataset, Institution, Rule

URLS = 5_000
"""Pages of one file, each in two languages: 3 MB. The protocol permits 50,000 addresses and 50 MB (sitemaps.org)."""

PAGES = (
    "home",
    "ranking",
    "institutions",
    "datasets",
    "findings",
    "changes",
    "communiques",
    "vanished",
    "topics",
    "international",
    "languages",
    "sources",
    "method",
    "downloads",
    "sparql",
    "open_data",
)
LANGUAGES = ("es", "en")

_PART = "0x0x0"
"""Stands in an address for what is put in; each has one blank at most, and no address has this word."""

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

ROBOTS = """User-agent: *
Disallow: /*?formato=
Disallow: /*&formato=
Disallow: /api/
Disallow: /sparql
Disallow: /*/vista-previa/
Disallow: /*/comparacion/
Disallow: /*/reparado.zip
Crawl-delay: 1

Sitemap: {sitemap}
"""


@machine("GET")
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; lists as files and the API are for those who mean them."""
    text = ROBOTS.format(sitemap=request.build_absolute_uri(reverse("sitemap")))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@machine("GET")
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of the files of the sitemap."""
    count = len(PAGES) + Institution.objects.count() + Rule.objects.count() + Dataset.objects.count()
    files = range(1, (count - 1) // URLS + 2)
    places = (request.build_absolute_uri(reverse("sitemap-file", args=(number,))) for number in files)
    entries = "".join(f"<sitemap><loc>{escape(place)}</loc></sitemap>\n" for place in places)
    return _xml(f"{_HEAD}<sitemapindex {_SPACE}>\n{entries}</sitemapindex>\n")


@machine("GET")
def sitemap_file(request: HttpRequest, number: int) -> HttpResponse:
    """One file of the sitemap, counted from 1; 404 beyond the last."""
    shown = list(islice(_pages(), (number - 1) * URLS, number * URLS)) if 0 < number < 10_000 else []
    if not shown:
        raise Http404(str(number))
    day = request.edition.as_of.isoformat()
    site, lines = request.build_absolute_uri("/").rstrip("/"), list[str]()
    # An address is made once for each type of page: making each by itself takes longer than all the rest.
    forms = {
        (name, each): reverse(f"{each}:{name}", args=[_PART] * len(parts))
        for name, parts in dict(shown).items()
        for each in LANGUAGES
    }
    for name, parts in shown:
        places = {each: site + forms[name, each].replace(_PART, quote("".join(parts))) for each in LANGUAGES}
        twins = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(place)}"/>'
            for language, place in places.items()
        )
        lines.extend(
            f"<url><loc>{escape(place)}</loc><lastmod>{day}</lastmod>{twins}</url>\n" for place in places.values()
        )
    space = f'{_SPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return _xml(f"{_HEAD}<urlset {space}>\n{''.join(lines)}</urlset>\n")


@machine("GET")
def nothing(_request: HttpRequest, rest: str) -> HttpResponse:
    """What has no address under `/api/` is told so as machines read it, not by a page."""
    raise Http404(rest)


def _pages() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every page by its name and the parts of its address; findings are left out: they come and go."""
    yield from ((name, ()) for name in PAGES)
    yield from (("institution", (slug,)) for slug in Institution.objects.order_by("id").values_list("slug", flat=True))
    checks = Rule.objects.order_by("id").values_list("id", flat=True).distinct()
    yield from (("rule", (check,)) for check in checks)
    for identifier in Dataset.objects.order_by("id").values_list("id", flat=True).iterator():
        yield "dataset", (identifier,)


def _xml(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
