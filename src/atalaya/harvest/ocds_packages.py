"""Release packages, record packages and bare lists of releases or records, as parts of publications.

Fields: https://standard.open-contracting.org/1.1/en/schema/release_package/ and …/record_package/; paging by `links.next`:
https://github.com/open-contracting-extensions/ocds_pagination_extension.
"""

from collections.abc import Mapping

from atalaya.catalogue.records import Agent, Dataset, Distribution, Period
from atalaya.harvest import values
from atalaya.harvest.fields import MAPPED, Entry, Ledger
from atalaya.harvest.ocds_documents import CONTRACTS, Contents, contents_of, is_contract
from atalaya.harvest.ocds_publications import File, Part, title_after
from atalaya.harvest.visits import Visit

_HEAD = ("uri", "publisher", "publishedDate", "version")
_ADDRESS = "addresses of other pages of the list"

IGNORED_FIELDS: Mapping[str, str] = {
    "links": "its next page is followed; the other pages are reached from there",
    "links.prev": _ADDRESS,
    "links.all": _ADDRESS,
}
"""Fields with no use here, with the reason."""


def is_package(value: object) -> bool:
    """Whether a value is a package: it lists contracts, or its head says that it is one (a period without releases)."""
    if not isinstance(value, dict) or is_contract(value):
        return False
    lists = [found for name in CONTRACTS if (found := contents_of(value.get(name))) is not None]
    head = sum(name in value for name in _HEAD)
    if any(found.items > found.odd for found in lists):
        return True
    return bool(head >= 3 if not lists else head >= 2 and not any(found.items for found in lists))


def read_package(entry: Entry, visit: Visit, *, alone: bool) -> tuple[Part, Contents]:
    """One package as a part, and the contracts it lists. `alone`: it is the document, and not one of several in it."""
    address = visit.answer.final_url or visit.url
    uri = entry.word("uri")
    publisher = read_publisher(entry)
    contents = _contracts(entry, uri or address)
    published = entry.word("publishedDate")
    name = (publisher.name or publisher.uri or publisher.native_id) if publisher else None
    dataset = Dataset(
        native_id=(uri if alone else None) or _several(address, name),
        title=title_after(name),
        publisher=publisher,
        licence=entry.word("license", "licence"),
        issued=published,
        modified=published,
        landing_page=entry.url("publicationPolicy"),
        temporal=_covered(contents),
        languages=contents.languages,
        conforms_to=(*_standard(entry), *entry.words("extensions")),
    )
    document = File(Distribution(download_url=visit.url, format="JSON", modified=published))
    packages = [
        File(Distribution(download_url=text, format="JSON"))
        for text in entry.words("packages")
        if text not in (visit.url, address)
    ]
    entry.close()
    part = Part(
        identity=f"{address} {uri or ''}",
        publication=f"packages of {name or ''}",
        dataset=dataset,
        files=(document, *packages),
    )
    return part, contents


def _several(address: str, publisher: str | None) -> str:
    """The identity of a publication whose packages stand in one document: neither their order nor their number is in it."""
    return address if publisher is None else f"{address}#{publisher}"


def _standard(entry: Entry) -> tuple[str, ...]:
    version = entry.word("version")
    return () if version is None else (f"OCDS {version}",)


def _covered(contents: Contents) -> tuple[Period, ...]:
    return () if contents.first is None else (Period(start=contents.first, end=contents.last),)


def _contracts(entry: Entry, place: str) -> Contents:
    """The lists of a package together; that there is none, or what in it is no release or record, is a problem."""
    found = [contents for name in CONTRACTS if (contents := contents_of(entry.take(name))) is not None]
    total = Contents(
        items=sum(item.items for item in found),
        odd=sum(item.odd for item in found),
        keys=frozenset().union(*(item.keys for item in found)),
        first=min((item.first for item in found if item.first), default=None),
        last=max((item.last for item in found if item.last), default=None),
        languages=tuple(dict.fromkeys(tag for item in found for tag in item.languages)),
    )
    if total.odd:
        entry.ledger.problem(place, f"{total.odd} of {total.items} items are no release or record: they have no ocid")
    if not total.items:
        entry.ledger.problem(place, "a package without releases or records")
    return total


def read_publisher(entry: Entry) -> Agent | None:
    """The publisher, an object with name, scheme, uid and uri, or its name alone; None where nothing is said."""
    said = entry.entry("publisher")
    if said is None:
        name = entry.word("publisher")
        return None if name is None or values.is_mail(name) else Agent(name=name)
    scheme, uid = said.word("scheme"), said.word("uid", "id", "identifier")
    agent = Agent(
        name=said.word("name", "legalName", "title"),
        uri=said.url("uri", "url"),
        native_id=f"{scheme}-{uid}" if scheme and uid else uid,
    )
    said.close()
    return None if agent == Agent() else agent


def read_contracts(items: list[object], visit: Visit, ledger: Ledger, path: str) -> tuple[Part, Contents]:
    """A bare list of releases or records: one publication, of which nothing is said but its contracts."""
    contents = contents_of(items)
    assert contents is not None
    ledger.use(path, MAPPED, contents.items)
    if contents.odd:
        what = f"{contents.odd} of {contents.items} items are no release or record: they have no ocid"
        ledger.problem(visit.url, what)
    address = visit.answer.final_url or visit.url
    dataset = Dataset(native_id=address, temporal=_covered(contents), languages=contents.languages)
    file = File(Distribution(download_url=visit.url, format="JSON"))
    return Part(identity=address, publication="contracts", dataset=dataset, files=(file,)), contents
