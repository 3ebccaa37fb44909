"""Lists in pages: how many, from which on, how many there are at all, and the address of the next page."""

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Schema

from atalaya.portal.observatory.queries import rows_of

ROWS = 50
ROWS_MOST = 500
"""Rows of one page: what a client gets in well under a second over a slow line."""
FURTHEST = 10_000_000

Row = TypeVar("Row", bound=Schema)


class Page(Schema, Generic[Row]):
    """One page of a list: `count` rows there are at all, `next` is the address of the next page, null on the last."""

    count: int
    next: str | None
    results: list[Row]


Limit = Annotated[int, Query(ge=1, le=ROWS_MOST, description=f"Rows of the page, 1 to {ROWS_MOST}.")]
Offset = Annotated[int, Query(ge=0, le=FURTHEST, description="Rows before the first one of the page.")]


def page_of(
    request: HttpRequest,
    found: QuerySet[Any] | list[Any],
    limit: int,
    offset: int,
    describe: Callable[[Any], Any] = lambda row: row,
) -> dict[str, Any]:
    """The page of a list that a request asks for."""
    count = len(found) if isinstance(found, list) else found.count()
    shown = found[offset : offset + limit] if isinstance(found, list) else rows_of(found, offset, offset + limit)
    rows = [describe(row) for row in shown]
    after = offset + limit
    return {"count": count, "next": _address(request, after) if after < count else None, "results": rows}


def _address(request: HttpRequest, offset: int) -> str:
    query = request.GET.copy()
    query["offset"] = str(offset)
    return str(request.build_absolute_uri(f"{request.path}?{query.urlencode()}"))
