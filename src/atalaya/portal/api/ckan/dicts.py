"""Datasets, resources, institutions and themes as CKAN writes them, key by key as its release 2.12 answers.

What CKAN has and an observatory has not (accounts, followers, pictures, stores) is there and empty. Beside CKAN's own fields
stand only extras, and `title_translated` and `notes_translated`, as its extension *fluent* writes them, where a source speaks
several languages.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from atalaya.catalogue.vocabularies.licences import Conformance, read_licence
from atalaya.portal.observatory.models import Dataset, Institution, Resource, Source, Theme
from atalaya.portal.observatory.queries import names_of
from atalaya.publish.read_model.names import theme_name

Json = dict[str, object]


def package_dicts(datasets: Sequence[Dataset]) -> list[Json]:
    """Datasets with their resources, in the order given, with one question for each table."""
    owners = names_of(each.institution for each in datasets)
    sources = Source.objects.in_bulk({each.source for each in datasets})
    resources: defaultdict[str, list[Resource]] = defaultdict(list)
    for resource in Resource.objects.filter(dataset__in=[each.id for each in datasets]).order_by("dataset", "place"):
        resources[resource.dataset].append(resource)
    return [
        package_dict(each, resources[each.id], owners.get(each.institution or ""), sources.get(each.source))
        for each in datasets
    ]


def package_dict(
    dataset: Dataset, resources: Sequence[Resource], owner: Institution | None, source: Source | None
) -> Json:
    """One dataset."""
    found: Json = {
        "author": None,
        "author_email": None,
        "creator_user_id": None,
        "id": dataset.id,
        "isopen": is_open(dataset.licence_id, dataset.licence_title, dataset.licence_url),
        "license_id": dataset.licence_id,
        "license_title": dataset.licence_title or dataset.licence_id,
        "maintainer": None,
        "maintainer_email": None,
        "metadata_created": moment(dataset.first_seen or dataset.changed),
        "metadata_modified": moment(dataset.changed),
        "name": dataset.name,
        "notes": dataset.description,
        "num_resources": len(resources),
        "num_tags": len(dataset.keywords),
        "organization": None if owner is None else _owner_dict(owner),
        "owner_org": dataset.institution,
        "private": False,
        "state": "active",
        "title": dataset.title,
        "type": "dataset",
        "url": dataset.landing_page,
        "version": None,
        "extras": [{"key": key, "value": value} for key, value in _extras(dataset, source)],
        "groups": [_group_in_package(theme) for theme in dataset.themes if theme_name(theme)],
        "resources": [resource_dict(each) for each in resources],
        "tags": [{**tag_dict(word), "state": "active"} for word in dataset.keywords],
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }
    if dataset.licence_url:
        found["license_url"] = dataset.licence_url
    for name, texts in (("title_translated", dataset.titles), ("notes_translated", dataset.descriptions)):
        if len(texts) > 1:
            found[name] = dict(texts)
    return found


def resource_dict(resource: Resource) -> Json:
    """One distribution: what was declared, with the true size, format and SHA-256 where nothing was."""
    return {
        "cache_last_updated": None,
        "cache_url": None,
        "created": resource.issued or moment(resource.first_seen),
        "description": None,
        "format": resource.declared_format or (resource.true_format or "").upper(),
        "hash": resource.sha256 or "",
        "id": resource.id,
        "last_modified": resource.modified,
        "metadata_modified": moment(resource.changed or resource.first_seen),
        "mimetype": resource.declared_media_type,
        "mimetype_inner": None,
        "name": resource.title,
        "package_id": resource.dataset,
        "position": resource.place,
        "resource_type": None,
        "size": resource.declared_size if resource.declared_size is not None else resource.size,
        "state": "active",
        "url": resource.url or "",
        "url_type": None,
    }


def organization_dict(institution: Institution) -> Json:
    """One institution of the register."""
    return _body(institution.id, institution.slug, institution.name, institution.datasets, is_organization=True)


def group_dict(theme: Theme) -> Json:
    """One theme."""
    return _body(theme.name, theme.name, theme.title, theme.datasets, is_organization=False)


def shown(body: Json) -> Json:
    """An organization or group as `*_show` answers it: with people and extras, of which there are none."""
    return {**body, "users": [], "extras": [], "groups": []}


def tag_dict(word: str) -> Json:
    """One keyword; its text is its identifier."""
    return {"id": word, "name": word, "vocabulary_id": None, "display_name": word}


def is_open(*statements: str | None) -> bool:
    """Whether a licence is open by the Open Definition."""
    return read_licence(*statements).conformance is Conformance.OPEN


def moment(day: date | None) -> str | None:
    """A day as CKAN writes moments."""
    return None if day is None else f"{day.isoformat()}T00:00:00.000000"


def _owner_dict(owner: Institution) -> Json:
    return {
        "id": owner.id,
        "name": owner.slug,
        "title": owner.name,
        "type": "organization",
        "description": "",
        "image_url": "",
        "created": None,
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def _group_in_package(theme: str) -> Mapping[str, object]:
    """A theme as a dataset writes it, under the name that all spellings share."""
    name = theme_name(theme)
    return {
        "description": "",
        "display_name": theme,
        "id": name,
        "image_display_url": "",
        "name": name,
        "title": theme,
    }


def _body(identifier: str, name: str, title: str, packages: int, *, is_organization: bool) -> Json:
    return {
        "approval_status": "approved",
        "created": None,
        "description": "",
        "display_name": title,
        "id": identifier,
        "image_display_url": "",
        "image_url": "",
        "is_organization": is_organization,
        "name": name,
        "num_followers": 0,
        "package_count": packages,
        "state": "active",
        "title": title,
        "type": "organization" if is_organization else "group",
    }


def _extras(dataset: Dataset, source: Source | None) -> Iterable[tuple[str, str]]:
    """What ckanext-dcat and ckanext-harvest keep in extras, under their keys."""
    said = {
        "frequency": dataset.frequency,
        "harvest_source_id": dataset.source,
        "harvest_source_title": next((text for text in source.title.values() if text), None) if source else None,
        "identifier": dataset.native_id,
        "issued": dataset.issued,
        "modified": dataset.modified,
        "publisher_name": dataset.publisher,
        "publisher_uri": dataset.publisher_uri,
    }
    return [(key, value) for key, value in said.items() if value]
