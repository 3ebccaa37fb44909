"""One dataset of schema.org, its downloads and its Croissant files, as records.

Properties: https://schema.org/Dataset and https://developers.google.com/search/docs/appearance/structured-data/dataset;
Croissant: https://docs.mlcommons.org/croissant/docs/croissant-spec.html (`FileObject`, `FileSet`; record sets are counted).
"""

from collections.abc import Mapping

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Distribution, Period
from atalaya.harvest import values
from atalaya.harvest.bodies import join
from atalaya.harvest.datacite_records import is_access_right
from atalaya.harvest.fields import IGNORED, MAPPED, Entry
from atalaya.harvest.schema_org_nodes import types_of

REFERRED = (
    "distribution",
    "publisher",
    "creator",
    "license",
    "spatialCoverage",
    "contactPoint",
    "encoding",
    "associatedMedia",
)
"""Fields whose objects may stand elsewhere in the document."""

_PERSONS = frozenset(("Person", "Patient"))
_DIGESTS = ("sha256", "md5", "sha1", "sha512")
_RECORD_SETS = ("recordSet", "cr:recordSet")
_AGENCIES = ("ror.org/", "grid.ac/", "isni.org/", "wikidata.org/")


def read_dataset(entry: Entry, base: str) -> Dataset:
    """One dataset. Addresses are resolved against `base`; what cannot be used is counted in the ledger of `entry`."""
    licence, licence_title, access = _licence(entry)
    named = _identity(entry, base)
    page = _address(entry, base, "url")
    contact = _contact(entry)
    dataset = Dataset(
        native_id=entry.word("identifier") or named or page,
        title=entry.text("name") or entry.text("headline", "alternateName"),
        description=entry.text("description", "abstract"),
        keywords=_split(_labels(entry, "keywords")),
        themes=_labels(entry, "about") or _labels(entry, "theme"),
        publisher=_publisher(entry),
        creator=_creator(entry),
        contact=contact,
        licence=licence,
        licence_title=licence_title,
        licence_url=licence if licence is not None and values.is_web(licence) else None,
        access_rights=entry.word("conditionsOfAccess") or access,
        rights=entry.word("usageInfo", "copyrightNotice"),
        issued=entry.word("datePublished", "dateCreated"),
        modified=entry.word("dateModified"),
        frequency=entry.word("accrualPeriodicity", "repeatFrequency", "updateFrequency"),
        spatial=_places(entry),
        temporal=_periods(entry),
        languages=_labels(entry, "inLanguage"),
        landing_page=page or (named if named is not None and values.is_web(named) else None),
        version=entry.word("version"),
        conforms_to=entry.words("conformsTo", "dct:conformsTo"),
        distributions=_distributions(entry, base),
    )
    for name in _RECORD_SETS:
        if name in entry.value:
            entry.skip(name)
            entry.ledger.use(entry.at(name), IGNORED, len(_items(entry.value[name])))
    entry.close()
    return dataset


def _identity(entry: Entry, base: str) -> str | None:
    """The name of an object in JSON-LD; what points inside its page is made whole, and blank nodes have none."""
    said = entry.value.get("@id")
    if not isinstance(said, str) or said.startswith("_:") or not said.strip():
        return None
    return join(base, said) or said if said.startswith(("#", "/", "./")) else values.clean(said).strip()


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _address(entry: Entry, base: str, *keys: str) -> str | None:
    """An address, absolute; mail addresses are dropped."""
    said = entry.url(*keys)
    if said is None or values.is_web(said):
        return said
    return join(base, said) or said


def _labels(entry: Entry, key: str) -> tuple[str, ...]:
    """Texts of a list whose items may be objects: their name before their address."""
    found = entry.take(key)
    labels: dict[str, None] = {}
    path = f"{entry.at(key)}[]" if isinstance(found, list) else entry.at(key)
    for item in _items(found):
        if isinstance(item, dict):
            inner = Entry(item, path, entry.ledger)
            said = inner.word("name", "@value", "value", "termCode", "alternateName", "url", "@id")
            inner.take("description", "inDefinedTermSet", "identifier")
            inner.close()
        else:
            said = values.word(item)
        if said is not None:
            labels[said] = None
    return tuple(labels)


