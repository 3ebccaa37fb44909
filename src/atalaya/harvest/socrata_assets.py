"""One asset of a Socrata catalogue, as a dataset with its link."""

from collections.abc import Mapping
from dataclasses import dataclass

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Distribution, Period
from atalaya.harvest import values
from atalaya.harvest.fields import IGNORED, MAPPED, UNREAD, Entry, Ledger
from atalaya.harvest.socrata_fields import custom_keys, is_idle
from atalaya.harvest.socrata_links import link_of


def is_asset(item: object) -> bool:
    """Whether a result is an asset: a resource with an id, beside its classification, metadata or link."""
    if not isinstance(item, dict):
        return False
    resource = item.get("resource")
    if not isinstance(resource, dict) or not ({"id", "name"} & set(resource)):
        return False
    return bool({"classification", "metadata", "permalink", "link"} & set(item))


@dataclass(frozen=True, slots=True)
class _Parts:
    """The objects of one asset, and its custom fields as one object."""

    asset: Entry
    resource: Entry
    classification: Entry
    metadata: Entry
    custom: Entry

    def said(self, meaning: str) -> str | None:
        """What the custom fields of this meaning say, the best first."""
        keys = custom_keys(self.custom.value, meaning)
        return self.custom.word(*keys) if keys else None

    def close(self) -> None:
        """Count what nothing took."""
        for entry in (self.asset, self.resource, self.classification, self.metadata):
            entry.close()
        for key in self.custom.rest():
            self.custom.ledger.use(self.custom.at(key), IGNORED if is_idle(key) else UNREAD)


def read_asset(item: Mapping[str, object], asked: frozenset[str], ledger: Ledger) -> Dataset:
    """One dataset. `asked` are the domains that the query is about: an asset of another domain is federated, which is
    counted by its domain."""
    parts = _parts(item, ledger)
    resource, metadata = parts.resource, parts.metadata
    native_id, kind = resource.word("id"), resource.word("type")
    page, domain = parts.asset.url("permalink", "link"), metadata.word("domain")
    federated = (kind or "").lower().startswith("federated")
    declared = _access_points(metadata)
    if domain is not None and asked and domain.lower() not in asked:
        ledger.unreadable("metadata.domain", f"federated from {domain.lower()[:120]}")
    elif federated:
        hosts = [values.host(part.url) for part in declared if part.url is not None]
        ledger.unreadable(
            "resource.type", f"federated from {next((host for host in hosts if host), 'elsewhere')[:120]}"
        )
    view, blob_type = resource.word("lens_view_type"), resource.word("blob_mime_type")
    link = link_of(native_id, kind, view, blob_type, page, domain)
    publisher, creator = _agents(parts)
    licence, stated_licence = metadata.word("license"), parts.said("licence")
    stated, updated = parts.said("modified"), resource.word("data_updated_at", "updatedAt")
    dataset = Dataset(
        native_id=native_id,
        title=resource.text("name"),
        description=resource.text("description"),
        keywords=_joined(parts.classification.words("domain_tags"), parts.classification.words("tags")),
        themes=_themes(parts),
        publisher=publisher,
        creator=creator,
        contact=_contact(parts),
        licence=licence or stated_licence,
        licence_url=stated_licence if stated_licence is not None and values.is_web(stated_licence) else None,
        access_rights=parts.said("access"),
        rights=parts.said("rights"),
        issued=_issued(parts),
        modified=(stated or updated) if federated else (updated or stated),
        frequency=parts.said("frequency"),
        spatial=_joined(values.words(parts.said("spatial"))),
        temporal=_temporal(parts),
        languages=_joined(values.words(parts.said("language"))),
        landing_page=page,
        version=parts.said("version"),
        conforms_to=_joined(values.words(parts.said("conforms"))),
        distributions=(*declared, link),
    )
    parts.close()
    return dataset


