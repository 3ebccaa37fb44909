"""One dataset of a `data.json` and its distributions, as records."""

from collections.abc import Mapping

from atalaya.catalogue.records import ContactPoint, Dataset, Distribution, Period
from atalaya.harvest import values
from atalaya.harvest.datajson_objects import concepts, licence, places, publisher
from atalaya.harvest.fields import MAPPED, Entry

_CATALOGUE = "describes the catalogue, not a dataset"
_LINKED = "syntax of JSON-LD; says what kind of object this is"
_OFFICE = "codes of the federal administration of one country"
_ABOUT = "points at documentation or at related datasets; measured nowhere yet"
_TERM = "explains a value whose name, address or shape is read"
_PERSON = "contacts of publishers; only presence and domain of contact points are kept"

_GROUPS: Mapping[str, str] = {
    _CATALOGUE: """
        @context @id conformsTo describedBy title description homepage publisher issued modified language license
        rights identifier version spatial keyword contactPoint theme name landingPage accrualPeriodicity
    """,
    _LINKED: """
        @type dataset[].@type dataset[].@id dataset[].distribution[].@type dataset[].distribution[].@id
        dataset[].contactPoint.@type dataset[].contactPoint.@id dataset[].publisher.@type dataset[].publisher.@id
        dataset[].contactPoint[].@type dataset[].publisher[].@type dataset[].contactPoint[].@id dataset[].distribution.@type
    """,
    _OFFICE: """
        dataset[].bureauCode dataset[].programCode dataset[].primaryITInvestmentUII dataset[].systemOfRecords
        dataset[].dataQuality dataset[].PrimaryITInvestmentUII
    """,
    _ABOUT: """
        dataset[].describedBy dataset[].describedByType dataset[].references dataset[].isPartOf
        dataset[].dataDictionary dataset[].dataDictionaryType dataset[].distribution[].describedBy
        dataset[].distribution[].describedByType dataset[].rssFeed dataset[].feed
    """,
    _PERSON: """
        dataset[].publisher.mbox dataset[].publisher.email dataset[].publisher.hasEmail
        dataset[].publisher.subOrganizationOf dataset[].contactPoint.hasTelephone dataset[].contactPoint.title
        dataset[].publisher[].mbox dataset[].publisher[].email dataset[].publisher[].hasEmail
        dataset[].publisher[].subOrganizationOf dataset[].contactPoint[].hasTelephone dataset[].contactPoint[].title
        dataset[].contactPoint.tel dataset[].contactPoint.address dataset[].contactPoint.hasAddress
        dataset[].contactPoint[].tel dataset[].contactPoint[].address dataset[].contactPoint[].hasAddress
    """,
    _TERM: " ".join(
        f"dataset[].{held}{name}{listed}.{field}"
        for held, names in (
            ("", ("spatial", "theme", "license", "conformsTo")),
            ("distribution[].", ("license", "conformsTo")),
        )
        for name in names
        for listed in ("", "[]")
        for field in ("@type", "type", "inScheme", "altLabel", "definition", "description", "scopeNote")
    ),
}


def _ignored() -> dict[str, str]:
    """The list for catalogues of version 1.1, and the same below an array (1.0) and a flat graph."""
    listed = {path: reason for reason, paths in _GROUPS.items() for path in paths.split()}
    for root in ("[]", "datasets[]", "@graph[]", "dcat:dataset[]", ""):
        for path, reason in tuple(listed.items()):
            if path.startswith("dataset[]."):
                listed.setdefault(f"{root}.{path[10:]}" if root else path[10:], reason)
    return listed


IGNORED_FIELDS: Mapping[str, str] = _ignored()
"""Fields with no use here, with the reason."""


def read_dataset(entry: Entry, place: str) -> Dataset:
    """One dataset. What cannot be used is counted in the ledger of `entry`; `place` names it in problems of its items."""
    native_id = entry.word("identifier", "@id")
    distributions = _distributions(entry, f"{place} {native_id}" if native_id else place)
    stated, called = licence(entry)
    dataset = Dataset(
        native_id=native_id,
        title=entry.text("title"),
        description=entry.text("description"),
        keywords=_split(entry.words("keyword", "keywords", "tags")),
        themes=concepts(entry, "theme", "themes", "category"),
        publisher=publisher(entry),
        contact=_contact(entry),
        licence=stated,
        licence_title=called,
        access_rights=entry.word("accessLevel", "accessRights"),
        rights=entry.word("rights", "accessLevelComment"),
        issued=entry.word("issued", "released"),
        modified=entry.word("modified"),
        frequency=entry.word("accrualPeriodicity", "frequency"),
        spatial=places(entry),
        temporal=_temporal(entry),
        languages=entry.words("language"),
        landing_page=entry.url("landingPage", "landingpage"),
        version=entry.word("version", "hasVersion"),
        conforms_to=concepts(entry, "conformsTo", "dataQualityStandard"),
        distributions=distributions,
    )
    entry.close()
    return dataset


