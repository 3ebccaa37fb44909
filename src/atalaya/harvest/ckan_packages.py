"""A package of the CKAN action API, as a dataset: core fields, fluent translations, scheming and ckanext-dcat fields, extras.

Names of fields: CKAN's API guide (package_show, resource_show), the field list of ckanext-dcat, and DKAN's public action API.
"""

import json
from collections.abc import Mapping

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Distribution, Period, Reading, Text
from atalaya.harvest import values
from atalaya.harvest.ckan_extras import BODY, read_extras
from atalaya.harvest.ckan_fields import IGNORED_FIELDS
from atalaya.harvest.fields import IGNORED, Entry, Ledger
from atalaya.harvest.organisations import is_organisation

NOT_DATASETS = ("harvest", "showcase", "page")
"""Types of package by which extensions store harvest sources, showcases and pages; they are no datasets."""

_FREQUENCY = (
    "frequency",
    "accrual_periodicity",
    "accrualPeriodicity",
    "update_frequency",
    "frequency-of-update",
    "periodicity",
)
_PLACEHOLDERS = ("_datastore_only_resource", "_tmp_replace_me")
"""What CKAN's DataStore and harvesters put where a resource has no file, alone or at the end of an address."""
_PLACEHOLDER_HOSTS = (*_PLACEHOLDERS, "dummy")
_NOT_SPECIFIED = ("", "notspecified", "other-at", "other-open", "other-closed", "other-nc", "other-pd")


def read_packages(packages: list[object], ledger: Ledger, first: int = 0) -> list[Dataset]:
    """Datasets of a list of packages. Each item becomes a dataset or a problem; `first` is the place of the first item."""
    datasets = []
    for place, package in enumerate(packages, start=first):
        dataset = read_package(package, ledger, f"packages[{place}]")
        if dataset is not None:
            datasets.append(dataset)
    return datasets


def read_package_bytes(package: object) -> Reading:
    """One package, or a list of them, as a reading of its own; for files that hold bare packages."""
    ledger = Ledger(IGNORED_FIELDS)
    datasets = read_packages(package if isinstance(package, list) else [package], ledger)
    return Reading(datasets=tuple(datasets), fields=ledger.fields, problems=ledger.problems)


def read_package(package: object, ledger: Ledger, place: str) -> Dataset | None:
    """One package; None, with a problem, where it is no published dataset."""
    if isinstance(package, list) and len(package) == 1:
        package = package[0]  # DKAN answers package_show with a list of one
    if not isinstance(package, dict):
        ledger.problem(place, "not an object, so no package")
        return None
    entry = Entry(package, "", ledger)
    native_id = entry.word("id", "name")
    where = f"{place} {native_id}" if native_id else place
    if not _is_published(entry, ledger, where):
        _count_all(package, ledger)
        return None
    extras = read_extras(entry)
    dataset = _dataset(entry, extras, native_id, where)
    entry.close()
    extras.close()
    return dataset


def _is_published(entry: Entry, ledger: Ledger, where: str) -> bool:
    state = (entry.word("state") or "active").lower()
    kind = (entry.word("type") or "dataset").lower()
    private = entry.take("private")
    if state != "active":
        ledger.problem(where, f"package in state {state[:40]}: not a published dataset")
        return False
    if kind in NOT_DATASETS:
        ledger.problem(where, f"package of type {kind}: not a dataset")
        return False
    if private is True or (isinstance(private, str) and private.lower() == "true"):
        ledger.problem(where, "marked private although the source gives it to everyone; kept as a dataset")
    return True


def _count_all(package: Mapping[str, object], ledger: Ledger) -> None:
    """Count the fields of a package that stays out: they are listed with the package, not read."""
    for key in package:
        if key not in ("id", "name", "state", "type", "private"):
            ledger.use(values.clean(key)[:120], IGNORED)