def _parts(item: Mapping[str, object], ledger: Ledger) -> _Parts:
    asset = Entry(item, "", ledger)
    classification = asset.entry("classification") or Entry({}, "classification", ledger)
    return _Parts(
        asset=asset,
        resource=asset.entry("resource") or Entry({}, "resource", ledger),
        classification=classification,
        metadata=asset.entry("metadata") or Entry({}, "metadata", ledger),
        custom=_custom(classification, ledger),
    )


def _custom(classification: Entry, ledger: Ledger) -> Entry:
    """The custom fields of the domain, which come as keys and values, as one object."""
    merged: dict[str, object] = {}
    listed = classification.take("domain_metadata")
    for pair in listed if isinstance(listed, list) else []:
        key = values.word(pair.get("key")) if isinstance(pair, dict) else None
        if key is None or not isinstance(pair, dict):
            ledger.unreadable("domain_metadata[]", "not a key with a value")
        elif key in merged and not values.is_blank(merged[key]):
            ledger.unreadable("domain_metadata[]", "the same key twice; the first is read")
        else:
            merged[key] = pair.get("value")
    if listed is not None and not isinstance(listed, list):
        ledger.unreadable("classification.domain_metadata", "not a list")
    return Entry(merged, "domain_metadata", ledger)


def _agents(parts: _Parts) -> tuple[Agent | None, Agent | None]:
    """Publisher and creator: who is named as publisher, to whom the asset is attributed, and which office it is from."""
    uri = parts.resource.url("attribution_link")
    named = parts.said("publisher")
    attributed = parts.resource.word("attribution")
    office = parts.said("agency")
    agents = [Agent(name=name, uri=uri if name == attributed else None) for name in (named, attributed, office) if name]
    distinct = list({agent.name: agent for agent in agents}.values())
    return (distinct[0] if distinct else None, distinct[1] if len(distinct) > 1 else None)


def _contact(parts: _Parts) -> ContactPoint | None:
    return values.contact(
        [parts.said("contact_name")], [parts.resource.word("contact_email"), parts.said("contact_mail")]
    )


def _themes(parts: _Parts) -> tuple[str, ...]:
    """The category of the domain, then the categories of all domains and the theme of a federated catalogue."""
    own, general = parts.classification.words("domain_category"), parts.classification.words("categories")
    return _joined(own, general, values.words(parts.said("theme")))


def _issued(parts: _Parts) -> str | None:
    """The date that the publisher states, else that of publication, which domains give as `issued` in their `data.json`."""
    dated = parts.resource.word("publication_date", "createdAt")
    return parts.said("issued") or dated


def _temporal(parts: _Parts) -> tuple[Period, ...]:
    said, start, end = parts.said("temporal"), parts.said("start"), parts.said("end")
    if said is not None:
        return (values.period(said),)
    return () if start is None and end is None else (Period(start=start, end=end),)


def _joined(*lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for listed in lists for text in listed))


def _access_points(metadata: Entry) -> tuple[Distribution, ...]:
    """The links that an external asset declares: titled ones with addresses by media type, else addresses by media type."""
    titled = metadata.entries("additional_access_points")
    found = []
    for point in titled:
        title, description = point.text("title", "name"), point.text("description", "describedBy")
        urls = point.entry("urls")
        for media_type, url in _by_media_type(urls):
            found.append(Distribution(title=title, description=description, access_url=url, media_type=media_type))
        point.close()
    plain = metadata.entry("access_points")
    known = {item.access_url for item in found}
    links = [(media_type, url) for media_type, url in _by_media_type(plain) if url not in known]
    return (*found, *(Distribution(access_url=url, media_type=media_type) for media_type, url in links))


def _by_media_type(urls: Entry | None) -> list[tuple[str | None, str]]:
    """Media types with addresses. They are data, not fields, so they are counted together."""
    if urls is None:
        return []
    urls.ledger.use(f"{urls.path}.*", MAPPED, len(urls.value))
    pairs = [(values.word(key), values.word(said)) for key, said in urls.value.items()]
    return [(key if key is not None and "/" in key else None, url) for key, url in pairs if url is not None]
