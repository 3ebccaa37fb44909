"""What came of one target: an answer and, of pages and sitemaps, what they say. Plain values, so that a crawl can be replayed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from atalaya.fetch.answers import Answer
from atalaya.harvest.bodies import is_html
from atalaya.harvest.site.frontier import DOCUMENT, MISSING, PAGE, PROBE, SITEMAP, Target
from atalaya.harvest.site.page import read_page
from atalaya.harvest.site.page_parts import PageHeading, PageLink, PageReading
from atalaya.harvest.site.page_text import page_text
from atalaya.harvest.sitemap_documents import read_sitemap
from atalaya.harvest.visits import Refusal, Visit, refuse, unpack

MOST_ADDRESSES: Final = 20_000
"""Addresses of one sitemap that are taken: ten times the pages that are read of a site."""
_PAGES = frozenset({"text/html", "application/xhtml+xml"})

NOT_NEEDED, RENDERED, UNRENDERED = None, "yes", "no"


@dataclass(slots=True)
class Visited:
    """One target asked. `page` is what the page says; `addresses` and `sitemaps` what a sitemap names; `rendered` is `yes` where
    a browser ran the scripts of a page that is empty without, `no` where none could."""

    url: str
    final_url: str
    status: int | None = None
    failure: str | None = None
    media_type: str | None = None
    sha256: str | None = None
    size: int | None = None
    kept: str | None = None
    page: PageReading | None = None
    addresses: list[str] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    rendered: str | None = None

    @property
    def good(self) -> bool:
        """Whether a body came with a status of success."""
        return self.failure is None and self.status is not None and 200 <= self.status < 300


class Ask(Protocol):
    """Asks one target, politely, and gives the answer with its bytes; None where they are not at hand or not wanted."""

    async def __call__(self, target: Target, /) -> tuple[Answer, bytes | None]:
        """Ask for the address of a target once."""


Render = Callable[[str], Awaitable[str | None]]
"""The markup of a page after its scripts have run, from its address; None where no browser can."""


async def look(target: Target, ask: Ask, render: Render) -> Visited:
    """Ask one target and read what came. Nothing is raised for what a publisher does."""
    answer, body = await ask(target)
    visited = _visited(target, answer)
    if body is None or target.purpose == PROBE:
        return visited
    if target.purpose == SITEMAP:
        _take_sitemap(target, answer, body, visited)
    elif _is_page(target, visited, body):
        visited.page = read_page(page_text(body, answer.headers.get("content-type")))
        if visited.page.is_shell and visited.good and target.purpose != MISSING:
            markup = await render(visited.final_url)
            visited.rendered = UNRENDERED if markup is None else RENDERED
            if markup is not None:
                visited.page = read_page(markup)
    return visited


def _visited(target: Target, answer: Answer) -> Visited:
    blob = answer.blob
    return Visited(
        url=target.link.url,
        final_url=answer.final_url + target.link.url.partition("#")[1] + target.link.url.partition("#")[2],
        status=200 if answer.not_modified else answer.status,
        failure=None if answer.failure is None else answer.failure.value,
        media_type=(answer.headers.get("content-type") or "").partition(";")[0].strip().lower() or None,
        sha256=None if blob is None or target.purpose == PROBE else blob.sha256,
        size=None if blob is None or target.purpose == PROBE else blob.size,
        kept=None if blob is None or target.purpose == PROBE else blob.kept,
    )


def _is_page(target: Target, visited: Visited, body: bytes) -> bool:
    """Whether an answer is a page: it begins like one, or is sent as one where nothing speaks for another format."""
    if is_html(body):
        return True
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if visited.media_type not in _PAGES or start.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        return False
    return target.purpose in (PAGE, MISSING) or start.startswith(b"<")


def _take_sitemap(target: Target, answer: Answer, body: bytes, visited: Visited) -> None:
    plain = unpack(body)
    if refuse(answer, body) is not None or isinstance(plain, Refusal):
        return
    found = read_sitemap(Visit(target.link.url, answer, plain, None))
    if not isinstance(found, Refusal):
        visited.addresses = list(found.pages[:MOST_ADDRESSES])
        visited.sitemaps = list(found.sitemaps)


def of_note(note: dict[str, Any]) -> Visited:
    """A visit from the plain values that were noted of it."""
    page = note.pop("page")
    visited = Visited(**note)
    if page is not None:
        links = [PageLink(**{**link, "headings": tuple(link["headings"])}) for link in page.pop("links")]
        headings = [PageHeading(**{**each, "above": tuple(each["above"])}) for each in page.pop("headings")]
        visited.page = PageReading(**{**page, "blocks": tuple(page["blocks"])}, links=links, headings=headings)
    return visited


def is_document(target: Target, visited: Visited) -> bool:
    """Whether what came is a document and no page."""
    return visited.page is None and (target.purpose in (DOCUMENT, PROBE) or _has_bytes(visited))


def _has_bytes(visited: Visited) -> bool:
    return visited.good and visited.sha256 is not None and visited.size not in (None, 0)
