"""Metadata of the DataCite schema in XML, kernel 3 and 4, brought into the shape of its JSON, which one reader reads.

OpenAIRE's application profile (`oai_openaire`) uses the same elements and adds files and licence conditions; it is what
DSpace gives. Every element and attribute is carried over, so that what nobody reads is still counted.

Schemas: https://schema.datacite.org/meta/kernel-4/ and https://openaire-guidelines-for-literature-repository-managers.readthedocs.io/en/v4.0.0/.
"""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from atalaya.harvest import values
from atalaya.harvest.elements import children, local, text_of

_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

_LISTS: Mapping[str, tuple[str, str]] = {
    "titles": ("title", "title"),
    "subjects": ("subject", "subject"),
    "dates": ("date", "date"),
    "rightsList": ("rights", "rights"),
    "descriptions": ("description", "description"),
    "alternateIdentifiers": ("alternateIdentifier", "alternateIdentifier"),
    "relatedIdentifiers": ("relatedIdentifier", "relatedIdentifier"),
}
"""Element that lists → the element of an item, and the field that its text has in JSON."""

_SINGLE: Mapping[str, tuple[str, str]] = {
    "title": ("titles", "title"),
    "subject": ("subjects", "subject"),
    "description": ("descriptions", "description"),
    "rights": ("rightsList", "rights"),
    "licenseCondition": ("rightsList", "rights"),
    "date": ("dates", "date"),
    "file": ("files", "url"),
    "alternateIdentifier": ("alternateIdentifiers", "alternateIdentifier"),
}
"""Elements that OpenAIRE's profile writes without the list around them → the field of the list, and of the text."""

_ATTRIBUTES = {
    "rightsURI": "rightsUri",
    "schemeURI": "schemeUri",
    "valueURI": "valueUri",
    "uri": "rightsUri",
    _XML_LANGUAGE: "lang",
}
_WORDS = {"sizes": "size", "formats": "format"}
_PEOPLE = {"creators": ("creator", "creatorName"), "contributors": ("contributor", "contributorName")}


def find_resource(metadata: Element) -> Element | None:
    """The DataCite resource of a record: the metadata itself or inside the wrapper that names the repository."""
    if local(metadata) == "resource":
        return metadata
    inside = (inner for child in metadata for inner in (child, *child))
    return next((inner for inner in inside if local(inner) == "resource"), None)


def datacite_object(resource: Element) -> dict[str, object]:
    """The resource as its JSON would be; elements that the schema does not have keep their names."""
    made: dict[str, object] = {}
    for element in resource:
        name = local(element)
        if name in _LISTS:
            item, key = _LISTS[name]
            _extend(made, name, [_item(child, key) for child in children(element, item)])
        elif name in _WORDS:
            _extend(made, name, [text_of(child).strip() for child in children(element, _WORDS[name])])
        elif name in _PEOPLE:
            item, key = _PEOPLE[name]
            _extend(made, name, [_person(child, key) for child in children(element, item)])
        elif name in _SINGLE:
            listed, key = _SINGLE[name]
            _extend(made, listed, [_item(element, key)])
        elif name == "identifier":
            _identify(made, element)
        elif name == "resourceType":
            made["types"] = _typed(element)
        elif name == "publisher":
            made.setdefault("publisher", _item(element, "name"))
        elif name == "format":
            _extend(made, "formats", [text_of(element).strip()])
        elif name == "geoLocations":
            _extend(made, name, [_plain(child) for child in children(element, "geoLocation")])
        elif name:
            _put(made, name, _plain(element))
    return made


def _identify(made: dict[str, object], element: Element) -> None:
    """The identifier of the resource: its DOI, a handle or another address."""
    said = text_of(element).strip()
    kind = (element.get("identifierType") or "DOI").upper()
    if kind == "DOI" and said:
        made["doi"] = said
    elif values.is_web(said):
        made.setdefault("url", said)
    elif kind == "HANDLE" and said:
        made.setdefault("url", f"https://hdl.handle.net/{said}")  # where handles resolve by their definition (RFC 3650)
    else:
        _extend(made, "identifiers", [{"identifier": said, "identifierType": kind}])


def _typed(element: Element) -> dict[str, object]:
    """The general type and the text; a term of COAR beside them stands for the text where there is none."""
    uri = element.get("uri")
    made: dict[str, object] = {"resourceType": text_of(element).strip() or uri}
    if element.get("resourceTypeGeneral"):
        made["resourceTypeGeneral"] = element.get("resourceTypeGeneral")
    if uri:
        made["uri"] = uri
    return made


def _person(element: Element, key: str) -> dict[str, object]:
    made: dict[str, object] = {_renamed(name): value for name, value in element.attrib.items()}
    for child in element:
        name = local(child)
        if name == key:
            made["name"] = text_of(child).strip()
            made.update({_renamed(attribute): value for attribute, value in child.attrib.items()})
        elif name == "nameIdentifier":
            _extend(made, "nameIdentifiers", [_item(child, "nameIdentifier")])
        elif name == "affiliation":
            _extend(made, "affiliation", [text_of(child).strip()])
        elif name:
            _put(made, name, _plain(child))
    return made


def _item(element: Element, key: str) -> dict[str, object]:
    """An element as an object: its text under a key, its attributes beside it."""
    return {key: text_of(element).strip(), **{_renamed(name): value for name, value in element.attrib.items()}}


def _plain(element: Element) -> object:
    """An element as text or, where it has elements inside, as an object of them."""
    if not len(element):
        return (element.text or "").strip()
    made: dict[str, object] = {}
    for child in element:
        if local(child):
            _put(made, local(child), _plain(child))
    return made


def _renamed(attribute: str) -> str:
    return _ATTRIBUTES.get(attribute, attribute.rpartition("}")[2])


def _extend(made: dict[str, object], name: str, items: Sequence[object]) -> None:
    present = made.get(name)
    made[name] = [*(present if isinstance(present, list) else []), *items]


def _put(made: dict[str, object], name: str, value: object) -> None:
    """A field that may be there before: it then becomes a list."""
    if name not in made:
        made[name] = value
    elif isinstance(present := made[name], list):
        present.append(value)
    else:
        made[name] = [present, value]
