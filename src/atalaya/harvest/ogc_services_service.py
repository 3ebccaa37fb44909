"""What the capabilities of a service say of the service: who provides it, on what terms, and where it answers.

Of the contact only presence and domain of the mail address are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Distribution, Period, Text
from atalaya.harvest import values
from atalaya.harvest.elements import Node
from atalaya.harvest.ogc_services_defaults import Stated, stated_site

SPECIFICATIONS = {
    "WMS": "http://www.opengis.net/def/serviceType/ogc/wms",
    "WFS": "http://www.opengis.net/def/serviceType/ogc/wfs",
    "WCS": "http://www.opengis.net/def/serviceType/ogc/wcs",
    "WMTS": "http://www.opengis.net/def/serviceType/ogc/wmts",
}
"""The OGC's own identifiers of its service types: https://www.opengis.net/def/serviceType ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service as its layers inherit it. `licence` is the access constraints as written, `rights` the fees, `none` included."""

    kind: str
    endpoint: str | None
    publisher: Agent | None = None
    contact: ContactPoint | None = None
    licence: str | None = None
    rights: str | None = None

    def distribution(self) -> Distribution:
        """The service as a distribution of one of its layers."""
        specification = SPECIFICATIONS.get(self.kind)
        return Distribution(
            access_url=self.endpoint,
            format=self.kind,
            conforms_to=() if specification is None else (specification,),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One named layer, feature type or coverage, as far as every kind of service describes it alike."""

    name: str
    title: Text
    description: Text
    keywords: tuple[str, ...] = ()
    creator: Agent | None = None
    spatial: tuple[str, ...] = ()
    temporal: tuple[Period, ...] = ()
    landing_page: str | None = None
    conforms_to: tuple[str, ...] = ()
    files: tuple[Distribution, ...] = ()


def dataset_of(layer: Layer, service: Service) -> Dataset:
    """The dataset that a layer is: its first distribution is the service itself."""
    return Dataset(
        native_id=layer.name,
        title=layer.title or {"": layer.name},
        description=layer.description,
        keywords=layer.keywords,
        publisher=service.publisher,
        creator=layer.creator,
        contact=service.contact,
        licence=service.licence,
        rights=service.rights,
        spatial=layer.spatial,
        temporal=layer.temporal,
        landing_page=layer.landing_page,
        conforms_to=layer.conforms_to,
        distributions=(service.distribution(), *layer.files),
    )


def old_service(root: Node, kind: str, endpoint: str | None, answered: str) -> Service:
    """The `Service` of WMS, WFS 1.0 and WCS 1.0. The organisation of the contact is the publisher, else the service itself."""
    about = root.node("Service") or root
    person = about.node("ContactInformation") or about.node("responsibleParty")
    stated = Stated(about, person)
    title = stated.word(about, "Title|label") or _name(about)
    organisation = None
    contact = None
    if person is not None:
        organisation = stated.word(person, "ContactPersonPrimary", "ContactOrganization")
        organisation = organisation or stated.word(person, "organisationName")
        named = [
            *stated.words(person, "ContactPersonPrimary", "ContactPerson"),
            *stated.words(person, "ContactPosition"),
            *stated.words(person, "individualName|positionName"),
        ]
        mails = [
            *stated.words(person, "ContactElectronicMailAddress"),
            *stated.words(person, "contactInfo", "address", "electronicMailAddress"),
        ]
        contact = values.contact([organisation, *named], mails)
    home = next((url for node in about.nodes("OnlineResource") if (url := address(node)) is not None), None)
    return Service(
        kind=kind,
        endpoint=endpoint or home or answered,
        publisher=_publisher(organisation, title, None),
        contact=contact,
        licence=_joined(stated.words(about, "AccessConstraints|accessConstraints")),
        rights=_joined(stated.words(about, "Fees|fees")),
    )


def ows_service(root: Node, kind: str, operation: str, answered: str) -> Service:
    """`ServiceIdentification` and `ServiceProvider` of OWS Common (OGC 06-121r9), and where an operation answers."""
    about = root.node("ServiceIdentification")
    provider = root.node("ServiceProvider")
    stated = Stated(about, provider)
    contact = None
    name = site = None
    if provider is not None:
        name = stated.word(provider, "ProviderName")
        site = next((url for node in provider.nodes("ProviderSite") if (url := node.attribute("href"))), None)
        named = stated.words(provider, "ServiceContact", "IndividualName|PositionName")
        mails = stated.words(provider, "ServiceContact", "ContactInfo", "Address", "ElectronicMailAddress")
        contact = values.contact([name, *named], mails)
    endpoint = next(
        (
            url
            for node in root.nodes("OperationsMetadata", "Operation")
            if node.attribute("name") == operation
            for get in node.nodes("DCP", "HTTP", "Get")
            if (url := get.attribute("href")) is not None
        ),
        None,
    )
    return Service(
        kind=kind,
        endpoint=endpoint or answered,
        publisher=_publisher(name, stated.word(about, "Title"), stated_site(site)),
        contact=contact,
        licence=_joined(stated.words(about, "AccessConstraints")),
        rights=_joined(stated.words(about, "Fees")),
    )


def _name(about: Node) -> str | None:
    """What a service calls itself, unless that is no more than the name of its standard, as `OGC:WMS` or `WFS`."""
    name = about.word("Name|name")
    return None if name is None or name.upper().removeprefix("OGC:") in SPECIFICATIONS else name


def _publisher(organisation: str | None, title: str | None, site: str | None) -> Agent | None:
    name = organisation if organisation is not None and not values.is_mail(organisation) else title
    return None if name is None else Agent(name=name, uri=site)


def _joined(texts: Iterable[str]) -> str | None:
    return "\n".join(dict.fromkeys(texts)) or None


def address(node: Node) -> str | None:
    """The address that an element points at or holds; None for mail addresses."""
    said = node.attribute("href", "onlineResource") or node.said()
    return None if said is None or values.is_mail(said) else said


def text(node: Node, *names: str) -> Text:
    """The texts of the first of these elements by `xml:lang`."""
    found: dict[str, str] = {}
    for name in names:
        for item in node.nodes(name):
            said = item.said()
            if said is not None:
                found.setdefault((item.attribute("lang") or "").lower(), said)
        if found:
            break
    return found


def corners_box(node: Node) -> tuple[str, ...]:
    """`WGS84BoundingBox` of OWS as `west,south,east,north`."""
    boxes = []
    for box in node.nodes("WGS84BoundingBox"):
        corners = [*(box.word("LowerCorner") or "").split(), *(box.word("UpperCorner") or "").split()]
        if len(corners) == 4:
            boxes.append(",".join(corners))
    return tuple(dict.fromkeys(boxes))


def attribute_box(node: Node, name: str) -> tuple[str, ...]:
    """A box whose sides are attributes (`minx`, …) as `west,south,east,north`."""
    boxes = []
    for box in node.nodes(name):
        sides = [box.attribute(side) for side in ("minx", "miny", "maxx", "maxy")]
        boxes.extend([",".join(side for side in sides if side)] if all(sides) else [])
    return tuple(dict.fromkeys(boxes))


def span(said: str | None) -> Period | None:
    """The time of a dimension: a list of moments and of `start/end/step`, from the first to the last.

    >>> span("2000-01-01/2010-01-01/P1D").end, span("2001,2002,2003").start
    ('2010-01-01', '2001')
    """
    moments = [part.strip() for part in (said or "").split(",") if part.strip()]
    if not moments:
        return None
    last = moments[-1].split("/")
    return Period(start=moments[0].split("/")[0] or None, end=(last[1] if len(last) > 1 else last[0]) or None)