def _dataset(entry: Entry, extras: Entry, native_id: str | None, where: str) -> Dataset:
    licence_id, licence_url = entry.word("license_id"), entry.word("license_url", "license")
    named, said = entry.word("license_title"), extras.word("licence", "license")
    licence_title = (said or named) if _is_unspecified(licence_id) else (named or said)
    publisher = _publisher(entry, extras)
    return Dataset(
        native_id=native_id,
        title=_translated(entry, "title"),
        description=_translated(entry, "notes", "description"),
        keywords=_tags(entry),
        themes=_themes(entry, extras),
        publisher=publisher,
        creator=_creator(entry, extras),
        contact=_contact(entry, extras),
        licence=_licence(licence_id, licence_url, said, licence_title),
        licence_title=licence_title,
        licence_url=licence_url if licence_url is not None and values.is_web(licence_url) else None,
        access_rights=_either(entry, extras, "access_rights", "dcat_access_rights"),
        rights=_either(entry, extras, "rights"),
        issued=_either(entry, extras, "issued", "dcat_issued") or entry.word("metadata_created"),
        modified=_either(entry, extras, "modified", "dcat_modified") or entry.word("metadata_modified"),
        frequency=_either(entry, extras, *_FREQUENCY),
        spatial=_spatial(entry, extras),
        temporal=_temporal(entry, extras),
        languages=_languages(entry, extras),
        landing_page=entry.url("url") or extras.url("landing_page", "dcat_landing_page"),
        version=_either(entry, extras, "version", "dcat_version"),
        conforms_to=_either_words(entry, extras, "conforms_to"),
        distributions=_resources(entry, where),
    )


def _either(entry: Entry, extras: Entry, *names: str) -> str | None:
    """A text from the package, else from its extras; both are counted."""
    own, extra = entry.word(*names), extras.word(*names)
    return own or extra


def _either_words(entry: Entry, extras: Entry, *names: str) -> tuple[str, ...]:
    """A list of texts from the package, else from its extras; both are counted."""
    own, extra = entry.words(*names), extras.words(*names)
    return own or extra


def _licence(licence_id: str | None, url: str | None, said: str | None, title: str | None) -> str | None:
    """The id that CKAN's licence list knows, else the address, else what an extra says, the id, or whatever the title says."""
    known = None if _is_unspecified(licence_id) else licence_id
    return known or url or said or licence_id or title


def _is_unspecified(licence_id: str | None) -> bool:
    """Whether an id of a licence names none."""
    return licence_id is None or licence_id.lower() in _NOT_SPECIFIED


def _translated(entry: Entry, *names: str) -> Text:
    """A text by language: the plain field, and the fluent field beside it, which goes first.

    The plain field usually repeats one of the translations; only where it says something else does it stand beside them.
    """
    plain = entry.text(*names)
    fluent = entry.text(*(f"{name}_translated" for name in names))
    if fluent:
        own = {tag: said for tag, said in plain.items() if said not in fluent.values()}
        return {**own, **fluent}
    return plain


def _tags(entry: Entry) -> tuple[str, ...]:
    """Keywords: tags as objects or texts, and fluent `tags_translated`."""
    found = entry.take("tags")
    items = found if isinstance(found, list) else [] if values.is_blank(found) else [found]
    said = []
    for item in items:
        if isinstance(item, dict):
            tag = Entry(item, "tags[]", entry.ledger)
            said.append(tag.word("display_name", "name"))
            tag.close()
        else:
            said.append(values.word(item))
    if None in said:
        entry.ledger.unreadable("tags[]", "a tag without a text")
    fluent = entry.words("keywords", "tags_translated", "tag_string")
    return tuple(dict.fromkeys([*(tag for tag in said if tag), *fluent]))


def _themes(entry: Entry, extras: Entry) -> tuple[str, ...]:
    own = _either_words(entry, extras, "theme", "themes", "dcat_theme")
    if _is_dkan(entry):
        return own
    groups = []
    for group in entry.entries("groups"):
        groups.append(group.word("title", "display_name", "name"))
        group.close()
    entry.skip("groups")
    return tuple(dict.fromkeys([*own, *(group for group in groups if group)]))


