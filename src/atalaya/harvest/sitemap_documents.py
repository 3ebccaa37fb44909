"""Sitemaps in their forms: XML, index of sitemaps, plain text, and the lines of robots.txt that name them.

Protocol: https://www.sitemaps.org/protocol.html; a gzip body is unpacked before it comes here.
"""

import re
from dataclasses import dataclass

from atalaya.harvest import values
from atalaya.harvest.bodies import decode, is_html, join
from atalaya.harvest.elements import children, local, text_of
from atalaya.harvest.visits import Refusal, Visit, landed
from atalaya.harvest.xml import parse_xml

ADDRESSES_LIMIT = 50_000
"""Addresses that one sitemap may hold by its protocol; more are read as well, up to ten times as many."""

_ROBOTS_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_KINDS = {"urlset": "url", "sitemapindex": "sitemap"}


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages that a sitemap names, and the other sitemaps that an index or a robots.txt names; `notes` say what is odd."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_sitemap(visit: Visit) -> Sitemap | Refusal:
    """What an answer names, or why it is no sitemap."""
    if is_html(visit.body):
        return Refusal("html", landed(visit))
    text, note = decode(visit.body)
    start = text.lstrip("\x00 \t\r\n\ufeff")[:1]
    if start == "<":
        return _read_xml(visit)
    notes = () if note is None else (note,)
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if lines and all(values.is_web(line) and " " not in line for line in lines):
        return Sitemap(pages=_each_once(lines), notes=notes)
    named = [found[1] for found in _ROBOTS_LINE.finditer(text)]
    absolute = [
        address for item in named if (address := join(_base(visit), item)) is not None and values.is_web(address)
    ]
    if start not in ("{", "[") and absolute:
        return Sitemap(sitemaps=_each_once(absolute), notes=notes)
    return Refusal("no_datasets", f"{landed(visit)}: neither a sitemap nor a robots.txt that names one")


def _read_xml(visit: Visit) -> Sitemap | Refusal:
    parsed = parse_xml(visit)
    if isinstance(parsed, Refusal):
        return parsed
    root, note = parsed
    kind = local(root)
    if kind not in _KINDS:
        return Refusal("no_datasets", f"{landed(visit)}: XML of another kind ({kind[:60]}), not a sitemap")
    found: list[str] = []
    odd = 0
    for item in children(root, _KINDS[kind]):
        place = next(children(item, "loc"), None)
        address = None if place is None else join(_base(visit), "".join(text_of(place).split()))
        if address is not None and values.is_web(address):
            found.append(address)
        else:
            odd += 1
    notes = [note] if note is not None else []
    if odd:
        notes.append(f"{odd} entries without an address")
    addresses = _each_once(found)
    if kind == "sitemapindex":
        return Sitemap(sitemaps=addresses, notes=tuple(notes))
    return Sitemap(pages=addresses, notes=tuple(notes))


def _each_once(addresses: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(addresses))[: 10 * ADDRESSES_LIMIT]


def _base(visit: Visit) -> str:
    return visit.answer.final_url or visit.url
