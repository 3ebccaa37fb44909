"""One communiqué: its text, what it is about, its corrections with the earlier text, and the same as files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from atalaya.commitments.inline import compared
from atalaya.news.body import words_of
from atalaya.news.markup import read_body
from atalaya.portal.core.downloads import download, wanted_format
from atalaya.portal.core.pages import country_of, of_people, page, published, spoken, with_words
from atalaya.portal.news.drawn import drawn
from atalaya.portal.news.files import ONE, rows
from atalaya.portal.news.finding import neighbours
from atalaya.portal.news.hours import local_of
from atalaya.portal.news.models import Communique
from atalaya.portal.news.services import values_of
from atalaya.portal.news.shown import Shown, news_mark, public, whole
from atalaya.publish.words import Words

TITLES = {
    "title": "Title",
    "summary": "Summary",
    "number": "Number",
    "on": "Date",
    "body": "Text",
    "video": "Video",
    "tags": "Tags",
    "attachments": "Attachments",
    "about": "What it is about",
    "pictures": "Photographs",
}
"""Field → what people read."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One field that a correction changed, word by word."""

    title: str
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A correction as its page shows it: when, why, and what changed."""

    at: datetime
    why: str
    changes: tuple[Changed, ...]


@published
@of_people
@with_words(news_mark)
def communique(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Render a communiqué, or give what it says as a file; 404 where none that is published has the address."""
    every = public()
    found = every.filter(slug=slug).first()
    if found is None:
        raise Http404(slug)
    say = spoken(request)
    each, form = whole(found, request, say, timezone.localdate()), wanted_format(request)
    if form:

        def absolute(place: str) -> str:
            path = place if place.startswith("/") else reverse(f"{request.language}:communique", args=(place,))
            return str(request.build_absolute_uri(path))

        return download(form, found.slug, ONE, rows(each, say, absolute))
    before, after = neighbours(every, found)
    return page(request, "news/communique.html", before=before, after=after, **values(each, country_of(request), say))


def values(each: Shown, country: str, say: Words) -> dict[str, Any]:
    """What the page and the printed sheet of a communiqué are given."""
    return {
        "each": each,
        "text": drawn(each.body, str(say.t("A table of the text"))),
        "steps": [] if each.hidden else list(_steps(each.row, say)),
        "hour": lambda moment: _hour(moment, country, say),
    }


def _hour(moment: datetime, country: str, say: Words) -> str:
    local = local_of(moment, country)
    return str(say.t("{day}, {hour}", day=say.day(local.date().isoformat()), hour=f"{local:%H:%M}"))


def _steps(row: Communique, say: Words) -> Iterator[Step]:
    """The corrections, the last one first: each against what came after it."""
    after = {name: _plain(value) for name, value in values_of(row).items()}
    after["pictures"] = [each.file.alternative for each in row.pictures.select_related("file")]
    for correction in reversed(list(row.corrections.all())):
        changes = tuple(
            Changed(str(say.t(TITLES[name])), compared(_read(name, old, say), _read(name, after[name], say)))
            for name, old in correction.before.items()
            if name in TITLES
        )
        yield Step(correction.at, correction.why, changes)
        after |= correction.before


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _read(name: str, value: Any, say: Words) -> str:
    """A value of a field as people read it, to be compared word by word."""
    if name == "body":
        return words_of(read_body(value))
    if name == "on":
        return say.day(value)
    if name == "attachments":
        return "; ".join(f"{each['title']} {each['url']}" for each in value)
    if name == "about":
        return "; ".join(each.partition(":")[2] for each in value)
    return ", ".join(value) if isinstance(value, list) else str(value)