def _is_dkan(entry: Entry) -> bool:
    """DKAN writes no organization and uses groups for the publishers; its type is `Dataset` with a capital."""
    return "organization" not in entry.value and "owner_org" not in entry.value and entry.value.get("type") == "Dataset"


def _publisher(entry: Entry, extras: Entry) -> Agent | None:
    """Who publishes: what is stated as publisher, else the organization, else a body that another field evidently names.

    The slug of the organization is kept either way.
    """
    stated = _stated_publisher(entry, extras)
    body = entry.entry("groups" if _is_dkan(entry) else "organization")
    owner = Agent()
    if body is not None:
        slug = body.word("name")
        owner = Agent(name=body.word("title", "display_name") or slug, native_id=slug)
        body.close()
    elif isinstance(entry.value.get("organization"), str):
        owner = Agent(name=entry.word("organization"))
    entry.skip("organization")
    publisher = Agent(name=stated.name or owner.name, uri=stated.uri, native_id=owner.native_id or stated.native_id)
    evident = _evident_body(entry, extras)
    if publisher != Agent():
        return publisher
    return None if evident is None else Agent(name=evident)


def _evident_body(entry: Entry, extras: Entry) -> str | None:
    """The first body among those responsible, the author and the maintainer. As often these are persons, who are never kept."""
    named = (extras.word(BODY), entry.word("author"), entry.word("maintainer"))
    return next((name for name in named if name is not None and is_organisation(name)), None)


def _stated_publisher(entry: Entry, extras: Entry) -> Agent:
    name = extras.word("publisher_name", "dcat_publisher_name")
    uri = extras.url("publisher_uri")
    native_id = extras.word("publisher_identifier")
    listed = entry.entry("publisher")
    if listed is None:
        return Agent(name=name or entry.word("publisher", "publisher_name"), uri=uri, native_id=native_id)
    person = "person" in (values.word(listed.value.get("type")) or "").lower()
    said = listed.word("name")
    agent = Agent(
        name=name or (None if person else said),
        uri=uri or listed.url("uri", "url"),
        native_id=native_id or listed.word("identifier"),
    )
    listed.close()
    return agent


def _creator(entry: Entry, extras: Entry) -> Agent | None:
    """Who made the data, by address only: a creator is as often a person as a body."""
    listed = entry.entry("creator")
    uri, native_id = extras.url("creator_uri"), extras.word("creator_identifier")
    if listed is not None:
        uri, native_id = uri or listed.url("uri", "url"), native_id or listed.word("identifier")
        listed.close()
    return Agent(uri=uri, native_id=native_id) if uri or native_id else None


def _contact(entry: Entry, extras: Entry) -> ContactPoint | None:
    reached = extras.word(
        "contact_name", "dcat_contact_name"
    )  # free keys (`Contacto`) hold names, mails and pages alike
    inside = [part.strip("<>()[],;:") for part in (reached or "").split()]
    names = [entry.word("maintainer"), entry.word("author"), extras.word(BODY)]
    names.append(None if reached is None or values.is_mail(reached) or values.is_web(reached) else reached)
    mails = [
        *(part for part in inside if values.is_mail(part)),
        extras.word("contact_email", "contact-email", "dcat_contact_email"),
        entry.word("contact_email"),
        entry.word("maintainer_email"),
        entry.word("author_email"),
    ]
    names.append(entry.word("contact_name"))
    url = extras.word("contact_url") or next((part for part in inside if values.is_web(part)), None)
    for person in entry.entries("contact"):
        names.append(person.word("name"))
        mails.append(person.word("email"))
        person.close()
    return values.contact(names, mails, url)


def _spatial(entry: Entry, extras: Entry) -> tuple[str, ...]:
    found = [*entry.words("spatial_uri", "spatial_text"), *extras.words("spatial_uri"), *extras.words("spatial_text")]
    for area in entry.entries("spatial_coverage"):
        found.extend([*area.words("uri"), *area.words("text")])
        area.close()
    found.extend(entry.words("spatial_coverage") if isinstance(entry.value.get("spatial_coverage"), str) else ())
    drawings = []
    for holder in (entry, extras):
        shape = values.unwrap(holder.take("spatial"))
        if isinstance(shape, dict):
            drawings.append(json.dumps(shape, sort_keys=True, separators=(",", ":")))
        else:
            found.extend(values.words(shape))
    return tuple(dict.fromkeys(found or drawings))  # GeoJSON only where no name or code says the place


