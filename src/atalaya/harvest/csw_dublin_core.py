"""A `csw:Record` as a dataset: Dublin Core with boxes and links (OGC 07-006r1, table 10; OGC 12-176r7, table 9)."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from atalaya.catalogue.records import Agent, Dataset, Distribution, Text
from atalaya.harvest import values
from atalaya.harvest.elements import Node, Tree
from atalaya.harvest.fields import Ledger
from atalaya.harvest.iso.languages import tag
from atalaya.harvest.iso.links import is_service_protocol, media_type_of
from atalaya.harvest.iso.records import LEVELS

RECORDS = frozenset({"Record", "SummaryRecord", "BriefRecord", "DCMIRecord"})

_PERSON = "may name a person; a body is not told apart here"
_RELATION = "relates the dataset to others; measured nowhere yet"
IGNORED_CSW: Mapping[str, str] = {
    "creator": _PERSON,
    "contributor": _PERSON,
    "relation": _RELATION,
    "source": _RELATION,
    "isPartOf": _RELATION,
    "hasPart": _RELATION,
    "created": "when the data were made; neither issued nor modified",
    "provenance": "how the data were made; told in prose that is measured nowhere yet",
    "audience": "whom the data are for; measured nowhere yet",
    "alternative": "a second title",
    "tableOfContents": "prose beside the abstract",
    "bibliographicCitation": "prose beside the abstract",
}
"""Elements with no use here, with the reason."""


def read_dublin_core(element: Element, ledger: Ledger, place: str) -> Dataset | None:
    """The dataset of a record, or None and a problem at `place` where it describes something else."""
    tree = Tree(ledger, IGNORED_CSW)
    record = tree.node(element)
    identifier = record.word("identifier")
    where = f"{place} {identifier[:200]}" if identifier else place
    kind = record.word("type")
    name = (kind or "").rpartition("/")[2].rpartition("#")[2].strip().lower()
    what = LEVELS.get(name)
    if what is not None:
        ledger.problem(where, f"describes {what}, not a dataset")
        return None
    if name and name not in LEVELS:
        ledger.problem(where, f"of the type {name[:80]!r}, which is in no list; read as a dataset")
    dataset = _dataset(record, identifier)
    tree.close(element)
    return dataset


def _dataset(record: Node, identifier: str | None) -> Dataset:
    language = record.words("language")
    spoken = tag(language[0]) if len(language) == 1 else ""
    rights = record.words("rights")
    publisher = record.word("publisher")
    return Dataset(
        native_id=identifier,
        title=_text(record, spoken, "title"),
        description=_text(record, spoken, "abstract", "description"),
        keywords=tuple(dict.fromkeys(record.words("subject"))),
        publisher=None if publisher is None or values.is_mail(publisher) else Agent(name=publisher),
        licence=record.word("license"),
        access_rights=record.word("accessRights"),
        rights="\n".join(dict.fromkeys(rights)) or None,
        issued=record.word("issued|available|date"),
        modified=record.word("modified"),
        spatial=_spatial(record),
        temporal=tuple(values.period(text) for text in dict.fromkeys(record.words("temporal"))),
        languages=tuple(dict.fromkeys(language)),
        conforms_to=tuple(dict.fromkeys(record.words("conformsTo"))),
        distributions=_distributions(record),
    )


def _text(record: Node, spoken: str, *names: str) -> Text:
    """The text of the first of these elements, in the language of its `xml:lang` or of the record."""
    found: dict[str, str] = {}
    for name in names:
        for node in record.nodes(name):
            said = node.said()
            if said is not None:
                found.setdefault(tag(node.attribute("lang")) or spoken, said)
        if found:
            break
    for name in names:
        record.words(name)
    return found


def _spatial(record: Node) -> tuple[str, ...]:
    """Places as written, then boxes in degrees as `west,south,east,north`."""
    boxes = [box for node in record.nodes("BoundingBox|WGS84BoundingBox") if (box := _box(node)) is not None]
    return tuple(dict.fromkeys([*record.words("spatial"), *record.words("coverage"), *boxes]))


def _box(node: Node) -> str | None:
    """A box in degrees; None for other coordinates. The two orders of axes in use are told apart as far as the values allow."""
    crs = (node.attribute("crs") or "").lower()
    degrees = node.name == "WGS84BoundingBox" or not crs or "crs84" in crs or ":84" in crs or crs.endswith("4326")
    corners = [*(node.word("LowerCorner") or "").split(), *(node.word("UpperCorner") or "").split()]
    if not degrees or len(corners) != 4:
        return None
    first, second, third, fourth = corners
    if crs.startswith("urn") and crs.endswith("4326"):
        if _number(first) > _number(third):  # GeoNetwork writes "east south" and "west north" under this name
            return f"{third},{second},{first},{fourth}"
        return f"{second},{first},{fourth},{third}"
    return f"{first},{second},{third},{fourth}"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _distributions(record: Node) -> tuple[Distribution, ...]:
    """Every `dct:references` and `dc:URI`: its `scheme` or `protocol` names a service; a file has the format of the record."""
    formats = tuple(dict.fromkeys(record.words("format")))
    links = record.nodes("references|URI")
    read = []
    for link in links:
        address = link.said()
        protocol = link.attribute("scheme", "protocol")
        name, description = link.attribute("name"), link.attribute("description")
        if address is None or values.is_mail(address):
            link.tree.ledger.unreadable(link.name, "no address")
            continue
        service = protocol if is_service_protocol(protocol) else None
        is_file = (protocol or "").upper().startswith("WWW:DOWNLOAD") and service is None
        declared = formats[0] if len(formats) == 1 and (is_file or len(links) == 1) else None
        read.append(
            Distribution(
                title={} if name is None else {"": name},
                description={} if description is None else {"": description},
                access_url=None if is_file else address,
                download_url=address if is_file else None,
                format=service or declared,
                media_type=media_type_of(protocol),
            )
        )
    return tuple(read)
