"""Records of an OGC API Records catalogue: one page of `/collections/{id}/items` as a reading.

Fields: https://docs.ogc.org/is/20-004r1/20-004r1.html, clause 7 (record core). What `type` says decides as in ISO records.
"""

from collections.abc import Mapping

from atalaya.catalogue.records import Dataset, Distribution, Reading
from atalaya.harvest import values
from atalaya.harvest.bodies import join, parse_json
from atalaya.harvest.fields import Entry, Ledger
from atalaya.harvest.iso.links import is_service_protocol
from atalaya.harvest.iso.parties import CREATORS, Party, agent, contact, publisher
from atalaya.harvest.iso.records import LEVELS
from atalaya.harvest.ogc_services_collections import link_to, refusal_of_json
from atalaya.harvest.visits import Refusal, Visit

_FILES = ("item", "items", "enclosure", "download", "data", "service", "distribution")
_SYNTAX = "links and values of the document, not of a dataset"

IGNORED_RECORDS: Mapping[str, str] = {
    path: reason
    for reason, paths in {
        _SYNTAX: "type links timeStamp numberReturned features[].type features[].conformsTo features[].time.resolution "
        "features[].links[].hreflang features[].links[].length features[].links[].templated facets numberTotal "
        "features[].links[].created features[].links[].updated features[].links[].variables",
        "draws a place whose name is read elsewhere": "features[].geometry features[].bbox",
        "relates the dataset to others": "features[].properties.externalIds features[].properties.linkTemplates",
        "read by nobody yet": "features[].assets features[].properties.resourceLanguages features[].collection "
        "features[].linkTemplates features[].stac_version features[].stac_extensions",
    }.items()
    for path in paths.split()
}
"""Fields with no use here, with the reason."""


def read_items(visit: Visit) -> Reading | Refusal:
    """The reading of one page of records. Every item becomes a dataset or a problem."""
    parsed = parse_json(visit)
    if isinstance(parsed, Refusal):
        return parsed
    value, note = parsed
    listed = value.get("features") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(listed, list):
        return refusal_of_json(value, visit)
    ledger = Ledger(IGNORED_RECORDS)
    if note is not None:
        ledger.problem(visit.url, note)
    base = visit.answer.final_url or visit.url
    document = Entry(value, "", ledger)
    document.skip("features")
    total = document.size("numberMatched")
    document.close()
    found = []
    for place, item in enumerate(listed):
        if isinstance(item, dict):
            found.append(_read(Entry(item, "features[]", ledger), f"features[{place}]", base))
        else:
            ledger.problem(f"features[{place}]", f"{type(item).__name__} instead of an object, so no record")
    return Reading(
        datasets=tuple(item for item in found if item is not None),
        fields=ledger.fields,
        problems=ledger.problems,
        declared_total=total,
        next_url=link_to(value, base, "next"),
        others=sum(item is None for item in found),
    )


def _read(entry: Entry, place: str, base: str) -> Dataset | None:
    """The dataset of a record, or None and a problem at `place` where it describes something else."""
    properties = entry.entry("properties") or Entry({}, entry.at("properties"), entry.ledger)
    identifier = entry.word("id")
    where = f"{place} {identifier}"[:200]
    said = properties.word("type") or ""
    kind = said.rpartition("/")[2].rpartition("#")[2].lower()
    what = LEVELS.get(kind)
    if what is not None:
        entry.ledger.problem(where, f"describes {what}, not a dataset")
        return None
    if kind and kind not in LEVELS:
        entry.ledger.problem(where, f"of the type {said[:80]!r}, which is in no list; read as a dataset")
    found = _parties(properties)
    files, page, licence = _links(entry, base)
    stated = properties.word("license", "licence")
    time = entry.entry("time") or properties.entry("time")
    spans = []
    if time is not None:
        interval = time.words("interval", "date", "timestamp")
        spans = [values.period("/".join("" if moment == ".." else moment for moment in interval))] if interval else []
        time.close()
    dataset = Dataset(
        native_id=identifier,
        title=properties.text("title"),
        description=properties.text("description"),
        keywords=properties.words("keywords"),
        themes=_themes(properties),
        publisher=publisher(found),
        creator=agent(found, CREATORS),
        contact=contact(found),
        licence=licence or stated,
        licence_title=stated if licence else None,
        rights=properties.word("rights", "accessRights"),
        issued=properties.word("created", "published"),
        modified=properties.word("updated", "modified"),
        temporal=tuple(spans),
        languages=_codes(properties, "language") or _codes(properties, "languages"),
        landing_page=page,
        distributions=files,
    )
    properties.close()
    entry.close()
    return dataset


def _codes(entry: Entry, key: str) -> tuple[str, ...]:
    """Codes of languages, which are objects with a `code`, or texts."""
    objects = entry.entries(key)
    found = [item.word("code") for item in objects]
    for item in objects:
        item.skip("name", "alternate", "dir")
        item.close()
    return tuple(code for code in found if code) if objects else entry.words(key)


def _themes(properties: Entry) -> tuple[str, ...]:
    found: list[str] = []
    for theme in properties.entries("themes"):
        for concept in theme.entries("concepts"):
            found.extend(word for word in (concept.word("title", "id"),) if word is not None)
            concept.skip("description", "url")
            concept.close()
        theme.skip("scheme")
        theme.close()
    return tuple(dict.fromkeys(found))


def _parties(properties: Entry) -> list[Party]:
    """The contacts by role; only organisations are named, and a contact without one is not."""
    found = []
    for item in properties.entries("contacts"):
        named = item.word("name")
        organisation = item.word("organization", "organisation")
        mails = [mail.word("value") for mail in item.entries("emails")]
        roles = item.words("roles") or ("",)
        item.skip("emails", "phones", "addresses", "links", "position", "hoursOfService", "contactInstructions", "logo")
        item.skip("identifier")
        item.close()
        known = tuple(mail for mail in mails if mail)
        found += [Party(role, organisation, None, named is not None, known, None) for role in roles]
    return found


def _links(entry: Entry, base: str) -> tuple[tuple[Distribution, ...], str | None, str | None]:
    """The links to the resource, the page about it and its licence."""
    files: list[Distribution] = []
    page: str | None = None
    licence: str | None = None
    for link in entry.entries("links"):
        relation, kind, protocol = link.word("rel") or "", link.word("type"), link.word("protocol")
        href, title, name = link.word("href"), link.text("title"), link.text("name")
        description = link.text("description")
        link.close()
        target = None if href is None or values.is_mail(href) else join(base, href)
        if target is None:
            continue
        if relation in _FILES or protocol is not None:
            is_file = relation in ("enclosure", "download")
            files.append(
                Distribution(
                    title=title or name,
                    description=description,
                    access_url=None if is_file else target,
                    download_url=target if is_file else None,
                    format=protocol if is_service_protocol(protocol) else None,
                    media_type=kind,
                )
            )
        elif relation == "license":
            licence = licence or target
        elif page is None and "html" in (kind or "") and relation in ("alternate", "canonical", "about"):
            page = target
    return tuple(files), page, licence
