"""The metadata of one DOI in the DataCite schema as a dataset: as the REST API and content negotiation write it in JSON.

The XML of the same schema is brought into this shape by `oai_pmh_datacite`, so that both are read by one reader.

Schema: https://datacite-metadata-schema.readthedocs.io/en/4.6/ (kernel 4; kernel 3 has a part of its fields).
"""

from collections.abc import Iterable, Mapping

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Distribution, Period, Text
from atalaya.harvest import values
from atalaya.harvest.fields import Entry

_PERSON = "names persons or where they work; only organisations that are named as such are kept"
_RECORD = "tells how the DOI is kept, not what the data are"
_USE = "counts of use, which change with every answer"
_RELATED = "points at related works; measured nowhere yet"
_SCHEME = "says where a term or an identifier comes from"
_PLACE = "draws a place; its bounds are read from the box or the point"

_GROUPS: Mapping[str, str] = {
    _PERSON: """
        creators.givenName creators.familyName creators.affiliation creators.lang creators.creatorName
        contributors.givenName contributors.familyName contributors.affiliation contributors.nameIdentifiers
        contributors.name contributors.nameType contributors.lang
    """,
    _RECORD: """
        id prefix suffix identifiers alternateIdentifiers container xml metadataVersion schemaVersion source isActive
        state reason created registered published providerId clientId agency types.ris types.bibtex types.citeproc
        types.schemaOrg types.uri identifiers.identifier identifiers.identifierType
    """,
    _USE: """
        viewCount viewsOverTime downloadCount downloadsOverTime referenceCount citationCount citationsOverTime partCount
        partOfCount versionCount versionOfCount
    """,
    _RELATED: "fundingReferences relatedIdentifiers relatedItems citationTitle",
    _SCHEME: """
        subjects.schemeUri subjects.valueUri subjects.classificationCode subjects.lang rightsList.schemeUri
        rightsList.rightsIdentifierScheme rightsList.lang publisher.schemeUri publisher.publisherIdentifierScheme
        publisher.lang dates.dateInformation files.objectType files.accessRightsURI files.version
        rightsList.startDate
    """,
    _PLACE: "geoLocations.geoLocationPolygon geoLocations.geoLocationPolygons",
}

ORGANISATION_SCHEMES = ("ROR", "GRID", "ISNI", "WIKIDATA", "CROSSREF FUNDER ID")
"""Schemes of identifiers of bodies; ISNI also names persons and is believed only beside `nameType`."""

_BOX = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
_POINT = ("pointLongitude", "pointLatitude")


def ignored_fields(root: str) -> dict[str, str]:
    """Fields with no use here below a path, with the reason; lists are written with and without `[]`."""
    listed = {}
    for reason, names in _GROUPS.items():
        for name in names.split():
            head, _, tail = name.partition(".")
            for path in (head, f"{head}[]") if tail else (head,):
                listed[".".join(part for part in (root, path, tail) if part)] = reason
    return listed


def stated_type(value: Mapping[str, object]) -> tuple[str | None, str | None]:
    """The general type of a DOI (a word of the schema) and the free text beside it."""
    types = value.get("types")
    if not isinstance(types, dict):
        return None, None
    return values.word(types.get("resourceTypeGeneral")), values.word(types.get("resourceType"))


def read_dataset(entry: Entry) -> Dataset:
    """One DOI. What cannot be used is counted in the ledger of `entry`, which is closed."""
    doi = _doi(entry)
    issued, modified, covered = _dates(entry)
    licence, licence_title, access = _rights(entry)
    keywords, themes = _subjects(entry)
    dataset = Dataset(
        native_id=doi,
        title=_titles(entry),
        description=_descriptions(entry),
        keywords=keywords,
        themes=themes,
        publisher=_publisher(entry),
        creator=_creator(entry),
        contact=_contact(entry),
        licence=licence,
        licence_title=licence_title,
        access_rights=access,
        issued=issued,
        modified=modified,
        spatial=_places(entry),
        temporal=covered,
        languages=entry.words("language"),
        landing_page=entry.url("url") or _resolved(doi),
        version=entry.word("version"),
        distributions=_distributions(entry),
    )
    for types in _listed(entry, "types"):
        types.take("resourceTypeGeneral", "resourceType")
        types.close()
    entry.close()
    return dataset


def _listed(entry: Entry, key: str) -> list[Entry]:
    """The objects of a list. An empty list is read as well: it says that there are none."""
    entry.take(key)
    return entry.entries(key)


def _doi(entry: Entry) -> str | None:
    """The DOI in lower case, which DOIs are compared in (DOI Handbook, section 2.4)."""
    said = entry.word("doi")
    if said is None:
        named = entry.word("id")
        said = named if named is not None and "10." in named else None
    if said is None:
        return None
    return said.lower().removeprefix("doi:").rpartition("doi.org/")[2] or None


def _resolved(doi: str | None) -> str | None:
    """Where a DOI leads by its definition, for records that do not say it."""
    return f"https://doi.org/{doi}" if doi is not None and doi.startswith("10.") else None


def _titles(entry: Entry) -> Text:
    """Titles by language: those without a type are the main ones."""
    return _chosen(entry, "titles", "title", "titleType", ())


def _descriptions(entry: Entry) -> Text:
    """Descriptions by language: abstracts before others."""
    return _chosen(entry, "descriptions", "description", "descriptionType", ("Abstract",))


