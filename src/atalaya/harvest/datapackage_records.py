"""One data package and its resources, as records. Of contributors only organisations that publish or create are kept."""

from collections.abc import Mapping

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Distribution, Period, Text
from atalaya.harvest import values
from atalaya.harvest.bodies import join
from atalaya.harvest.fields import IGNORED, MAPPED, Entry, Ledger

_CATALOGUE = "describes the catalogue, not a package"
_COLUMNS = "describes columns and dialects, which are inspected in the file itself"
_ORIGIN = "says where the data came from; measured nowhere yet"
_LOOK = "is for showing the package: pictures, views, texts"
_PERSON = "names persons; only presence and domain of contacts are kept"
_VERSION = "says again what another field says, or the version of the form"

_GROUPS: Mapping[str, str] = {
    _CATALOGUE: """
        catalogue.name catalogue.title catalogue.description catalogue.profile catalogue.$schema catalogue.homepage
        catalogue.licenses catalogue.created catalogue.version catalogue.keywords catalogue.contributors
        catalogue.sources catalogue.id catalogue.image catalogue.count catalogue.total
    """,
    _COLUMNS: """
        resources[].schema resources[].dialect resources[].encoding resources[].compression resources[].stats
        resources[].type resources[].jsonSchema resources[].layout resources[].control resources[].innerpath
        resources[].scheme resources[].tabular resources[].rows
    """,
    _ORIGIN: "sources resources[].sources dataDependencies",
    _LOOK: "image readme views resources[].views resources[].image resources[].homepage",
    _PERSON: """
        contributors[].givenName contributors[].familyName author maintainers[].web maintainers[].url
        publisher[].email publisher.email
    """,
    _VERSION: "datapackage_version last_modified_by",
}

IGNORED_FIELDS: Mapping[str, str] = {path: reason for reason, paths in _GROUPS.items() for path in paths.split()}
"""Fields with no use here, with the reason."""

_PUBLISHER = frozenset({"publisher", "distributor"})
_CREATOR = frozenset({"creator", "author", "producer", "datacollector", "rightsholder", "owner"})


def read_package(package: Mapping[str, object], base: str, ledger: Ledger) -> Dataset:
    """One package. `base` is the address of the document it stands in, against which paths are resolved unless the package
    names the address of its descriptor."""
    entry = Entry(package, "", ledger)
    descriptor = entry.url("datapackage_url", "descriptor_url")
    where = (join(base, descriptor) if descriptor is not None else None) or base
    publisher, creator, contact = _people(entry)
    licence, licence_title, licence_url = _licence(entry, where)
    native_id, name = entry.word("id", "identifier"), entry.word("name")
    homepage = entry.url("homepage", "landingPage")
    dataset = Dataset(
        native_id=native_id or name or where,
        title=_text(entry, "title") or ({"": name} if name is not None else {}),
        description=_text(entry, "description"),
        keywords=entry.words("keywords", "tags"),
        themes=entry.words("themes", "theme", "categories", "category"),
        publisher=publisher,
        creator=creator,
        contact=contact,
        licence=licence,
        licence_title=licence_title,
        licence_url=licence_url,
        access_rights=entry.word("accessRights", "accessLevel"),
        rights=entry.word("rights"),
        issued=entry.word("created", "issued"),
        modified=entry.word("modified", "last_updated", "lastUpdated", "updated", "last_modified", "updated_at"),
        frequency=entry.word("updateFrequency", "update_frequency", "accrualPeriodicity", "frequency"),
        spatial=_spatial(entry),
        temporal=_temporal(entry),
        languages=entry.words("languages", "language"),
        landing_page=None if homepage is None else join(where, homepage),
        version=entry.word("version"),
        conforms_to=tuple(dict.fromkeys((*entry.words("profile"), *entry.words("$schema")))),
        distributions=_distributions(entry, where, native_id or name or where),
    )
    entry.close()
    return dataset


def _text(entry: Entry, key: str) -> Text:
    """A text, with its translations under `key@language` (recipe "Translation support")."""
    found = dict(entry.text(key))
    for name in [name for name in entry.value if name.startswith(f"{key}@")]:
        language = name.partition("@")[2].replace("_", "-").lower()
        for said in entry.text(name).values():
            found.setdefault(language, said)
    return found


def _licence(entry: Entry, base: str) -> tuple[str | None, str | None, str | None]:
    """Name, title and address of the first licence; drafts before version 1 wrote `license`, `type` and `url`."""
    listed = [*entry.entries("licenses"), *entry.entries("license")]
    if not listed:
        return entry.word("licenses", "license"), None, None
    for further in listed[1:]:
        entry.ledger.unreadable(further.path, "a further licence; the first is read")
    name, title = listed[0].word("name", "id", "type"), listed[0].word("title")
    path = listed[0].url("path", "url")
    listed[0].close()
    address = None if path is None else join(base, path)
    return name or address or title, title, address


def _people(entry: Entry) -> tuple[Agent | None, Agent | None, ContactPoint | None]:
    """Publisher, creator and contact. Who has a given name, or an organisation, is a person, of whom the organisation is
    kept."""
    publishers, creators = [_publisher(item) for item in entry.entries("publisher")], []
    plain = None if publishers else entry.word("publisher")
    names: list[str | None] = []
    mails: list[str | None] = []
    for person in entry.entries("contributors"):
        roles = {role.lower().replace(" ", "") for said in person.words("roles", "role") for role in said.split(",")}
        agent = _organisation(person, named=bool(roles & _PUBLISHER))
        if agent is not None and roles & _PUBLISHER:
            publishers.append(agent)
        elif agent is not None and (roles & _CREATOR or not roles):
            creators.append(agent)
        names.append(person.word("title"))
        mails.append(person.word("email"))
        person.close()
    for key in ("maintainers", "maintainer", "contact", "contactPoint", "author"):
        for person in entry.entries(key):
            names.append(person.word("name", "title", "fn"))
            mails.append(person.word("email", "hasEmail"))
            _leave(person)
    said = entry.word("maintainer", "author", "contact") if not names else None
    (mails if said is not None and values.is_mail(said) else names).append(said)
    publisher = next((agent for agent in publishers if agent is not None), Agent(name=plain) if plain else None)
    return publisher, next(iter(creators), None), values.contact(names, mails)


