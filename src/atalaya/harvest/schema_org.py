"""schema.org: `Dataset` and `DataCatalog` in web pages (JSON-LD, microdata, RDFa Lite) and in documents of JSON-LD; Croissant.

A catalogue may list datasets whose downloads stand only on their own pages; those of the same site are asked, within a budget.
No other page is followed: a site without such a list is read through its sitemap (`sitemap`).

The protocol is weak, also for documents of JSON-LD alone: pages of every kind of portal carry such markup for search engines,
and the portal's own interface says more. What a JSON-LD document of schema.org says no other protocol claims, so that
nothing is lost by being asked last.

Vocabulary: https://schema.org/Dataset, https://schema.org/DataCatalog; Croissant: https://docs.mlcommons.org/croissant/.
"""

from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.bodies import decode, is_html, join
from atalaya.harvest.protocol import Harvest, Place, Protocol
from atalaya.harvest.readings import gathered
from atalaya.harvest.schema_org_crawl import Crawl, crawl
from atalaya.harvest.schema_org_markup import read_markup
from atalaya.harvest.schema_org_pages import read_page, same_site
from atalaya.harvest.visits import Getter, Refusal, Trail, Visit

PLACES_LIMIT = 3
"""Documents of JSON-LD asked of those that a page links to."""


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest one page or document, and the pages of its catalogue. Nothing is raised for what the source does."""
    trail = Trail(get)
    visit = await trail.ask(source.url)
    page = visit.refusal or read_page(visit)
    if isinstance(page, Refusal):
        return gathered(PROTOCOL.id, source, trail, [], page)
    crawled = Crawl(readings=[page.reading], listed=dict(page.listed))
    own = [address for address in page.listed if same_site(address, visit.answer.final_url or source.url)]
    crawled = await crawl(trail, own, crawled)
    listed = crawled.only_listed()
    if listed.problems:
        crawled.worry(
            Refusal("incomplete", f"{len(listed.problems)} datasets are named by {source.url} but described nowhere")
        )
    readings = [*crawled.readings, listed]
    if own:
        readings.append(crawled.count())
    return gathered(PROTOCOL.id, source, trail, readings, crawled.trouble)


def claims(visit: Visit) -> Refusal | None:
    """Why an answer holds no dataset of schema.org; None where it does."""
    page = read_page(visit)
    return page if isinstance(page, Refusal) else None


def places(first: Visit) -> tuple[Place, ...]:
    """The JSON-LD that the page calls another form of itself."""
    if not is_html(first.body):
        return ()
    base = first.answer.final_url or first.url
    linked = [join(base, address) for address in read_markup(decode(first.body)[0]).linked]
    found = [address for address in linked if address is not None and values.is_web(address)]
    return tuple(Place(address) for address in dict.fromkeys(found))[:PLACES_LIMIT]


PROTOCOL = Protocol(
    id="schema_org",
    title={"en": "schema.org", "es": "schema.org"},
    description={
        "en": "Datasets in the markup of web pages or in JSON-LD, by schema.org and Croissant.",
        "es": "Conjuntos de datos en el marcado de páginas web o en JSON-LD, según schema.org y Croissant.",
    },
    documentation="https://schema.org/Dataset",
    harvest=harvest,
    claims=claims,
    places=places,
    weak=True,
)
