"""An ISO record of a dataset: identification, dates, keywords, extent, conformity, and what the other readers give."""

import re
from collections.abc import Iterable

from atalaya.catalogue.records import Dataset, Period
from atalaya.harvest import values as plain_values
from atalaya.harvest.elements import Node
from atalaya.harvest.iso.constraints import read_rights
from atalaya.harvest.iso.links import distributions
from atalaya.harvest.iso.parties import CREATORS, agent, contact, parties, publisher
from atalaya.harvest.iso.properties import anchored, code, codes, languages, localised, value, values

ISSUED = ("publication", "released", "adopted")
MODIFIED = ("revision", "lastrevision", "lastupdate")
"""Date types (CI_DateTypeCode, lower case) that stand for `dct:issued` and `dct:modified`; the record's own date never does."""

_NO_VOCABULARY = frozenset({"", "none", "ninguno", "n/a", "unknown", "other", "user-defined", "free"})
_THEMES = re.compile(r"th[eè]me|\btemas?\b|\btem[aá]tic", re.IGNORECASE)
"""What vocabularies of themes call themselves (`GEMET - INSPIRE themes, version 1.0`)."""


def read_iso(record: Node) -> Dataset:
    """The dataset that a record describes."""
    spoken = languages(record)
    identification = record.node("identificationInfo", "*") or record
    citation = identification.node("citation", "CI_Citation") or identification
    cited = parties(citation.nodes("citedResponsibleParty"))
    pointed = parties(identification.nodes("pointOfContact"))
    distributing = parties(
        record.nodes("distributionInfo", "MD_Distribution", "distributor", "*", "distributorContact")
    )
    about = parties(record.nodes("contact"))
    responsible = [*pointed, *cited, *distributing]
    stated = read_rights(identification)
    links, page = distributions(record, spoken)
    return Dataset(
        native_id=_identifier(record, citation),
        title=localised(citation.node("title"), spoken),
        description=localised(identification.node("abstract"), spoken),
        keywords=_keywords(identification),
        themes=_themes(identification),
        publisher=publisher(responsible) or publisher(about),
        creator=agent(responsible, CREATORS),
        contact=contact([*responsible, *about]),
        licence=stated.licence,
        licence_title=stated.licence_title,
        licence_url=stated.licence_url,
        access_rights=stated.access_rights,
        rights=stated.rights,
        issued=min(_dates(citation, ISSUED), default=None),
        modified=max(_dates(citation, MODIFIED), default=None),
        frequency=_frequency(identification),
        spatial=_spatial(identification),
        temporal=_temporal(identification),
        languages=_languages(identification),
        landing_page=page or _web(value(record.node("dataSetURI"))),
        version=value(citation.node("edition")),
        conforms_to=_conforms_to(record),
        distributions=links,
    )


def _identifier(record: Node, citation: Node) -> str | None:
    """The identifier of the record, else the first of the resource."""
    own = value(record.node("fileIdentifier") or record.node("metadataIdentifier", "*", "code"))
    given = values(citation, "identifier", "*", "code")
    return own or next(iter(given), None)


def _web(url: str | None) -> str | None:
    return url if url is not None and plain_values.is_web(url) else None


def _keywords(identification: Node) -> tuple[str, ...]:
    return values(identification, "descriptiveKeywords", "MD_Keywords", "keyword")


def _themes(identification: Node) -> tuple[str, ...]:
    """Topic categories, and the keywords of vocabularies of themes: of the type `theme` with a name, or named so."""
    found = list(codes(identification, "topicCategory"))
    for group in identification.nodes("descriptiveKeywords", "MD_Keywords"):
        name = (value(group.node("thesaurusName", "CI_Citation", "title")) or "").lower()
        kind = (code(group.node("type")) or "").lower()
        if (kind == "theme" and name not in _NO_VOCABULARY) or (not kind and _THEMES.search(name)):
            found.extend(values(group, "keyword"))
    return tuple(dict.fromkeys(found))


def _dates(citation: Node, types: Iterable[str]) -> list[str]:
    """The dates of these types, as written."""
    found = []
    for node in citation.nodes("date", "CI_Date"):
        said, kind = value(node.node("date")), code(node.node("dateType"))
        if said is not None and (kind or "").lower() in types:
            found.append(said)
    return found


def _frequency(identification: Node) -> str | None:
    """The code of how often, else the period that a publisher wrote in its place."""
    for maintenance in identification.nodes("resourceMaintenance", "MD_MaintenanceInformation"):
        said = code(maintenance.node("maintenanceAndUpdateFrequency"))
        period = value(maintenance.node("userDefinedMaintenanceFrequency"))
        if said or period:
            return said or period
    return None


def _spatial(identification: Node) -> tuple[str, ...]:
    """Places by description and code, then boxes as `west,south,east,north` (the order of Project Open Data)."""
    places: list[str] = []
    boxes: list[str] = []
    for extent in identification.nodes("extent|spatialExtent", "EX_Extent"):
        described = values(extent, "description")
        places.extend(described if extent.node("geographicElement") or not extent.node("temporalElement") else ())
        for element in extent.nodes("geographicElement", "*"):
            places.extend(values(element, "geographicIdentifier", "*", "code"))
            bounds = [value(element.node(side)) for side in _SIDES]
            boxes.extend([",".join(side for side in bounds if side)] if all(bounds) else [])
    return tuple(dict.fromkeys([*places, *boxes]))


_SIDES = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")


def _temporal(identification: Node) -> tuple[Period, ...]:
    found: list[Period] = []
    for extent in identification.nodes("extent|temporalExtent", "EX_Extent", "temporalElement", "*", "extent", "*"):
        start = _moment(extent, "beginPosition", "begin")
        end = _moment(extent, "endPosition", "end")
        instant = None if start or end else _moment(extent, "timePosition", "position")
        for node in extent.nodes("description|name|duration|timeInterval"):
            node.take()
        found.append(Period(start=start or instant, end=end or instant))
    return tuple(dict.fromkeys(item for item in found if item != Period()))


def _moment(extent: Node, plain: str, wrapped: str) -> str | None:
    """A moment of GML: its text, else that it is `now`, `unknown`, `before` or `after` something."""
    nodes = [*extent.nodes(plain), *extent.nodes(wrapped, "TimeInstant", "timePosition"), *extent.nodes(wrapped)]
    for node in nodes:
        said, open_end = node.said(), node.attribute("indeterminatePosition")
        if said or open_end:
            return said or (open_end if open_end != "unknown" else None)
    return None


def _languages(identification: Node) -> tuple[str, ...]:
    stated = codes(identification, "language")
    return stated or codes(identification, "defaultLocale|otherLocale", "PT_Locale", "language")


def _conforms_to(record: Node) -> tuple[str, ...]:
    """Reference systems of coordinates, and the specifications that a quality report says are met."""
    found: list[str] = []
    for node in record.nodes("referenceSystemInfo", "*", "referenceSystemIdentifier", "*"):
        stated, space = anchored(node.node("code")), value(node.node("codeSpace"))
        name = f"{space}:{stated.text}" if space and stated.text and stated.text.isdigit() else stated.text
        found.extend([stated.href or name or ""])
    for result in record.nodes("dataQualityInfo", "DQ_DataQuality", "report", "*", "result", "DQ_ConformanceResult"):
        met = (value(result.node("pass")) or "").lower()
        title = anchored(result.node("specification", "CI_Citation", "title"))
        if met in ("true", "1"):
            found.extend([title.href or title.text or ""])
    return tuple(dict.fromkeys(item for item in found if item))
