"""Institutions as CKAN's organizations and themes as its groups: their lists and each by its name."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from atalaya.portal.api.ckan.asked import Asked
from atalaya.portal.api.ckan.dicts import Json, group_dict, organization_dict, package_dicts, shown
from atalaya.portal.api.ckan.faults import ArgumentsError, NotFoundError
from atalaya.portal.api.ckan.packages import PAGE
from atalaya.portal.observatory.models import Dataset, Institution, Theme

LISTED = 1_000
"""Bodies of one answer with all their fields; CKAN gives 25 by default (`ckan.group_and_organization_list_all_fields_max`)."""
NAMES = 10_000
PACKAGES = 10
"""Datasets that an organization is shown with where they are wanted; CKAN shows as many."""


def organization_list(asked: Asked) -> list[Any]:
    """The names of all institutions of the register. all_fields: with all that is known of each; limit, offset: paging;
    organizations: a JSON list of the names wanted; sort: `name`, `title` or `package_count`, then asc or desc."""
    columns = {"name": "slug", "title": "name", "package_count": "datasets"}
    return _listed(asked, Institution.objects.all(), columns, "organizations", organization_dict)


def organization_show(asked: Asked) -> Json:
    """One institution. id: its name or identifier; include_datasets: with its ten last changed datasets."""
    name = asked.arguments.needed("id")
    found = Institution.objects.filter(slug=name).first() or Institution.objects.filter(id=name).first()
    if found is None:
        raise NotFoundError("no organization has this id or name; organization_list has all names")
    return _with_packages(asked, organization_dict(found), Dataset.objects.filter(institution=found.id))


def group_list(asked: Asked) -> list[Any]:
    """The names of all themes under which datasets stand. all_fields, limit, offset, sort: as in organization_list; groups: a
    JSON list of the names wanted."""
    columns = {"name": "name", "title": "title", "package_count": "datasets"}
    return _listed(asked, Theme.objects.all(), columns, "groups", group_dict)


def group_show(asked: Asked) -> Json:
    """One theme. id: its name; include_datasets: with its ten last changed datasets."""
    found = Theme.objects.filter(name=asked.arguments.needed("id")).first()
    if found is None:
        raise NotFoundError("no group has this name; group_list has all names")
    return _with_packages(asked, group_dict(found), Dataset.objects.filter(groups__contains=[found.name]))


def group_package_show(asked: Asked) -> list[Json]:
    """The datasets of a theme, the last changed first. id: its name; limit: how many, at most 1,000."""
    name = asked.arguments.needed("id")
    if not Theme.objects.filter(name=name).exists():
        raise NotFoundError("no group has this name; group_list has all names")
    limit = asked.arguments.number("limit", PAGE, most=PAGE) or 0
    return package_dicts(list(Dataset.objects.filter(groups__contains=[name]).order_by("-changed", "id")[:limit]))


def _listed(
    asked: Asked, bodies: QuerySet[Any], columns: dict[str, str], chosen: str, describe: Callable[[Any], Json]
) -> list[Any]:
    arguments = asked.arguments
    everything = arguments.truth("all_fields")
    most = LISTED if everything else NAMES
    start, limit = arguments.number("offset", 0) or 0, arguments.number("limit", most, most=most) or 0
    if names := arguments.texts(chosen):
        bodies = bodies.filter(**{f"{columns['name']}__in": names})
    field, _, way = (arguments.text("sort").strip() or "title asc").partition(" ")
    if field not in columns or way.strip() not in ("", "asc", "desc"):
        raise ArgumentsError({"sort": f"Give {', '.join(columns)}, then asc or desc"})
    order = ("-" if way.strip() == "desc" else "") + columns[field]
    found = bodies.order_by(order, columns["name"])[start : start + limit]
    return [describe(each) if everything else describe(each)["name"] for each in found]


def _with_packages(asked: Asked, body: Json, datasets: QuerySet[Dataset]) -> Json:
    if not asked.arguments.truth("include_datasets"):
        return shown(body)
    packages = package_dicts(list(datasets.order_by("-changed", "id")[:PACKAGES]))
    return {**body, "packages": packages, "users": [], "extras": [], "groups": []}