def _split(keywords: tuple[str, ...]) -> tuple[str, ...]:
    """Keywords; one text with commas or semicolons is a list that was written as text (usual in version 1.0)."""
    if len(keywords) != 1:
        return keywords
    mark = ";" if ";" in keywords[0] else ","
    return tuple(dict.fromkeys(part.strip() for part in keywords[0].split(mark) if part.strip()))


def _contact(entry: Entry) -> ContactPoint | None:
    """The contact point: an object, a list of them, or version 1.0's `contactPoint` text with `mbox`."""
    names: list[str | None] = []
    mails = [entry.word("mbox", "contactEmail")]
    urls: list[str | None] = []
    contacts = entry.entries("contactPoint")
    listed = entry.value.get("contactPoint")
    for text in values.words([item for item in listed if isinstance(item, str)] if isinstance(listed, list) else []):
        (mails if values.is_mail(text) else names).append(text)
    for contact in contacts:
        names.append(contact.word("fn", "name", "formattedName", "prefLabel", "organization-name"))
        mails.append(contact.word("hasEmail", "email", "mbox"))
        urls.append(contact.word("hasURL", "hasUrl", "url"))
        contact.close()
    if not contacts:
        said = entry.word("contactPoint", "person")
        (mails if said is not None and values.is_mail(said) else names).append(said)
    return values.contact(names, mails, next((url for url in urls if url), None))


def _temporal(entry: Entry) -> tuple[Period, ...]:
    spans = entry.entries("temporal")
    periods = []
    for span in spans:
        start, end = span.word("startDate", "start", "from"), span.word("endDate", "end", "to")
        periods.append(Period(start=start, end=end))
        span.close()
    if not spans:
        periods = [values.period(text) for text in entry.words("temporal")]
    return tuple(dict.fromkeys(item for item in periods if item != Period()))


def _distributions(entry: Entry, where: str) -> tuple[Distribution, ...]:
    """Every declared distribution. In version 1.0 the dataset itself may name its file; it is then the only one."""
    listed = entry.take("distribution", "distributions", "dcat:distribution")
    own = _own_file(entry)
    if values.is_blank(listed):
        return own
    items = listed if isinstance(listed, list) else [listed]
    read = []
    key = next(name for name in ("distribution", "distributions", "dcat:distribution") if name in entry.value)
    path = f"{entry.at(key)}[]"
    for place, item in enumerate(items):
        if isinstance(item, dict):
            distribution = Entry(item, path, entry.ledger)
            read.append(_distribution(distribution))
            distribution.close()
        elif isinstance(item, str) and values.is_web(item):
            read.append(Distribution(access_url=values.word(item)))
            entry.ledger.use(path, MAPPED)
        else:
            entry.ledger.problem(f"{where} distribution[{place}]", f"{type(item).__name__} instead of an object")
    return tuple(read)


def _own_file(entry: Entry) -> tuple[Distribution, ...]:
    distribution = Distribution(
        access_url=entry.url("accessURL", "webService"),
        download_url=entry.url("downloadURL"),
        format=entry.word("format"),
        media_type=entry.word("mediaType"),
        byte_size=entry.size("byteSize", "size"),
    )
    return (distribution,) if distribution.url is not None else ()


def _distribution(entry: Entry) -> Distribution:
    return Distribution(
        native_id=entry.word("identifier", "id", "@id"),
        title=entry.text("title", "name"),
        description=entry.text("description"),
        access_url=entry.url("accessURL", "accessUrl", "url", "webService"),
        download_url=entry.url("downloadURL", "downloadUrl"),
        format=entry.word("format"),
        media_type=entry.word("mediaType", "mimetype"),
        byte_size=entry.size("byteSize", "size"),
        licence=licence(entry)[0],
        rights=entry.word("rights", "accessRights"),
        issued=entry.word("issued"),
        modified=entry.word("modified"),
        checksum=_checksum(entry),
        conforms_to=concepts(entry, "conformsTo"),
        languages=entry.words("language"),
    )


def _checksum(entry: Entry) -> str | None:
    listed = entry.entry("checksum")
    if listed is None:
        return entry.word("checksum", "hash")
    digest = listed.word("checksumValue", "value")
    name = (listed.word("algorithm") or "").rpartition("_")[2].lower()
    listed.close()
    return f"{name}:{digest}" if digest and name else digest