def _organisation(person: Entry, named: bool) -> Agent | None:
    """The organisation of a contributor; one without any that is `named` by its role is itself taken for one."""
    affiliation = person.word("organization", "organisation")
    uri = person.url("path", "web", "url")
    if affiliation is not None:
        return Agent(name=affiliation)
    has_person = any(not values.is_blank(person.value.get(name)) for name in ("givenName", "familyName"))
    title = values.word(person.value.get("title")) or values.word(person.value.get("name"))
    if has_person or not named or title is None or values.is_mail(title):
        return None
    return Agent(name=title, uri=uri)


def _publisher(entry: Entry) -> Agent | None:
    """The publisher of drafts before version 1: an object with a name and an address."""
    agent = Agent(name=entry.word("name", "title"), uri=entry.url("web", "url", "path", "homepage"))
    entry.close()
    return None if agent == Agent() else agent


def _leave(person: Entry) -> None:
    """Count what else is said of a person as ignored."""
    for key in list(person.rest()):
        person.ledger.use(person.at(key), IGNORED)


def _spatial(entry: Entry) -> tuple[str, ...]:
    places = entry.entries("spatial")
    if not places:
        return entry.words("spatial", "spatialCoverage", "geography")
    found = []
    for place in places:
        said = place.word("name", "title", "location", "label", "extent", "resolution")
        found.extend([said] if said is not None else [])
        _leave(place)
    return tuple(dict.fromkeys(found))


def _temporal(entry: Entry) -> tuple[Period, ...]:
    spans = entry.entries("temporal")
    if not spans:
        return tuple(values.period(text) for text in entry.words("temporal", "temporalCoverage"))
    found = []
    for span in spans:
        start = span.word("start", "startDate", "from", "referenceDate", "reference_date", "name")
        found.append(Period(start=start, end=span.word("end", "endDate", "to")))
        _leave(span)
    return tuple(dict.fromkeys(item for item in found if item != Period()))


def _distributions(entry: Entry, base: str, where: str) -> tuple[Distribution, ...]:
    """Every resource. A resource in several parts gives one distribution a part."""
    listed = entry.take("resources")
    found: list[Distribution] = []
    for place, item in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(item, dict):
            found.extend(_resource(Entry(item, "resources[]", entry.ledger), base))
        else:
            entry.ledger.problem(f"{where} resources[{place}]", f"{type(item).__name__} instead of an object")
    return tuple(found)


def _resource(entry: Entry, base: str) -> list[Distribution]:
    """A resource: its file, the parts of its file, or the data that stand in the descriptor itself.

    Data inside the descriptor have no address of their own; that of the descriptor is given, as a link made by rule.
    """
    name = entry.word("name", "id")
    licence, title, address = _licence(entry, base)
    common = Distribution(
        native_id=name,
        title=_text(entry, "title") or ({"": name} if name is not None else {}),
        description=_text(entry, "description"),
        format=entry.word("format"),
        media_type=entry.word("mediatype", "mediaType", "mimetype"),
        byte_size=entry.size("bytes", "size"),
        licence=licence or address or title,
        issued=entry.word("created", "issued"),
        modified=entry.word("modified", "last_updated", "lastUpdated", "last_modified", "updated"),
        checksum=_checksum(entry.word("hash")),
        conforms_to=tuple(dict.fromkeys((*entry.words("profile"), *entry.words("$schema")))),
        languages=entry.words("languages", "language"),
    )
    paths = _paths(entry, base)
    has_data = "data" in entry.value and not values.is_blank(entry.value["data"])
    if "data" in entry.value:
        entry.ledger.use(entry.at("data"), MAPPED)
        entry.skip("data")
    entry.close()
    if not paths:
        return [_with(common, access_url=base, derived=True)] if has_data else [common]
    if len(paths) == 1:
        return [_with(common, download_url=paths[0])]
    return [_with(common, native_id=None, byte_size=None, checksum=None, download_url=path) for path in paths]


def _with(common: Distribution, **changed: object) -> Distribution:
    said = {name: getattr(common, name) for name in common.__slots__}
    return Distribution(**{**said, **changed})


def _paths(entry: Entry, base: str) -> list[str]:
    """The addresses of a resource, absolute. Drafts before version 1 wrote `url`."""
    found = []
    for path in entry.words("path", "url"):
        if values.is_mail(path):
            entry.ledger.unreadable(entry.at("path"), "a mail address where a path belongs")
            continue
        if path.startswith("/") or ".." in path.split("/"):
            entry.ledger.unreadable(entry.at("path"), "a path that leaves the package, which the standard forbids")
        address = join(base, path)
        if address is None:
            entry.ledger.unreadable(entry.at("path"), "no path and no address")
        else:
            found.append(address)
    return list(dict.fromkeys(found))


def _checksum(said: str | None) -> str | None:
    """A hash with its algorithm, which is MD5 where none is written (Data Resource, property `hash`)."""
    return said if said is None or ":" in said else f"md5:{said}"
