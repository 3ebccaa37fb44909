"""Datasets and their resources."""

from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import F
from django.http import Http404, HttpRequest
from ninja import Router

from atalaya.portal.api.ckan.conditions import words_query
from atalaya.portal.api.v1.paging import ROWS, Limit, Offset, Page, page_of
from atalaya.portal.api.v1.schemas import DatasetOut, ResourceOut, answers
from atalaya.portal.observatory.models import Dataset, Resource
from atalaya.publish.read_model.search_words import stems

router = Router()


@router.get("/datasets", response=answers(Page[DatasetOut]), summary="Datasets")
def datasets(
    request: HttpRequest,
    q: str = "",
    institution: str | None = None,
    source: str | None = None,
    theme: str | None = None,
    keyword: str | None = None,
    format: str | None = None,  # noqa: A002 - the name of the argument in the address
    licence: str | None = None,
    limit: Limit = ROWS,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Datasets by title, or best first where words are looked for. q: words, each may be cut short; institution and source:
    identifiers; theme: its name; format: such as `csv`; licence: as it is stated."""
    asked = {
        "institution": institution,
        "source": source,
        "groups__contains": None if theme is None else [theme],
        "keywords__contains": None if keyword is None else [keyword],
        "formats__contains": None if format is None else [format.casefold()],
        "licence": licence,
    }
    found = Dataset.objects.filter(**{name: value for name, value in asked.items() if value is not None})
    if wanted := stems(q[:1000]):
        query = words_query(wanted)
        found = (
            found.filter(words=query).annotate(match=SearchRank(F("words"), query)).order_by("-match", "title", "id")
        )
    return page_of(request, found.defer("words"), limit, offset)


@router.get("/datasets/{dataset}", response=answers(DatasetOut), summary="One dataset")
def dataset(request: HttpRequest, dataset: str) -> Any:
    """One dataset by its identifier or name."""
    del request
    return _called(dataset)


@router.get("/datasets/{dataset}/resources", response=answers(Page[ResourceOut]), summary="Its resources")
def dataset_resources(request: HttpRequest, dataset: str, limit: Limit = ROWS, offset: Offset = 0) -> dict[str, Any]:
    """The resources of a dataset in their order."""
    found = Resource.objects.filter(dataset=_called(dataset).id).order_by("place")
    return page_of(request, found, limit, offset)


@router.get("/resources", response=answers(Page[ResourceOut]), summary="Resources")
def resources(
    request: HttpRequest,
    true_format: str | None = None,
    declared_format: str | None = None,
    kept: str | None = None,
    limit: Limit = ROWS,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Resources of all datasets. true_format: what the bytes are, such as `csv`; kept: how much of them is in the archive."""
    asked = {"true_format": true_format, "declared_format": declared_format, "kept": kept}
    found = Resource.objects.filter(**{name: value for name, value in asked.items() if value is not None})
    return page_of(request, found.order_by("dataset", "place"), limit, offset)


@router.get("/resources/{resource}", response=answers(ResourceOut), summary="One resource")
def resource(request: HttpRequest, resource: str) -> Any:
    """One resource by its identifier."""
    del request
    found = Resource.objects.filter(id=resource).first()
    if found is None:
        raise Http404("no resource has this identifier; GET /api/v1/datasets/{dataset}/resources lists them")
    return found


def _called(name: str) -> Dataset:
    found: Dataset | None = Dataset.objects.filter(id=name).first() or Dataset.objects.filter(name=name).first()
    if found is None:
        raise Http404("no dataset has this identifier or name; GET /api/v1/datasets?q=… finds them")
    return found
