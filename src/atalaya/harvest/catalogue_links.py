"""Links of a home page that look as if they led to a catalogue: a CKAN under `/datos`, a portal on a host of its own."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from atalaya.harvest import values
from atalaya.harvest.bodies import decode, is_html, join
from atalaya.harvest.html_tokens import START, tokens
from atalaya.harvest.sitemap import is_file
from atalaya.harvest.visits import Visit

LINKS_LIMIT = 5
"""Links of one page that are looked at: around each of them some ten addresses are asked."""

PAGE_LIMIT = 2_000_000
"""Characters of a page whose links are looked at; a home page has some hundred thousands at most."""

_NAME = re.compile(
    r"(?:ckan|data-?sets?|(?:open-?)?data|datos(?:-?abiertos)?|dados(?:-?abertos)?|cat[aá]logos?|catalogues?|catalogs?)"
)
"""How the folder or the host of a catalogue is called in the languages of the region."""
_WORDS = re.compile(rf"(?:^|[^a-z]){_NAME.pattern}(?:[^a-z]|$)")
"""A name of several words with one of these in it, such as `portal-de-datos`."""


def catalogue_links(visit: Visit) -> tuple[str, ...]:
    """At most five addresses of the same site whose path or host looks like a catalogue, the plainest names first.

    Each is cut after the part that names the catalogue, since links often lead to one dataset or one search in it. A page that
    is no web page has none.
    """
    if visit.refusal is not None or not is_html(visit.body):
        return ()
    base = visit.answer.final_url or visit.url
    plain: dict[str, None] = {}
    vague: dict[str, None] = {}
    for href in _hrefs(decode(visit.body)[0][:PAGE_LIMIT]):
        found = _catalogue(base, href)
        if found is not None and found[0].rstrip("/") != base.rstrip("/"):
            (plain if found[1] else vague)[found[0]] = None
    return tuple(dict.fromkeys([*plain, *vague]))[:LINKS_LIMIT]


def _hrefs(page: str) -> Iterator[str]:
    for token in tokens(page):
        if token.kind == START and token.name in ("a", "area") and token.attributes.get("href"):
            yield token.attributes["href"]


def _catalogue(base: str, href: str) -> tuple[str, bool] | None:
    """The address of the catalogue that a link names, and whether it names it plainly; None for every other link."""
    target = join(base, href)
    if target is None or not values.is_web(target) or not _is_of_site(target, base) or is_file(target):
        return None
    root, path = values.root(target), urlsplit(target).path
    found: list[str] = []
    for segment in path.split("/"):
        found.append(segment)
        name = unquote(segment).lower().replace("_", "-")
        if _WORDS.search(name):
            return root + "/".join(found).lstrip("/"), _NAME.fullmatch(name) is not None
    own = values.host(target).split(".")[0]
    if values.host(target) == values.host(base) or not _WORDS.search(own):
        return None
    return root, True


def _is_of_site(target: str, base: str) -> bool:
    """Whether a host is that of the page, or one below it: `datos.muni.example` belongs to `www.muni.example`."""
    own, host = values.host(base).removeprefix("www."), values.host(target).removeprefix("www.")
    return host == own or host.endswith(f".{own}")
