"""Data packages (Frictionless Data): a `datapackage.json`, or a list, index or catalogue of them that is followed.

Read: versions 1 and 2 of the descriptor and what earlier drafts called otherwise, data catalogues (a package whose resources
are packages), indexes by name, plain lists of packages or of their addresses, and single data resources. Packages that a
catalogue only points at are asked one by one; one that cannot be read makes the harvest partial.

Specification: https://datapackage.org/standard/data-package/ (version 2), https://specs.frictionlessdata.io/data-package/
(version 1), https://datapackage.org/recipes/data-catalog/ (catalogues).
"""

from collections import deque

from atalaya.catalogue.records import Reading
from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.bodies import parse_json
from atalaya.harvest.datapackage_catalogues import Found, is_datapackage, look
from atalaya.harvest.datapackage_records import IGNORED_FIELDS, read_package
from atalaya.harvest.fields import Ledger
from atalaya.harvest.protocol import Harvest, Place, Protocol
from atalaya.harvest.readings import gathered
from atalaya.harvest.visits import Getter, Refusal, Trail, Visit, landed

PACKAGES_LIMIT = 5_000
"""Descriptors that one source may lead to; the largest public registry of packages has some hundreds."""
DEPTH_LIMIT = 4
"""Catalogues inside catalogues."""

NAME = "datapackage.json"
"""The name that a published descriptor must have."""


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest a package or everything that a catalogue of packages leads to. Nothing is raised for what the source does."""
    trail = Trail(get)
    first = await _first(source.url, trail)
    if isinstance(first, Refusal):
        return gathered(PROTOCOL.id, source, trail, [], first)
    visit, found = first
    walk = _Walk(trail, visit, found)
    readings = [_read(visit, found, counted=True)]
    trouble: Refusal | None = None
    while walk.waiting and len(walk.asked) <= PACKAGES_LIMIT:
        address, depth = walk.waiting.popleft()
        if address in walk.asked:
            continue
        reading = await walk.follow(address, depth)
        if isinstance(reading, Refusal):
            reason = reading.reason if reading.reason == "pages_repeat" else "page_failed"
            trouble = trouble or Refusal(reason, reading.detail)
            reading = _missed(address, reading)
        readings.append(reading)
    if walk.waiting and trouble is None:
        trouble = Refusal("incomplete", f"more than {PACKAGES_LIMIT} packages")
    return gathered(PROTOCOL.id, source, trail, readings, trouble)


class _Walk:
    """What was asked on the way through catalogues, what waits with its depth, and the catalogues seen, by their bytes."""

    def __init__(self, trail: Trail, first: Visit, found: Found) -> None:
        self.trail = trail
        self.asked = {first.url, first.answer.final_url}
        self.waiting = deque((address, 1) for address in found.addresses)
        self._catalogues = {first.body}

    async def follow(self, address: str, depth: int) -> Reading | Refusal:
        """The reading of one document that a catalogue points at; what it points at itself waits."""
        self.asked.add(address)
        visit = await self.trail.ask(address)
        found = visit.refusal or _look(visit)
        if isinstance(found, Refusal):
            return found
        if found.addresses:
            if visit.body in self._catalogues:
                return Refusal("pages_repeat", f"{address} is a catalogue that was read before")
            if depth >= DEPTH_LIMIT:
                return Refusal("nesting", f"{address}: catalogues inside each other deeper than {DEPTH_LIMIT}")
            self._catalogues.add(visit.body)
            self.waiting.extend((inner, depth + 1) for inner in found.addresses)
        return _read(visit, found)


async def _first(url: str, trail: Trail) -> tuple[Visit, Found] | Refusal:
    """The document at the declared address, or the descriptor below it; else why there is none."""
    refusal: Refusal | None = None
    for address in addresses(url):
        visit = await trail.ask(address)
        found = visit.refusal or _look(visit)
        if not isinstance(found, Refusal):
            return visit, found
        refusal = refusal or found
        if found.reason not in ("html", "no_datasets", "http"):
            break
    return refusal or Refusal("no_datasets", f"{url} is no address")


def addresses(url: str) -> tuple[str, ...]:
    """Where a declared source may be: at its address, else the descriptor below it."""
    place = url.partition("#")[0].partition("?")[0]
    if not values.root(url) or place.lower().endswith(".json"):
        return (url,)
    return (url, values.below(url, NAME))


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is no data package and no catalogue of them; None where it is one."""
    parsed = parse_json(visit)
    if isinstance(parsed, Refusal):
        return parsed
    if is_datapackage(parsed[0]):
        return None
    return Refusal("no_datasets", f"{landed(visit)} is no data package and lists none")


def places(first: Visit) -> tuple[Place, ...]:
    """`datapackage.json` below the address and at the root of its host."""
    found = (values.below(first.url, NAME), values.root(first.url) + NAME)
    return tuple(Place(url) for url in dict.fromkeys(found))


def _look(visit: Visit) -> Found | Refusal:
    parsed = parse_json(visit)
    if isinstance(parsed, Refusal):
        return parsed
    value, note = parsed
    ledger = Ledger(IGNORED_FIELDS)
    if note is not None:
        ledger.problem(visit.url, note)
    return look(value, visit, ledger)


def _read(visit: Visit, found: Found, counted: bool = False) -> Reading:
    """The packages that stand in a document; `counted`: it also says how many packages it lists."""
    base = visit.answer.final_url or visit.url
    datasets = tuple(read_package(package, base, found.ledger) for package in found.packages)
    total = len(found.packages) + len(found.addresses)
    if found.is_catalogue and not total:
        found.ledger.problem(visit.url, "the catalogue lists no package")
    return Reading(
        datasets=datasets,
        fields=found.ledger.fields,
        problems=found.ledger.problems,
        declared_total=total if counted and found.is_catalogue and found.addresses else None,
    )


def _missed(address: str, refusal: Refusal) -> Reading:
    """A package that could not be read, as a problem."""
    ledger = Ledger(IGNORED_FIELDS)
    ledger.problem(address, refusal.detail)
    return Reading(problems=ledger.problems)


PROTOCOL = Protocol(
    id="datapackage",
    title={"en": "Data packages (Frictionless Data)", "es": "Paquetes de datos (Frictionless Data)"},
    description={
        "en": "A datapackage.json, version 1 or 2, or a list, index or catalogue of data packages, which is followed.",
        "es": "Un datapackage.json, versión 1 o 2, o una lista, índice o catálogo de paquetes de datos, que se sigue.",
    },
    documentation="https://datapackage.org/standard/data-package/",
    harvest=harvest,
    claims=claims,
    places=places,
    generic=True,
)
