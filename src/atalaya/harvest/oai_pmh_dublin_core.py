"""Metadata of Dublin Core, fifteen elements without qualifiers, and those of DCMI Terms that repositories mix in.

The elements say little: an identifier may be a page, a file or a number, a date may be any, a right may be a licence or an
access right. What each is taken for stands at its function. Dublin Core has no distributions: an address that ends like a
data file is read as a link derived by rule, never as one that the source declares.

Elements: https://www.dublincore.org/specifications/dublin-core/dces/ and https://www.openarchives.org/OAI/2.0/oai_dc.xsd.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from atalaya.catalogue.records import Agent, Dataset, Distribution
from atalaya.harvest import values
from atalaya.harvest.datacite_records import is_access_right
from atalaya.harvest.elements import local, namespace, text_of
from atalaya.harvest.fields import Entry
from atalaya.harvest.organisations import is_organisation

PATH = "record.metadata.dc"
_PERSON = "names persons; only organisations that are evident are kept, of the creators"
_RELATED = "points at related works; only addresses of data files among them are read"
_NOWHERE = "has no place in a record of DCAT; measured nowhere yet"

IGNORED_FIELDS: Mapping[str, str] = {
    f"{PATH}.{name}": reason
    for reason, names in {
        _PERSON: "contributor rightsHolder mediator",
        _RELATED: """
            source isPartOf hasPart isVersionOf hasVersion replaces isReplacedBy isReferencedBy references requires
            isRequiredBy isFormatOf hasFormat conformsTo bibliographicCitation
        """,
        _NOWHERE: """
            alternative tableOfContents extent medium provenance audience educationLevel instructionalMethod dateAccepted
            dateCopyrighted dateSubmitted valid accrualMethod accrualPolicy
        """,
    }.items()
    for name in names.split()
}
"""Elements with no use here, with the reason."""

NAMESPACE = "purl.org/dc/"
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DATA_FILE = re.compile(
    r"\.(?:csv|tsv|tab|xlsx?|xlsm|ods|json|jsonl|geojson|xml|rdf|ttl|nt|zip|7z|rar|gz|tgz|tar|shp|gpkg|kml|kmz|gml|tiff?"
    r"|nc|hdf5?|parquet|sav|dta|por|sas7bdat|rdata|rds|dbf|mdb|accdb|sqlite|txt|dat|gpx|las|laz)$",
    re.IGNORECASE,
)
_TEMPORAL = re.compile(r"^[\s\d.:/TZ+-]*\d[\s\d.:/TZ+-]*$|\b(?:start|end)\s*=", re.IGNORECASE)
_LICENCE = re.compile(
    r"licen[cs]|creativecommons|creative commons|\bcc[- ](?:by|0)|public domain|dominio p[uú]blico", re.I
)


def is_dublin_core(metadata: Element) -> bool:
    """Whether the metadata of a record are elements of Dublin Core, under whatever name they are gathered."""
    return any(NAMESPACE in namespace(child) for child in metadata)


def dublin_core_object(metadata: Element) -> dict[str, object]:
    """The elements by name, each a list of texts with their languages."""
    made: dict[str, list[object]] = {}
    for child in metadata:
        name, said = local(child), text_of(child).strip()
        if name and said:
            language = child.get(_XML_LANGUAGE)
            made.setdefault(name, []).append({"@value": said, "@language": language} if language else said)
    return dict(made)


def types_of(value: Mapping[str, object]) -> tuple[str, ...]:
    """The types that a record states."""
    return values.words(value.get("type"))


def read_dataset(entry: Entry) -> Dataset:
    """One record. What cannot be used is counted in the ledger of `entry`, which is closed."""
    identifiers = entry.words("identifier")
    pages = [said for said in identifiers if values.is_web(said)]
    files = [said for said in (*pages, *entry.words("relation")) if is_data_file(said)]
    coverage = entry.words("coverage")
    licence, title, access, rights = _rights(entry)
    dataset = Dataset(
        native_id=identifiers[0] if identifiers else None,
        title=entry.text("title"),
        description=entry.text("description", "abstract"),
        keywords=entry.words("subject"),
        publisher=_publisher(entry),
        creator=_creator(entry),
        licence=licence,
        licence_title=title,
        access_rights=access,
        rights=rights,
        issued=_issued(entry),
        modified=entry.word("modified"),
        frequency=entry.word("accrualPeriodicity"),
        spatial=(*entry.words("spatial"), *(said for said in coverage if not _TEMPORAL.search(said))),
        temporal=tuple(values.period(said) for said in (*entry.words("temporal"), *coverage) if _TEMPORAL.search(said)),
        languages=entry.words("language"),
        landing_page=next((page for page in pages if page not in files), None),
        distributions=_derived(entry, files),
    )
    entry.take("type")
    entry.close()
    return dataset


def is_data_file(address: str) -> bool:
    """Whether an address ends like a file of data.

    >>> is_data_file("https://a.example/x.CSV?v=1"), is_data_file("https://a.example/article.pdf"), is_data_file("x.csv")
    (True, False, False)
    """
    if not values.is_web(address):
        return False
    try:
        return _DATA_FILE.search(urlsplit(address.strip()).path) is not None
    except ValueError:
        return False


def _derived(entry: Entry, files: list[str]) -> tuple[Distribution, ...]:
    """A link for every address of a data file; the format belongs to it where there is one of each."""
    formats = entry.words("format")
    addresses = tuple(dict.fromkeys(files))
    stated = formats[0] if len(formats) == 1 and len(addresses) == 1 else None
    return tuple(Distribution(download_url=url, format=stated, derived=True) for url in addresses)


def _publisher(entry: Entry) -> Agent | None:
    name = entry.word("publisher")
    return None if name is None or values.is_mail(name) else Agent(name=name)


def _creator(entry: Entry) -> Agent | None:
    """The first creator that is evidently a body; Dublin Core does not tell persons apart, and persons are never kept."""
    name = next((said for said in entry.words("creator") if is_organisation(said)), None)
    return None if name is None else Agent(name=name)


def _issued(entry: Entry) -> str | None:
    """The date of issue; of plain dates the first, those of embargoes left aside."""
    stated = entry.word("issued")
    dates = [said for said in entry.words("date", "available", "created") if not said.startswith("info:eu-repo/")]
    return stated or next(iter(dates), None)


def _rights(entry: Entry) -> tuple[str | None, str | None, str | None, str | None]:
    """Licence (its address first), its name, the access right and what other right is stated, told apart by their words."""
    said = (*entry.words("license"), *entry.words("rights"))
    access = [*entry.words("accessRights"), *(text for text in said if is_access_right(text))]
    licences = [text for text in said if not is_access_right(text) and (values.is_web(text) or _LICENCE.search(text))]
    addresses = [text for text in licences if values.is_web(text)]
    names = [text for text in licences if not values.is_web(text)]
    others = [text for text in said if text not in licences and text not in access]
    licence = next(iter([*addresses, *names]), None)
    title = next((text for text in names if text != licence), None)
    return licence, title, next(iter(access), None), next(iter(others), None)