def _split(keywords: tuple[str, ...]) -> tuple[str, ...]:
    """Keywords; one text that lists them with commas or semicolons is taken apart."""
    if len(keywords) != 1:
        return keywords
    mark = ";" if ";" in keywords[0] else ","
    return tuple(dict.fromkeys(part.strip() for part in keywords[0].split(mark) if part.strip()))


def _publisher(entry: Entry) -> Agent | None:
    """The publisher, unless it is called a person."""
    agents = entry.entries("publisher")
    if not agents:
        said = entry.word("publisher")
        return Agent(name=said) if said is not None and not values.is_mail(said) else None
    for item in agents:
        item.skip("contactPoint")  # counted where contacts are read
    kept = [agent for item in agents if (agent := _agent(item, stated=False)) is not None]
    return kept[0] if kept else None


def _creator(entry: Entry) -> Agent | None:
    """The first creator that is called an organisation, or has the address of one; persons are never kept."""
    agents = entry.entries("creator")
    if not agents:
        entry.take("creator")
    kept = [agent for item in agents if (agent := _agent(item, stated=True)) is not None]
    return kept[0] if kept else None


def _agent(item: Entry, *, stated: bool) -> Agent | None:
    """An agent. `stated`: keep it only where something says that it is a body."""
    types = types_of(item.value)
    name, native = item.word("name", "legalName"), item.word("identifier")
    uri = next((said for key in ("@id", "url") if (said := item.url(key)) is not None and values.is_web(said)), None)
    address = " ".join(said for said in (uri, native) if said is not None)
    body = (bool(types) and not types & _PERSONS) or any(place in address for place in _AGENCIES)
    item.take("alternateName")
    item.close()
    if types & _PERSONS or (stated and not body):
        return None
    agent = Agent(name=name, uri=uri, native_id=native)
    return None if agent == Agent() else agent


def _contact(entry: Entry) -> ContactPoint | None:
    """Presence and domain of the contact points of the dataset and of its publisher."""
    names: list[str | None] = []
    mails: list[str | None] = []
    urls: list[str | None] = []
    publisher = next((item for item in _items(entry.value.get("publisher")) if isinstance(item, dict)), None)
    points = entry.entries("contactPoint")
    if publisher is not None and publisher.get("contactPoint"):
        inner = Entry(publisher, entry.at("publisher"), entry.ledger)
        points = [*points, *inner.entries("contactPoint")]
    for point in points:
        names.append(point.word("name"))
        mails.append(point.word("email"))
        urls.append(point.word("url"))
        point.close()
    return values.contact(names, mails, next((url for url in urls if url), None))


def _licence(entry: Entry) -> tuple[str | None, str | None, str | None]:
    """The licence as its address or text, its name where both are said, and an access right that stands among licences."""
    found = entry.take("license", "licence")
    licence: str | None = None
    title: str | None = None
    access: str | None = None
    for item in _items(found):
        if isinstance(item, dict):
            inner = Entry(item, entry.at("license"), entry.ledger)
            name, address = inner.word("name", "@value"), inner.word("url", "@id", "identifier")
            inner.take("text", "description", "alternateName")
            inner.close()
        else:
            name, address = None, values.word(item)
        said = address or name
        if is_access_right(said):
            access = access or said
        elif licence is None and said is not None:
            licence, title = said, name if name != said else None
    return licence, title, access


def _places(entry: Entry) -> tuple[str, ...]:
    """Names of places, else what their shape says in the words of the source."""
    found = entry.take("spatialCoverage", "spatial")
    key = "spatialCoverage" if "spatialCoverage" in entry.value else "spatial"
    places: dict[str, None] = {}
    for item in _items(found):
        said = _place(Entry(item, entry.at(key), entry.ledger)) if isinstance(item, dict) else values.word(item)
        if said is not None:
            places[said] = None
    return tuple(places)


def _place(entry: Entry) -> str | None:
    name = entry.word("name", "@value", "alternateName", "identifier")
    shapes = [_shape(geo) for geo in entry.entries("geo")]
    own = _shape(entry)
    return name or next((shape for shape in shapes if shape is not None), None) or own