def _temporal(entry: Entry, extras: Entry) -> tuple[Period, ...]:
    periods = []
    for span in entry.entries("temporal_coverage"):
        periods.append(Period(start=span.word("start", "from"), end=span.word("end", "to")))
        span.close()
    for holder in (entry, extras):
        start = holder.word(
            "temporal_start", "temporal_coverage-from", "temporal_coverage_from", "temporal-extent-begin"
        )
        end = holder.word("temporal_end", "temporal_coverage-to", "temporal_coverage_to", "temporal-extent-end")
        if start or end:
            periods.append(Period(start=start, end=end))
        for name in holder.present("temporal", "temporal_coverage"):
            said = holder.value[name]
            if isinstance(said, str):
                holder.take(name)
                periods.extend(values.period(text) for text in values.words(said))
    return tuple(dict.fromkeys(item for item in periods if item != Period()))


def _languages(entry: Entry, extras: Entry) -> tuple[str, ...]:
    said = _either_words(entry, extras, "language", "languages", "dcat_language")
    return tuple(part.strip() for text in said for part in text.split(",") if part.strip())


def _resources(entry: Entry, where: str) -> tuple[Distribution, ...]:
    """Every resource of the package; what is no object or no longer active becomes a problem."""
    found = entry.take("resources")
    if isinstance(found, dict):
        found = [found]
    if not isinstance(found, list):
        if not values.is_blank(found):
            entry.ledger.problem(f"{where} resources", "not a list")
        return ()
    read = []
    for place, item in enumerate(found):
        if not isinstance(item, dict):
            entry.ledger.problem(f"{where} resources[{place}]", "not an object, so no resource")
            continue
        resource = Entry(item, "resources[]", entry.ledger)
        state = (resource.word("state") or "active").lower()
        if state == "active":
            read.append(_resource(resource))
        else:
            entry.ledger.problem(f"{where} resources[{place}]", f"resource in state {state[:40]}: not published")
        resource.close()
    return tuple(read)


def _address(entry: Entry, key: str) -> str | None:
    """An address of a resource; None for what CKAN or a publisher puts where a file has none.

    A dump of the DataStore is no substitute: a site may refuse it, and a link made by a rule would count the declared resource
    as derived. The resource stays, without an address.
    """
    url = entry.url(key)
    if url is None:
        return None
    bare = (url.partition("://")[2] or url).rstrip("/").lower()
    if bare in _PLACEHOLDER_HOSTS or bare.rpartition("/")[2] in _PLACEHOLDERS:
        entry.ledger.unreadable(entry.at(key), "a placeholder instead of an address; left out")
        return None
    return url


def _resource(entry: Entry) -> Distribution:
    url, uploaded = _address(entry, "url"), entry.value.get("url_type") == "upload"
    algorithm, digest = values.word(entry.value.get("hash_algorithm")), entry.word("hash")
    name = (algorithm or "").rpartition("_")[2].rpartition("/")[2].lower()
    return Distribution(
        native_id=entry.word("id"),
        title=_translated(entry, "name", "title"),
        description=_translated(entry, "description"),
        access_url=_address(entry, "access_url") or url,
        download_url=_address(entry, "download_url") or (url if uploaded else None),
        format=entry.word("format"),
        media_type=entry.word("mimetype", "media_type"),
        byte_size=entry.size("size", "byte_size"),
        licence=entry.word("license_id", "license", "license_url", "license_title", "licence"),
        rights=entry.word("rights"),
        issued=entry.word("issued", "created"),
        modified=entry.word("modified", "last_modified", "metadata_modified"),
        checksum=f"{name}:{digest}" if digest and name else digest,
        conforms_to=entry.words("conforms_to"),
        languages=entry.words("language"),
    )
