"""What institutions announce, to be followed by programs: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1; and one sheet as PDF."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, tostring

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from atalaya.portal.api.answers import machine, problem
from atalaya.portal.core.pages import page, spoken, with_words
from atalaya.portal.news.drawn import drawn
from atalaya.portal.news.finding import asked, found
from atalaya.portal.news.shown import Shown, news_mark, public, shown, whole
from atalaya.portal.news.views.communique import values
from atalaya.portal.observatory.reckoning import Busy, turn
from atalaya.publish.printing import PrintingError, to_pdf

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 50
"""Entries of a feed; the whole list is a download of its page."""
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no document may hold (XML 1.0, 2.2)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One communiqué as feeds tell it. `identifier` never changes; `updated` is its last correction or its withdrawal."""

    identifier: str
    link: str
    title: str
    issuer: str
    summary: str
    html: str
    tags: tuple[str, ...]
    published: datetime
    updated: datetime


@machine("GET")
@with_words(news_mark)
def atom(request: HttpRequest) -> HttpResponse:
    """The newest communiqués as Atom; the filters of the list hold here too."""
    entries, title, about = _entries(request), _title(request), _about(request)
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": request.language})
    _text(feed, "id", request.build_absolute_uri())
    _text(feed, "title", title)
    _text(feed, "updated", _updated(request, entries).isoformat())
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": request.build_absolute_uri()})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": about})
    for each in entries:
        entry = SubElement(feed, "entry")
        _text(entry, "id", each.identifier)
        _text(entry, "title", each.title)
        _text(entry, "published", each.published.isoformat())
        _text(entry, "updated", each.updated.isoformat())
        _text(SubElement(entry, "author"), "name", each.issuer)
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": each.link})
        for tag in each.tags:
            SubElement(entry, "category", {"term": _fit(tag)})
        if each.summary:
            _text(entry, "summary", each.summary)
        if each.html:
            _text(entry, "content", each.html, type="html")
    return _xml(feed, "application/atom+xml")


@machine("GET")
@with_words(news_mark)
def rss(request: HttpRequest) -> HttpResponse:
    """The newest communiqués as RSS 2.0; the filters of the list hold here too."""
    entries = _entries(request)
    feed = Element("rss", {"version": "2.0", "xmlns:atom": ATOM, "xmlns:dc": "http://purl.org/dc/elements/1.1/"})
    channel = SubElement(feed, "channel")
    _text(channel, "title", _title(request))
    _text(channel, "link", _about(request))
    _text(channel, "description", str(spoken(request).t("What institutions announce.")))
    _text(channel, "language", request.language)
    _text(channel, "lastBuildDate", format_datetime(_updated(request, entries)))
    SubElement(
        channel, "atom:link", {"rel": "self", "type": "application/rss+xml", "href": request.build_absolute_uri()}
    )
    for each in entries:
        item = SubElement(channel, "item")
        _text(item, "title", each.title)
        _text(item, "link", each.link)
        _text(item, "guid", each.identifier, isPermaLink="false")
        _text(item, "pubDate", format_datetime(each.published))
        _text(item, "dc:creator", each.issuer)
        for tag in each.tags:
            _text(item, "category", tag)
        _text(item, "description", each.html or each.summary)
    return _xml(feed, "application/rss+xml")


@machine("GET")
@with_words(news_mark)
def json_feed(request: HttpRequest) -> HttpResponse:
    """The newest communiqués as JSON Feed 1.1; the filters of the list hold here too."""
    items = [
        {
            "id": each.identifier,
            "url": each.link,
            "title": each.title,
            "content_html": each.html,
            "summary": each.summary,
            "date_published": each.published.isoformat(),
            "date_modified": each.updated.isoformat(),
            "authors": [{"name": each.issuer}],
            "tags": list(each.tags),
        }
        for each in _entries(request)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(request),
        "home_page_url": _about(request),
        "feed_url": request.build_absolute_uri(),
        "language": request.language,
        "items": items,
    }
    return HttpResponse(orjson.dumps(feed), content_type="application/feed+json")


@machine("GET")
@with_words(news_mark)
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Print a communiqué; 404 where none that is published has the address, 503 where too many print at once."""
    row = public().filter(slug=slug).first()
    if row is None:
        raise Http404(slug)
    say = spoken(request)
    each = whole(row, request, say, timezone.localdate())
    place = request.build_absolute_uri(reverse(f"{request.language}:communique", args=(slug,)))
    told = values(each, request.edition.country, say)
    html = page(request, "news/communique_print.html", place=place, **told).content.decode()
    try:
        with turn():
            made = to_pdf(html)
    except (Busy, PrintingError) as error:
        refused = problem(503, f"it could not be printed now ({str(error) or 'too many ask at once'}); try again")
        refused.headers["Retry-After"] = "5"
        return refused
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{slug}.pdf"'
    answer.headers["Content-Language"] = request.language
    return answer


def _entries(request: HttpRequest) -> list[Entry]:
    rows = found(public(), asked(request)).order_by("-published", "-id").prefetch_related("corrections")[:ENTRIES]
    return [_entry(request, each) for each in shown(rows, timezone.localdate())]


def _entry(request: HttpRequest, each: Shown) -> Entry:
    row = each.row
    updated = max(
        [row.published, *(step.at for step in row.corrections.all()), *([row.withdrawn] if row.withdrawn else [])]
    )
    say = spoken(request)
    title = f"{say.t('withdrawn')}: {row.title}" if each.withdrawn else row.title
    return Entry(
        f"urn:atalaya:communique:{row.slug}",
        request.build_absolute_uri(reverse(f"{request.language}:communique", args=(row.slug,))),
        str(title),
        each.issuer_name,
        each.summary,
        str(drawn(each.body, row.title)),
        tuple(row.tags),
        row.published,
        updated,
    )


def _updated(request: HttpRequest, entries: Iterable[Entry]) -> datetime:
    moments: list[datetime] = [request.edition.loaded, *(each.updated for each in entries)]
    return max(moments[1:], default=moments[0])


def _title(request: HttpRequest) -> str:
    return f"Atalaya · {spoken(request).t('Communiqués')}"


def _about(request: HttpRequest) -> str:
    return str(
        request.build_absolute_uri(reverse(f"{request.language}:communiques") + asked(request).query().rstrip("?"))
    )


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = _fit(text)


def _fit(text: str) -> str:
    return _NOT_XML.sub("", str(text))


def _xml(feed: Element, media_type: str) -> HttpResponse:
    body = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8")
    return HttpResponse(body, content_type=f"{media_type}; charset=utf-8")
