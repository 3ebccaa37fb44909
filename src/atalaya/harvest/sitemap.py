"""A site read through its sitemap: every page that it names is asked and read for datasets of schema.org.

The source is a sitemap, an index of sitemaps, or a robots.txt that names them. Pages whose address looks like that of a dataset
come first, because at most `PAGES_BUDGET` pages are asked in one harvest; where there are more, it is partial. Pages without a
dataset are counted and no problem. Pages on other hosts are not asked: a sitemap speaks for its own site.

Any site has a sitemap. One that is found around an address is claimed only where an address in it looks like that of a dataset,
so that discovery does not take every web site for a catalogue. One that somebody gave is claimed whatever it names: an index
often names its parts by number (`sitemap.xml?page=1`). A source that is declared is read in any case.

Protocol: https://www.sitemaps.org/protocol.html
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from atalaya.catalogue.records import FieldUse, Problem, Reading
from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.fields import IGNORED
from atalaya.harvest.protocol import Harvest, Place, Protocol
from atalaya.harvest.readings import gathered
from atalaya.harvest.schema_org_crawl import PAGES_BUDGET, Crawl, crawl
from atalaya.harvest.schema_org_pages import same_site
from atalaya.harvest.sitemap_documents import Sitemap, read_sitemap
from atalaya.harvest.visits import Getter, Refusal, Trail, Visit, landed

SITEMAPS_LIMIT = 50
"""Sitemaps asked of one site: at the 50,000 addresses that each may hold, far more than the pages that are asked."""

_DATASET = re.compile(
    r"/(?:data-?sets?|datos?(?:[-_]abiertos?)?|dados?(?:[-_]abertos?)?|open-?data|conjuntos?(?:[-_]de[-_]d[ao]dos)?"
    r"|conjuntos?[-_]de[-_]datos|catalogos?|catalogues?|catalogs?|estadisticas?|statistics|record|records|doi|explore)"
    r"(?:[/?.-]|$)",
    re.IGNORECASE,
)
_HINT = re.compile(r"data-?set|datos|dados|open-?data|catalog", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?:csv|tsv|xlsx?|ods|pdf|docx?|odt|pptx?|zip|gz|7z|rar|json|geojson|rdf|ttl|kml|kmz|png|jpe?g|gif|svg|webp|ico|mp[34]"
    r"|avi|mov|txt|css|js|woff2?)$",
    re.IGNORECASE,
)


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest the pages that the sitemaps of a site name. Nothing is raised for what the site does."""
    trail = Trail(get)
    named = await _name_pages(source.url, trail)
    if isinstance(named, Refusal):
        return gathered(PROTOCOL.id, source, trail, [], named)
    crawled = await crawl(trail, named.pages, Crawl(trouble=named.trouble))
    readings = [named.reading(), *crawled.readings, crawled.only_listed(), crawled.count()]
    datasets = any(reading.datasets for reading in readings)
    if not datasets and crawled.trouble is None:
        told = f"{source.url}: none of {crawled.asked} pages holds a Dataset of schema.org"
        crawled.worry(Refusal("no_datasets", told))
    return gathered(PROTOCOL.id, source, trail, readings, crawled.trouble)


@dataclass
class _Named:
    """The pages of a site in the order in which they are asked, and what was odd about its sitemaps."""

    pages: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    elsewhere: int = 0
    files: int = 0
    trouble: Refusal | None = None

    def add(self, sitemap: Sitemap, place: str, home: str) -> None:
        """Take the pages of one sitemap that are of the site and are pages."""
        self.problems.extend(Problem(place=place, reason=note) for note in sitemap.notes)
        for page in sitemap.pages:
            if not same_site(page, home):
                self.elsewhere += 1
            elif is_file(page):
                self.files += 1
            else:
                self.pages.append(page)

    def reading(self) -> Reading:
        """A reading without datasets that counts what was not asked."""
        counts = (("page on another host", self.elsewhere), ("address of a file", self.files))
        uses = tuple(FieldUse(path=path, reading=IGNORED, count=number) for path, number in counts if number)
        return Reading(fields=uses, problems=tuple(self.problems))


