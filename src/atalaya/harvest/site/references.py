"""What a reference on a page is, and whether it is followed."""

import re
from dataclasses import dataclass
from typing import Final

from atalaya.harvest.site.addresses import Link, is_under, link_of, looks_like, runs_away
from atalaya.harvest.site.frontier import DOCUMENT, PAGE, PROBE, Site, Target
from atalaya.harvest.site.page_parts import PageLink
from atalaya.harvest.site.services import FORM, VIEWER, carried_document, service_of

_TONGUES = frozenset({
    "ar", "de", "en", "es", "fr", "it", "ja", "ko", "pt", "ru", "zh", "eu", "ca", "gl", "nl", "pl", "sv", "tr",
})  # fmt: skip
_IN_PATHS = frozenset({"en", "fr", "de", "zh", "ru", "ja", "ko"})
"""Languages that the first folder of a path may tell; other pairs of letters are as often short for something else."""
_SPOKEN = re.compile(r"^(?:lang|language|idioma|locale|hl|lg|lang_id)=([A-Za-z]{2})(?:[_-]\w+)?$")
NEAREST: Final = 3
"""Headings above a link or a heading that may tell that it lies in the section of the law: the section, an article, a numeral."""
_FEW_WORDS: Final = 200
"""Words of a page up to which its pictures may be what it publishes: scans laid out as a page."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A link judged: `kind` as rows have it (a kind of mention, or `media`), what it is asked for (None: it is not, for the
    reason in `skipped`), and whether it lies in the section of the law."""

    link: Link
    kind: str
    purpose: str | None
    skipped: str | None
    section: bool
    outside: bool = False


def judge(site: Site, target: Target, base: str, said: PageLink, words: int) -> Reference | None:
    """What a reference of the page of `target` is; None where nobody wants to know: parts of pages, addresses that are none.

    `base` is the address against which it is resolved, `words` how many words the page has.
    """
    if said.relation in ("form", "postback"):
        link = link_of(base, said.reference if said.relation == "form" else "") or target.link
        return Reference(link, FORM, None, said.relation, target.section and not said.chrome)
    found = link_of(base, said.reference)
    if found is None:
        return None
    carried = carried_document(found.url)
    link = found if carried is None else link_of(base, carried) or found
    at_site = is_under(link.host, site.domains)
    speaks = site.words.speak(said.text, link.path, *said.headings[-NEAREST:])
    section = speaks or (target.section and not said.chrome)
    like = looks_like(link)
    if said.relation == "image" and (not target.section or words > _FEW_WORDS or like != "document"):
        return None
    if like == "part":
        return None
    service = service_of(link.url) if carried is None and not at_site else None
    if service is None and at_site and like == "page":
        service = service_of(link.url)
    if service is not None:
        return Reference(link, service, None, "service", section)
    if like == "media":
        return Reference(link, "media", None, "media", section)
    if like == "document":
        return _document(link, at_site, section)
    return _page(site, target, link, said, speaks, section, at_site=at_site)


def _document(link: Link, at_site: bool, section: bool) -> Reference:
    if at_site:
        return Reference(link, DOCUMENT, DOCUMENT, None, section)
    return Reference(link, DOCUMENT, PROBE if section else None, None if section else "elsewhere", section)


def _page(
    site: Site, target: Target, link: Link, said: PageLink, speaks: bool, section: bool, *, at_site: bool
) -> Reference:
    if not at_site:
        if said.relation == "frame":
            return Reference(link, VIEWER, None, "elsewhere", section)
        if said.relation == "refresh" and target.depth == 0:
            return Reference(link, PAGE, PAGE, None, section)  # the site has moved
        followed = speaks and not target.outside and said.relation in ("anchor", "area", "refresh")
        return Reference(link, PAGE, PAGE if followed else None, None if followed else "elsewhere", section, followed)
    if target.outside:
        return Reference(link, PAGE, None, "elsewhere", section)
    foreign = _tongue(link, said)
    if foreign is not None and site.languages and foreign not in site.languages:
        return Reference(link, PAGE, None, "language", section)
    runaway = runs_away(link)
    return Reference(link, PAGE, None if runaway else PAGE, runaway, section)


def _tongue(link: Link, said: PageLink) -> str | None:
    """The language that an address or its link says it is in; None where they say none."""
    if said.relation == "alternate":
        return said.text[:2].lower() if said.text[:1] != "x" else None
    for part in link.parameters:
        found = _SPOKEN.match(part)
        if found is not None and found[1].lower() in _TONGUES:
            return found[1].lower()
    first = link.path.split("/", 2)[1].lower() if link.path.startswith("/") else ""
    return first if first in _IN_PATHS else None
