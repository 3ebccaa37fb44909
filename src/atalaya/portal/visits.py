"""Visits every type of page once, as a visitor finds them: from the first page, along links."""

import os
import re
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import django
from django.urls import Resolver404, get_resolver, resolve

LANGUAGES = ("es", "en")
"""The namespaces of pages; the others are for machines, and no visitor walks through them."""

MOST = 300
"""Addresses that are asked at most: every type of page is a few links away from the first."""

_LINK = re.compile(r'<a ([^>]*)href="([^"]*)"([^>]*)>')


@dataclass(frozen=True, slots=True)
class Visit:
    """One page: its type (`es:institution`), address, status, what it weighed and took in bytes and seconds, its media type."""

    type: str
    path: str
    status: int
    size: int
    seconds: float
    media_type: str


OF_PEOPLE = frozenset({"certificate", "certificate_file", "communique", "publication", "standard", "standard_file"})
"""Pages of what people make in the portal, or a pack may leave out: one on which nobody has acted yet has none."""


def page_types() -> frozenset[str]:
    """The names of all pages that the observatory has, in both languages."""
    _set_up()
    spaces = get_resolver().namespace_dict
    return frozenset(f"{space}:{name}" for space in LANGUAGES for name in _names(spaces[space][1]))


def visit_all(base: str) -> Iterator[Visit]:
    """Ask one page of each type at a running portal, following links from its first pages; gives each as it comes.

    Links that are marked as not to be followed, most of them to files, are taken when no others are left.
    """
    wanted, seen = set(page_types()), {"/", "/en/"}
    waiting, later = deque(sorted(seen)), deque[str]()
    asked = 0
    while (waiting or later) and wanted and asked < MOST:
        path = (waiting or later).popleft()
        name = _type(path)
        if name not in wanted:
            continue
        wanted.discard(name)
        asked += 1
        visit, text = _ask(base, name, path)
        yield visit
        for before, link, after in _LINK.findall(text):
            target = urldefrag(urljoin(path, unescape(link)))[0]
            if not urlsplit(target).scheme and target not in seen:
                followed = "nofollow" not in before + after
                (waiting if followed else later).append(target)
                if followed:
                    seen.add(target)


def _ask(base: str, name: str, path: str) -> tuple[Visit, str]:
    started = time.monotonic()
    try:
        with urllib.request.urlopen(urljoin(base, path), timeout=60) as answer:  # noqa: S310 - the portal's own address
            body, status, kind = answer.read(), answer.status, answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        body, status, kind = error.read(), error.code, ""
    text = body.decode("utf-8", "replace") if kind == "text/html" else ""
    return Visit(name, path, status, len(body), time.monotonic() - started, kind), text


def _type(path: str) -> str | None:
    try:
        return str(resolve(urlsplit(path).path).view_name)
    except Resolver404:
        return None


def _names(resolver: object) -> Iterator[str]:
    for pattern in getattr(resolver, "url_patterns", ()):
        if getattr(pattern, "name", None):
            yield pattern.name


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atalaya.portal.configuration")
    django.setup()