def _shape(geo: Entry) -> str | None:
    drawn = geo.word("box", "polygon", "line", "circle")
    latitude, longitude = geo.word("latitude"), geo.word("longitude")
    country = geo.word("addressCountry")
    geo.close()
    point = f"{latitude} {longitude}" if latitude is not None and longitude is not None else None
    return drawn or point or country


def _periods(entry: Entry) -> tuple[Period, ...]:
    found = entry.take("temporalCoverage", "temporal")
    key = "temporalCoverage" if "temporalCoverage" in entry.value else "temporal"
    periods: dict[Period, None] = {}
    for item in _items(found):
        if isinstance(item, dict):
            inner = Entry(item, entry.at(key), entry.ledger)
            said = inner.word("@value", "value", "name")
            start, end = inner.word("startDate", "start"), inner.word("endDate", "end")
            inner.close()
            period = Period(start=start, end=end) if start or end else values.period(said or "")
        else:
            period = values.period(values.word(item) or "")
        if period.start or period.end:
            periods[period] = None
    return tuple(periods)


def _distributions(entry: Entry, base: str) -> tuple[Distribution, ...]:
    """Every download that is declared. Media objects of the work itself stand for them where there is none."""
    found: list[Distribution] = []
    for key in ("distribution", "encoding", "associatedMedia"):
        value = entry.take(key)
        path = f"{entry.at(key)}[]" if isinstance(value, list) else entry.at(key)
        if found:
            break
        for place, item in enumerate(_items(value)):
            if isinstance(item, dict):
                found.append(_distribution(Entry(item, path.replace(key, "distribution"), entry.ledger), base))
            elif isinstance(item, str) and values.is_web(item):
                found.append(Distribution(access_url=values.word(item)))
                entry.ledger.use(path, MAPPED)
            elif not values.is_blank(item):
                entry.ledger.problem(f"{path} [{place}]", f"{type(item).__name__} instead of an object")
    return tuple(found)


def _distribution(entry: Entry, base: str) -> Distribution:
    """One download. The path of a file inside an archive of the dataset is no address."""
    inside = "containedIn" in entry.value or "cr:containedIn" in entry.value
    stated = entry.word("contentUrl")
    inner = inside and stated is not None and not values.is_web(stated)
    download = None if inner else _address(entry, base, "contentUrl")
    access = _address(entry, base, "url", "embedUrl")
    formats, media = _formats(entry)
    size = entry.take("contentSize", "fileSize")
    stated_size = values.stated_bytes(values.word(size))
    if stated_size is None and not values.is_blank(size):
        entry.ledger.use(f"{entry.at('contentSize')} (rounded)", IGNORED)
    digests = [f"{name}:{said}" for name in _DIGESTS if (said := entry.word(name, f"cr:{name}")) is not None]
    distribution = Distribution(
        native_id=entry.word("identifier") or _identity(entry, base),
        title=entry.text("name"),
        description=entry.text("description"),
        access_url=access if access != download else None,
        download_url=download,
        format=formats,
        media_type=media,
        byte_size=stated_size,
        licence=_licence(entry)[0],
        rights=entry.word("usageInfo", "conditionsOfAccess"),
        issued=entry.word("datePublished", "dateCreated", "uploadDate"),
        modified=entry.word("dateModified"),
        checksum=next(iter(digests), None),
        conforms_to=entry.words("conformsTo", "dct:conformsTo"),
        languages=_labels(entry, "inLanguage"),
    )
    entry.close()
    return distribution


def _formats(entry: Entry) -> tuple[str | None, str | None]:
    """Format and media type: one property says either, as a media type, a word, or an address of one."""
    said = (*_labels(entry, "encodingFormat"), *_labels(entry, "fileFormat"))
    media = [item for item in said if "/" in item and not values.is_web(item)]
    words = [item for item in said if item not in media]
    return next(iter(words), None), next(iter(media), None)


def has_distribution(node: Mapping[str, object]) -> bool:
    """Whether a dataset names any download of its own."""
    return any(not values.is_blank(node.get(key)) for key in ("distribution", "encoding", "associatedMedia"))
