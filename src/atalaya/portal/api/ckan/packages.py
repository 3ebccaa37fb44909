"""Datasets and resources by their names: `package_list`, `package_show`, `resource_show` and what stands beside them."""

import re

from atalaya.portal.api.ckan.asked import Asked
from atalaya.portal.api.ckan.dicts import Json, package_dicts, resource_dict
from atalaya.portal.api.ckan.faults import NotFoundError
from atalaya.portal.observatory.models import Dataset, Resource
from atalaya.portal.observatory.queries import rows_of
from atalaya.publish.read_model.names import MARK

PAGE = 1_000
"""Datasets of one answer with all that belongs to them, as CKAN's `ckan.search.rows_max`."""
NAMES = 100_000
"""Names of one answer."""

_MARKED = re.compile(rf"[a-z0-9-]*-([a-z0-9]{{{MARK}}})")


def package_list(asked: Asked) -> list[str]:
    """The names of all datasets in alphabetical order. limit: how many, at most 100,000; offset: from which on."""
    start = asked.arguments.number("offset", 0) or 0
    limit = asked.arguments.number("limit", NAMES, most=NAMES) or 0
    names = Dataset.objects.order_by("name").values_list("name", flat=True)
    return list(names[start : start + limit])


def package_show(asked: Asked) -> Json:
    """One dataset with its resources. id: its identifier or its name, also a name that it had under an earlier title."""
    return package_dicts([dataset_called(asked.arguments.needed("name_or_id", "id"))])[0]


def current_package_list_with_resources(asked: Asked) -> list[Json]:
    """Datasets with their resources, the last changed first. limit: how many, at most 1,000; offset: from which on."""
    start = asked.arguments.number("offset", 0) or 0
    limit = asked.arguments.number("limit", PAGE, most=PAGE) or 0
    return package_dicts(rows_of(Dataset.objects.order_by("-changed", "id"), start, start + limit))


def resource_show(asked: Asked) -> Json:
    """One resource. id: its identifier."""
    found = Resource.objects.filter(id=asked.arguments.needed("id")).first()
    if found is None:
        raise NotFoundError("no resource has this id; package_show lists the resources of a dataset")
    return resource_dict(found)


def dataset_called(name: str) -> Dataset:
    """The dataset of an identifier or name. Raises NotFoundError where there is none.

    A name ends with the beginning of the identifier, so that it finds its dataset after the title was changed.
    """
    found: Dataset | None = Dataset.objects.filter(id=name).first() or Dataset.objects.filter(name=name).first()
    marked = _MARKED.fullmatch(name)
    if found is None and marked is not None:
        found = Dataset.objects.filter(name__endswith=f"-{marked[1]}").first()
    if found is None:
        raise NotFoundError("no dataset has this id or name; package_search finds datasets by words")
    return found
