"""Atom feeds (RFC 4287): new editions, what became of datasets, and the findings of an institution."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from atalaya.checks.registry import CHECKS
from atalaya.history.vanished import State
from atalaya.portal.api.answers import machine
from atalaya.portal.core.pages import spoken
from atalaya.portal.observatory.losses import how, state_title
from atalaya.portal.observatory.models import Change, Dataset, Edition, Finding, Institution, Source, Vanished
from atalaya.portal.observatory.queries import names_of, rules_of
from atalaya.publish.sentences import explainer
from atalaya.publish.words import clean

ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no document may hold (XML 1.0, 2.2)."""

ENTRIES = 200
"""Entries of a feed; whole lists are downloads of their pages."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `identifier` stays the same in every edition that has it."""

    identifier: str
    title: str
    link: str
    updated: date
    summary: str = ""


@machine("GET")
def editions(request: HttpRequest) -> HttpResponse:
    """One entry for each published edition, the newest first, with the hash of its manifest."""
    say = spoken(request)
    entries = [
        Entry(
            f"urn:atalaya:edition:{each.observation}",
            say.t("Edition of {day}", day=say.day(each.as_of.isoformat())),
            _page(request, "home"),
            each.as_of,
            f"{say.t('Manifest')} SHA-256 {each.manifest_sha256}",
        )
        for each in Edition.objects.order_by("-as_of")[:ENTRIES]
    ]
    return _feed(request, say.t("Editions"), _page(request, "method"), entries)


@machine("GET")
def changes(request: HttpRequest) -> HttpResponse:
    """One entry for each dataset that is new, changed, vanished, returned or migrated in the newest edition."""
    say, edition = spoken(request), request.edition
    rows = list(Change.objects.all()[:ENTRIES])
    there = set(Dataset.objects.filter(id__in=[row.subject for row in rows]).values_list("id", flat=True))
    names = names_of(row.institution for row in rows)
    titles = {
        "new": say.t("New"),
        "changed": say.t("Changed"),
        "vanished": say.t("Vanished"),
        "returned": say.t("Returned"),
        "migrated": say.t("Migrated"),
    }
    entries = [
        Entry(
            f"urn:atalaya:change:{edition.observation}:{row.change}:{row.subject}",
            f"{titles.get(row.change, row.change)}: {clean(row.title or row.subject, 200)}",
            _page(request, "dataset", row.subject) if row.subject in there else _page(request, "changes"),
            edition.as_of,
            names[row.institution].name if row.institution in names else "",
        )
        for row in rows
    ]
    return _feed(request, say.t("What changed in the data"), _page(request, "changes"), entries)


@machine("GET")
def vanished(request: HttpRequest) -> HttpResponse:
    """One entry for each dataset or resource that is lost for certain or is back again, the newest first."""
    say = spoken(request)
    told = Vanished.objects.filter(alone=True).exclude(state__in=(State.UNCONFIRMED, State.MIGRATED))
    when = Coalesce("back", "since", "last_seen")
    rows = list(told.annotate(when=when).order_by("-when", "id")[:ENTRIES])
    sources = {each.id: each for each in Source.objects.filter(id__in=[row.source for row in rows])}
    day = say.day(request.edition.as_of.isoformat())
    entries = [
        Entry(
            f"urn:atalaya:{row.state}:{row.id}:{row.when.isoformat()}",
            f"{state_title(say, row.state)}: {clean(row.title or row.dataset_title or row.id, 200)}",
            _page(request, "loss", row.id),
            row.when,
            how(
                say, row, say.quote(sources[row.source].title if row.source in sources else row.source), day
            ).striptags(),
        )
        for row in rows
    ]
    return _feed(request, say.t("Vanished"), _page(request, "vanished"), entries)


@machine("GET")
def findings(request: HttpRequest, slug: str) -> HttpResponse:
    """One entry for each finding of an institution, the newest first; 404 where the register has no such body."""
    found = Institution.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(slug)
    say, explain = spoken(request), explainer(CHECKS, request.edition.country)
    rows = list(Finding.objects.filter(institution=found.id).order_by("-since", "check_id", "id")[:ENTRIES])
    rules = rules_of(row.check_id for row in rows)
    entries = [
        Entry(
            f"urn:atalaya:finding:{row.id}",
            say.clean(rules[row.check_id].title) if row.check_id in rules else row.check_id,
            _page(request, "finding", row.id),
            row.since,
            clean(explain(row.as_row(), request.language) or "", 500),
        )
        for row in rows
    ]
    title = say.t("Findings of {institution}", institution=clean(found.name, 120))
    return _feed(request, title, _page(request, "institution", slug), entries)


def _page(request: HttpRequest, name: str, *parts: str) -> str:
    return str(request.build_absolute_uri(reverse(f"{request.language}:{name}", args=parts)))


def _feed(request: HttpRequest, title: str, about: str, entries: Iterable[Entry]) -> HttpResponse:
    own = request.build_absolute_uri()
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": request.language})
    _text(feed, "id", own)
    _text(feed, "title", f"Atalaya · {title}")
    _text(feed, "updated", _moment(request.edition.as_of))
    SubElement(SubElement(feed, "author"), "name").text = "Atalaya"
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": own})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": about})
    for each in entries:
        entry = SubElement(feed, "entry")
        _text(entry, "id", each.identifier)
        _text(entry, "title", each.title)
        _text(entry, "updated", _moment(each.updated))
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": each.link})
        if each.summary:
            _text(entry, "summary", each.summary)
    body = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8")
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _text(parent: Element, name: str, text: str) -> None:
    """A text without what XML 1.0 cannot hold."""
    SubElement(parent, name).text = _NOT_XML.sub("", str(text))


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
