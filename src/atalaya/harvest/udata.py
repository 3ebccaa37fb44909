"""uData (data.gouv.fr, data.public.lu and others): datasets with their resources, by the API, versions 1 and 2, or as tables.

Version 1 gives the resources with each dataset and is asked first. Version 2 gives a link to them, which costs one request or
more for every dataset. The portal's own exports of its catalogue are read too, as CSV or as a workbook: one row a dataset
(the resources are then looked for in `resources.csv` beside `datasets.csv`) or one row a resource. What the portal says is
archived, deleted or private is no longer published: it is left out, and listed as a problem.

Specification: https://www.data.gouv.fr/api/1/swagger.json, https://www.data.gouv.fr/api/2/swagger.json
"""

from dataclasses import replace

from atalaya.countries.pack import Source
from atalaya.harvest.bodies import parse_json
from atalaya.harvest.protocol import FAILED, Harvest, Place, Protocol
from atalaya.harvest.readings import harvest_pages
from atalaya.harvest.tabular import is_json
from atalaya.harvest.udata_addresses import probes, starts
from atalaya.harvest.udata_completion import completed
from atalaya.harvest.udata_reading import Reader, is_dataset, listing_in, table_in
from atalaya.harvest.visits import Getter, Page, Refusal, Visit, landed


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest a portal from the interface that its address names, else from the first that answers."""
    spent: tuple[Page, ...] = ()
    first: Harvest | None = None
    for start in starts(source.url, source.page_size):
        reader = Reader()
        found = await harvest_pages(PROTOCOL.id, replace(source, url=start), get, reader.read)
        spent = (*spent, *found.pages)
        if found.state != FAILED:
            return await completed(replace(found, pages=spent), reader, source, get)
        first = first or found
        if found.reason in ("unreachable", "robots", "cut"):
            break
    assert first is not None, "a source has at least its own address"
    return replace(first, pages=spent)


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is none of uData's lists or tables of datasets; None where it is one."""
    if not is_json(visit.body):
        table = table_in(visit)
        return table if isinstance(table, Refusal) else None
    parsed = parse_json(visit)
    listing = parsed if isinstance(parsed, Refusal) else listing_in(parsed[0], visit)
    if isinstance(listing, Refusal):
        return listing
    if listing.dump or any(is_dataset(item) for item in listing.items[:50]) or (not listing.items and listing.own):
        return None
    return Refusal("no_datasets", f"{landed(visit)}: a list of other objects than datasets of uData")


def places(first: Visit) -> tuple[Place, ...]:
    """The lists of both versions at the root of the host."""
    return tuple(Place(asked, declared) for asked, declared in probes(first.url))


PROTOCOL = Protocol(
    id="udata",
    title={"en": "uData", "es": "uData"},
    description={
        "en": "Datasets and resources of a uData portal, by its API, versions 1 and 2, or by its catalogue as tables.",
        "es": "Conjuntos y recursos de un portal uData, por su API, versiones 1 y 2, o por su catálogo en tablas.",
    },
    documentation="https://www.data.gouv.fr/api/1/swagger.json",
    harvest=harvest,
    claims=claims,
    places=places,
)