def _chosen(entry: Entry, key: str, name: str, kind: str, wanted: tuple[str, ...]) -> Text:
    first: dict[str, str] = {}
    others: dict[str, str] = {}
    for item in _listed(entry, key):
        text, language, stated = item.word(name), item.word("lang") or "", item.word(kind)
        item.close()
        if text is None:
            continue
        preferred = stated is None or stated in wanted
        (first if preferred else others).setdefault(language.replace("_", "-").lower(), text)
    plain = {} if first or others else entry.text(key)
    return first or others or plain


def _publisher(entry: Entry) -> Agent | None:
    listed = entry.entry("publisher")
    if listed is None:
        name = entry.word("publisher")
        return Agent(name=name) if name is not None else None
    agent = Agent(name=listed.word("name"), uri=listed.url("publisherIdentifier"))
    listed.close()
    return None if agent == Agent() else agent


def _creator(entry: Entry) -> Agent | None:
    """The first creator that is called an organisation; persons are never kept."""
    found = None
    for item in _listed(entry, "creators"):
        name, kind = item.word("name"), item.word("nameType")
        uri = _identifier(item, "nameIdentifiers")
        if found is None and (kind or "").lower() == "organizational":
            found = Agent(name=name, uri=uri)
        item.close()
    return None if found == Agent() else found


def _identifier(item: Entry, key: str) -> str | None:
    """The first identifier of a body; identifiers of persons are dropped."""
    found = None
    for listed in _listed(item, key):
        scheme, said = listed.word("nameIdentifierScheme") or "", listed.word("nameIdentifier")
        listed.take("schemeUri")
        listed.close()
        if scheme.upper() in ORGANISATION_SCHEMES:
            found = found or said
    return found


def _contact(entry: Entry) -> ContactPoint | None:
    """Whether a contributor is the contact; the schema has no address of one."""
    contacts = 0
    for item in _listed(entry, "contributors"):
        kind = item.word("contributorType")
        contacts += kind is not None and kind.lower() == "contactperson"
        item.close()
    return values.contact(["named"], []) if contacts else None


def _dates(entry: Entry) -> tuple[str | None, str | None, tuple[Period, ...]]:
    """Issued, modified and the periods covered. Without a date of issue the year of publication stands for it."""
    by_kind: dict[str, list[str]] = {}
    for item in _listed(entry, "dates"):
        date, kind = item.word("date"), item.word("dateType")
        item.close()
        if date is not None:
            by_kind.setdefault((kind or "issued").lower(), []).append(date)
    year, updated = entry.word("publicationYear"), entry.word("updated")
    issued = next((by_kind[kind][0] for kind in ("issued", "available") if kind in by_kind), year)
    modified = by_kind.get("updated", [updated])[-1]
    return issued, modified, tuple(values.period(date) for date in by_kind.get("coverage", ()))


def _rights(entry: Entry) -> tuple[str | None, str | None, str | None]:
    """The licence as its address, identifier or text; its name; and the access right, which shares the same list."""
    licence: str | None = None
    title: str | None = None
    access: str | None = None
    for item in _listed(entry, "rightsList"):
        text, uri, code = item.word("rights"), item.word("rightsUri", "rightsURI"), item.word("rightsIdentifier")
        item.close()
        if is_access_right(uri) or (uri is None and is_access_right(text)):
            access = access or uri or text
        elif licence is None:
            licence, title = uri or code or text, text
    return licence, title if title != licence else None, access


def is_access_right(said: str | None) -> bool:
    """Whether a statement of rights is a term for access, not a licence: those of OpenAIRE and of COAR.

    >>> is_access_right("info:eu-repo/semantics/openAccess"), is_access_right("MIT License")
    (True, False)
    """
    return said is not None and said.strip().lower().removeprefix("https://").removeprefix("http://").startswith(
        ("info:eu-repo/semantics/", "purl.org/coar/access_right/")
    )


def _subjects(entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keywords, and among them the terms of a named scheme as themes."""
    keywords: dict[str, None] = {}
    themes: dict[str, None] = {}
    for item in _listed(entry, "subjects"):
        subject, scheme = item.word("subject"), item.word("subjectScheme")
        item.close()
        if subject is not None:
            keywords[subject] = None
            if scheme is not None:
                themes[subject] = None
    return tuple(keywords) or entry.words("subjects"), tuple(themes)


def _places(entry: Entry) -> tuple[str, ...]:
    """Names of places, else their bounds as west, south, east, north, or the point."""
    found: dict[str, None] = {}
    for item in _listed(entry, "geoLocations"):
        names = item.words("geoLocationPlace")
        bounds = [_bounds(item, "geoLocationBox", _BOX), _bounds(item, "geoLocationPoint", _POINT)]
        item.close()
        found.update(dict.fromkeys(names or [said for said in bounds if said is not None]))
    return tuple(found)


def _bounds(item: Entry, key: str, names: Iterable[str]) -> str | None:
    listed = item.entry(key)
    if listed is None:
        return item.word(key)
    said = [listed.word(name) for name in names]
    listed.close()
    return ",".join(part for part in said if part is not None) if all(said) else None


def _distributions(entry: Entry) -> tuple[Distribution, ...]:
    """The files that the record names. Sizes and formats belong to a file only where there is one of each."""
    formats, sizes = entry.words("formats"), entry.words("sizes")
    urls = [url for url in entry.words("contentUrl") if values.is_web(url)]
    only = len(urls) == 1
    found = [
        Distribution(
            download_url=url,
            format=formats[0] if only and len(formats) == 1 else None,
            byte_size=values.stated_bytes(sizes[0]) if only and len(sizes) == 1 else None,
        )
        for url in urls
    ]
    for item in _listed(entry, "files"):
        url, media = item.url("url"), item.word("mimeType")
        item.close()
        if url is not None and values.is_web(url):
            found.append(Distribution(download_url=url, media_type=media))
    return tuple(found)