async def _name_pages(url: str, trail: Trail) -> _Named | Refusal:
    """The pages of all sitemaps, those that look like datasets first; a refusal where the first sitemap is none."""
    named = _Named()
    waiting = [url]
    asked: set[str] = set()
    home = url
    while waiting:
        address = waiting.pop(0)
        if address in asked:
            continue
        if len(asked) >= SITEMAPS_LIMIT:
            named.trouble = named.trouble or Refusal("incomplete", f"{url} names more than {SITEMAPS_LIMIT} sitemaps")
            break
        asked.add(address)
        visit = await trail.ask(address)
        found = visit.refusal or read_sitemap(visit)
        if isinstance(found, Refusal):
            if len(asked) == 1:
                return found
            named.problems.append(Problem(place=address, reason=f"{found.reason}: a sitemap that cannot be read"))
            named.trouble = named.trouble or Refusal("page_failed", found.detail)
            continue
        named.add(found, address, home)
        waiting.extend(by_likelihood(found.sitemaps))
    named.pages = by_likelihood(dict.fromkeys(named.pages))
    if not named.pages and named.trouble is None:
        return Refusal("no_datasets", f"{url}: its sitemaps name no page of this site")
    return named


def by_likelihood(addresses: Iterable[str]) -> list[str]:
    """Addresses with those first that look like one of a dataset, else in their order.

    >>> by_likelihood(["https://a.example/noticias/1", "https://a.example/dataset/x", "https://a.example/"])
    ['https://a.example/dataset/x', 'https://a.example/noticias/1', 'https://a.example/']
    """
    return sorted(addresses, key=lambda address: not looks_like_dataset(address))


def looks_like_dataset(address: str) -> bool:
    """Whether the path of an address names datasets or a catalogue."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return _DATASET.search(f"{parts.path}?{parts.query}") is not None


def is_file(address: str) -> bool:
    """Whether an address ends like a file that is no web page."""
    try:
        return _FILE.search(urlsplit(address).path) is not None
    except ValueError:
        return False


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is no sitemap of a site with datasets; None where it may be one."""
    found = read_sitemap(visit)
    if isinstance(found, Refusal):
        return found
    if any(looks_like_dataset(page) for page in found.pages) or any(_HINT.search(item) for item in found.sitemaps):
        return None
    return Refusal("no_datasets", f"{landed(visit)}: a sitemap without any address that looks like that of a dataset")


def claims_given(visit: Visit) -> Refusal | None:
    """Why an address that was given as the source is no sitemap that names anything; None where it is one."""
    found = read_sitemap(visit)
    if isinstance(found, Refusal):
        return found
    return None if found.pages or found.sitemaps else Refusal("no_datasets", f"{landed(visit)}: a sitemap of nothing")


def places(first: Visit) -> tuple[Place, ...]:
    """The usual sitemap at the root of the host, the robots.txt that may name others, and the usual index."""
    root = values.root(first.url)
    return tuple(Place(root + name) for name in ("sitemap.xml", "robots.txt", "sitemap_index.xml")) if root else ()


PROTOCOL = Protocol(
    id="sitemap",
    title={"en": "Sitemap with schema.org", "es": "Mapa de sitio con schema.org"},
    description={
        "en": f"The schema.org datasets on the pages that a sitemap names, up to {PAGES_BUDGET} pages a harvest.",
        "es": f"Los conjuntos de datos schema.org de las páginas de un mapa de sitio, hasta {PAGES_BUDGET} por cosecha.",
    },
    documentation="https://www.sitemaps.org/protocol.html",
    harvest=harvest,
    claims=claims,
    places=places,
    weak=True,
    claims_given=claims_given,
)
