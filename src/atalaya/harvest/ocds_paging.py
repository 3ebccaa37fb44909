"""The next page of a list, and how many entries it says to have, as OCDS publishers and their platforms tell it.

`links.next` is the pagination extension of OCDS; others count pages, name the next at the top, or send a `Link` header.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from atalaya.harvest import values
from atalaya.harvest.bodies import join, next_link
from atalaya.harvest.visits import Visit

NEXT = ("next", "next_page", "nextPage")
_PAGE = ("page", "current_page", "currentPage", "number")
_PAGES = ("num_pages", "total_pages", "totalPages", "last_page", "pages")
_TOTAL = ("total_items", "totalItems", "total_count", "count", "total")

PAGING = (*NEXT, *_PAGE, *_PAGES, *_TOTAL)
"""Fields that tell of pages and counts."""
DIGITS_LIMIT = 9
"""Digits of a page number; longer ones are cursors."""


def boxes(value: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The objects that may tell of pages: the links, the paging, and the document itself."""
    named = [value.get(name) for name in ("links", "pagination", "paginador", "meta", "paging")]
    return [*(box for box in named if isinstance(box, dict)), value]


def next_page(value: object, visit: Visit) -> str | None:
    """The next page: a link that is named, a header, or the number after this one where pages are counted."""
    if isinstance(value, dict):
        for box in boxes(value):
            for name in NEXT:
                said = box.get(name)
                text = values.word(said.get("href", said) if isinstance(said, dict) else said)
                if text is not None and not isinstance(said, bool):
                    counted = text.isdecimal() and len(text) <= DIGITS_LIMIT
                    return _numbered(visit.url, int(text)) if counted else join(_base(visit), text)
        for box in boxes(value):
            pages, page = _count(box, _PAGES), _count(box, _PAGE)
            if pages is not None and (page or _asked_page(visit.url)) < pages:
                return _numbered(visit.url, (page or _asked_page(visit.url)) + 1)
    return next_link(visit)


def _base(visit: Visit) -> str:
    return visit.answer.final_url or visit.url


def _count(box: Mapping[str, object], names: tuple[str, ...]) -> int | None:
    return next((number for name in names if (number := values.byte_size(box.get(name))) is not None), None)


def declared_total(value: Mapping[str, object], known: int | None) -> int | None:
    counts = [number for box in boxes(value) if (number := _count(box, _TOTAL)) is not None]
    return counts[0] if counts else known


def _asked_page(url: str) -> int:
    """The number of the page that an address asks for; 1 where it names none."""
    try:
        said = dict(parse_qsl(urlsplit(url).query)).get("page", "1")
    except ValueError:
        return 1
    return int(said) if said.isdecimal() and len(said) <= DIGITS_LIMIT else 1


def _numbered(url: str, page: int) -> str | None:
    """The address with another number of the page."""
    try:
        parts = urlsplit(url)
        query = [(name, text) for name, text in parse_qsl(parts.query, keep_blank_values=True) if name != "page"]
    except ValueError:
        return None
    return urlunsplit(parts._replace(query=urlencode([*query, ("page", str(page))])))
