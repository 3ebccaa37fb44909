"""One dataset of a uData portal and its resources, as records: from the API, versions 1 and 2, or from a dump of objects."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Distribution, Period
from atalaya.harvest import values
from atalaya.harvest.fields import Entry

UNPUBLISHED = ("archived", "deleted", "private")
"""Fields that take a dataset out of publication; the first two hold the day of it."""
_NO = ("", "false", "none", "null", "0", "0.0", "no")


@dataclass(frozen=True, slots=True)
class Link:
    """Where version 2 keeps the resources of a dataset, and how many it says there are."""

    url: str
    total: int | None


def withheld(entry: Entry, prefix: str = "") -> str | None:
    """The word for why a dataset is not published; None where it is. An archived one is no longer listed by the portal."""
    said = {name: values.word(entry.take(f"{prefix}{name}")) for name in UNPUBLISHED}
    return next((name for name, text in said.items() if text is not None and text.lower() not in _NO), None)


def read_dataset(entry: Entry, holder: Entry, place: str) -> Dataset:
    """One dataset. `holder` is the object that has its organization and resources: in the API the dataset itself."""
    native_id = entry.word("id")
    zones, drawing = _spatial(entry)
    harvest = _inner(entry, "harvest")
    remote = None if harvest is None else harvest.url("remote_url")
    licence, licence_title, licence_url = _licence(entry)
    dataset = Dataset(
        native_id=native_id,
        title=entry.text("title"),
        description=entry.text("description"),
        keywords=entry.words("tags"),
        publisher=_publisher(holder),
        contact=_contact(entry),
        licence=licence,
        licence_title=licence_title,
        licence_url=licence_url,
        access_rights=entry.word("access_type"),
        rights=entry.word("access_type_reason"),
        issued=entry.word("created_at", "created_at_internal"),
        modified=entry.word("last_update", "last_modified", "last_modified_internal"),
        frequency=_frequency(entry),
        spatial=zones or drawing,
        temporal=_temporal(entry),
        landing_page=entry.url("page") or remote,
        conforms_to=_schema(entry),
        distributions=_resources(holder, f"{place} {native_id}" if native_id else place),
    )
    for inner in (harvest, _inner(entry, "extras"), entry):
        if inner is not None:
            inner.close()
    return dataset


def link_of(holder: Entry) -> Link | None:
    """Where the resources of a dataset are listed, where they are not in it."""
    said = holder.value.get("resources")
    if not isinstance(said, dict):
        return None
    address, total = values.word(said.get("href")), said.get("total")
    counted = isinstance(total, int) and not isinstance(total, bool) and total >= 0
    return None if address is None else Link(address, total if counted else None)


def read_resources(items: Iterable[object], path: str, holder: Entry, where: str) -> tuple[Distribution, ...]:
    """Every resource of a list; what is no object becomes a problem."""
    read = []
    for number, item in enumerate(items):
        if not isinstance(item, dict):
            holder.ledger.problem(f"{where} resources[{number}]", f"{type(item).__name__} instead of an object")
            continue
        read.append(read_resource(Entry(item, path, holder.ledger)))
    return tuple(read)


def _resources(holder: Entry, where: str) -> tuple[Distribution, ...]:
    listed = holder.take("resources")
    if isinstance(listed, dict) and link_of(holder) is not None:
        return ()  # read afterwards, from behind the link
    if isinstance(listed, dict):
        listed = listed.get("data", listed)  # a page of resources in the place of their list
    if not isinstance(listed, list):
        if not values.is_blank(listed):
            holder.ledger.problem(f"{where} resources", "not a list")
        return ()
    return read_resources(listed, f"{holder.at('resources')}[]", holder, where)


def read_resource(entry: Entry) -> Distribution:
    """One resource, from an object or from a row of a table."""
    url, stored = entry.url("url"), entry.word("filetype") == "file"
    distribution = Distribution(
        native_id=entry.word("id"),
        title=entry.text("title"),
        description=entry.text("description"),
        access_url=url,
        download_url=url if stored else None,
        format=entry.word("format"),
        media_type=entry.word("mime"),
        byte_size=entry.size("filesize"),
        issued=entry.word("published", "created_at"),
        modified=entry.word("last_modified", "modified"),
        checksum=_checksum(entry),
        conforms_to=_schema(entry),
    )
    for inner in (_inner(entry, "harvest"), _inner(entry, "extras"), entry):
        if inner is not None:
            inner.close()
    return distribution


def _checksum(entry: Entry) -> str | None:
    """The checksum with the name of its method; a plain text in older versions, two columns in a table."""
    listed = entry.entry("checksum")
    if listed is None:
        digest, name = entry.word("checksum", "checksum.value"), entry.word("checksum.type")
    else:
        digest, name = listed.word("value"), listed.word("type")
        listed.close()
    return f"{name.lower()}:{digest}" if digest and name else digest


def _schema(entry: Entry) -> tuple[str, ...]:
    """The schema that data follow: its address, else its name."""
    listed = entry.entry("schema")
    if listed is None:
        said = entry.word("schema", "schema_name")
    else:
        said = listed.word("url", "name")
        listed.close()
    return () if said is None else (said,)


def _inner(entry: Entry, key: str) -> Entry | None:
    """The object in a field, counted as read; None where there is none. A table has extras as JSON in one cell."""
    found = entry.entry(key)
    if found is not None:
        return found
    said = values.unwrap(entry.take(key))
    if isinstance(said, dict):
        return Entry(said, entry.at(key), entry.ledger)
    if not values.is_blank(said):
        entry.ledger.unreadable(entry.at(key), "not an object")
    return None


def _publisher(holder: Entry) -> Agent | None:
    """The organization; its own site before its page on the portal. A dataset owned by a person has no publisher here."""
    listed = holder.entry("organization")
    if listed is None:
        name = holder.word("organization")
        return None if name is None else Agent(name=name)
    agent = Agent(name=listed.word("name"), uri=listed.url("url", "page"), native_id=listed.word("id"))
    listed.close()
    return None if agent == Agent() else agent


def _contact(entry: Entry) -> ContactPoint | None:
    names: list[str | None] = []
    mails: list[str | None] = []
    pages: list[str | None] = []
    entry.take("contact_points", "contact_point")
    for point in (*entry.entries("contact_points"), *entry.entries("contact_point")):
        names.append(point.word("name"))
        mails.append(point.word("email"))
        pages.append(point.url("contact_form"))
        point.close()
    return values.contact(names, mails, next((page for page in pages if page), None))


def _licence(entry: Entry) -> tuple[str | None, str | None, str | None]:
    """The licence's id, title and address: an object where whole ones are asked for, else the id alone."""
    listed = entry.entry("license")
    if listed is None:
        return entry.word("license"), None, None
    said = listed.word("id"), listed.word("title"), listed.url("url")
    listed.close()
    return said


def _frequency(entry: Entry) -> str | None:
    listed = entry.entry("frequency")
    if listed is None:
        return entry.word("frequency")
    said = listed.word("id")
    listed.close()
    return said


def _spatial(entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names or codes of the zones, and the drawn area as GeoJSON, which says the place where no zone does."""
    spatial = entry.entry("spatial")
    if spatial is None:
        return entry.words("spatial"), ()
    zones, drawn = spatial.words("zones", "territories"), spatial.take("geom")
    spatial.close()
    return zones, (json.dumps(drawn, sort_keys=True, separators=(",", ":")),) if isinstance(drawn, dict) else ()


def _temporal(entry: Entry) -> tuple[Period, ...]:
    span = entry.entry("temporal_coverage")
    if span is None:
        periods = [values.period(text) for text in entry.words("temporal_coverage")]
    else:
        periods = [Period(start=span.word("start"), end=span.word("end"))]
        span.close()
    return tuple(item for item in periods if item != Period())
