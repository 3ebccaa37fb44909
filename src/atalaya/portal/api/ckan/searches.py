"""`package_search`: words, filters, facets, order and paging over all datasets."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import Count, F, Func, QuerySet

from atalaya.portal.api.ckan.arguments import Arguments
from atalaya.portal.api.ckan.asked import Asked
from atalaya.portal.api.ckan.conditions import condition, words_of, words_query
from atalaya.portal.api.ckan.dicts import Json, package_dicts
from atalaya.portal.api.ckan.faults import QueryError, SearchError
from atalaya.portal.api.ckan.grammar import Every, GrammarError, Node, Term, read_query
from atalaya.portal.observatory.models import Dataset, Institution, Theme
from atalaya.portal.observatory.queries import rows_of

ROWS = 10
ROWS_MOST = 1_000
"""CKAN's defaults for `rows` and `ckan.search.rows_max`."""
FACET_VALUES = 50
FACET_MOST = 10_000
"""CKAN's default of `facet.limit`, and the most values of one facet here, also where a negative limit asks for all."""
SORT = "score desc, metadata_modified desc"

_TAKEN = """q fq fq_list rows start sort fl facet facet.mincount facet.limit facet.field include_drafts include_deleted
    include_private use_default_schema df qf mm bf boost tie defType q.op extras callback"""
KNOWN = frozenset(_TAKEN.split())
"""Parameters that CKAN takes; those that weigh words or show what is hidden change nothing here."""

_COLUMNS = {
    "score": "rank",
    "id": "id",
    "name": "name",
    "title": "title",
    "title_string": "title",
    "metadata_created": "first_seen",
    "metadata_modified": "changed",
    "num_resources": "resources",
}


def package_search(asked: Asked) -> Json:
    """Datasets by words and filters. q: words, or fields as in Solr; fq, fq_list: filters such as `organization:NAME`, `groups:`,
    `tags:`, `res_format:`, `license_id:`; facet.field: a JSON list of these; facet.limit: values of a facet; sort: `title_string
    asc`; rows: how many, at most 1,000; start: from which on; fl: a JSON list of the keys that are wanted."""
    arguments = asked.arguments
    unknown = sorted(name for name in arguments.given if name not in KNOWN and not name.startswith("ext_"))
    if unknown:
        raise QueryError(
            f"unknown parameters {', '.join(unknown)[:200]}; package_search takes {', '.join(sorted(KNOWN))}"
        )
    rows, start = arguments.number("rows", ROWS, most=ROWS_MOST) or 0, arguments.number("start", 0) or 0
    wanted = _wanted(arguments.text("q"))
    found = Dataset.objects.filter(condition(wanted))
    for text in (arguments.text("fq"), *arguments.texts("fq_list")):
        found = found.filter(condition(_filter(text)))
    said = arguments.text("sort").strip()
    said = SORT if said in ("", "rank") else said
    facets = _facets(arguments, found)
    return {
        "count": found.count(),
        "facets": {name: dict(counts) for name, counts in facets.items()},
        "results": _results(_ordered(found, wanted, said), start, rows, arguments.texts("fl")),
        "sort": said,
        "search_facets": {name: {"title": name, "items": _items(name, counts)} for name, counts in facets.items()},
    }


def _wanted(text: str) -> Node:
    """What is looked for: read as a query where it is one, else as words, as people write them."""
    try:
        return read_query(text)
    except GrammarError as error:
        if text.lstrip().startswith("{!"):
            raise SearchError(str(error)) from error
        return Term(None, text[:1000])


def _filter(text: str) -> Node:
    try:
        return read_query(text) if text.strip() else Every(())
    except GrammarError as error:
        raise QueryError(f"fq cannot be read: {error}") from error


def _ordered(found: QuerySet[Dataset], wanted: Node, said: str) -> QuerySet[Dataset]:
    words = words_of(wanted)[:50]
    order = []
    for part in said.split(","):
        name, _, way = part.strip().partition(" ")
        if name not in _COLUMNS or way.strip().casefold() not in ("", "asc", "desc"):
            raise QueryError(
                f"sort `{part.strip()[:60]}` is none; write a field of {', '.join(_COLUMNS)}, then asc or desc"
            )
        if name != "score":
            order.append(("-" if way.strip().casefold() == "desc" else "") + _COLUMNS[name])
        elif words:
            order.append("-rank")
    if words:
        found = found.annotate(rank=SearchRank(F("words"), words_query(words, " | ")))
    return found.order_by(*dict.fromkeys([*order, "id"]))


def _results(found: QuerySet[Dataset], start: int, rows: int, keys: list[str]) -> list[Json]:
    if not rows:
        return []
    packages = package_dicts(rows_of(found.defer("words"), start, start + rows))
    return [{key: each[key] for key in keys if key in each} for each in packages] if keys else packages


# Facets: how many of the datasets found have each value of a field.


def _facets(arguments: Arguments, found: QuerySet[Dataset]) -> dict[str, list[tuple[str, int]]]:
    if not arguments.truth("facet", default=True):
        return {}
    given = arguments.given.get("facet.limit")
    everything = isinstance(given, int | str) and str(given).strip().startswith("-")
    limit = FACET_MOST if everything else arguments.number("facet.limit", FACET_VALUES, most=FACET_MOST)
    least = arguments.number("facet.mincount", 1) or 0
    counted = {}
    for name in arguments.texts("facet.field")[: len(_FACETS)]:
        if name not in _FACETS:
            raise QueryError(f"undefined field {name[:60]}; facet.field takes {', '.join(sorted(_FACETS))}")
        counts = _FACETS[name](found)[: limit or 0]
        counted[name] = [(value, count) for value, count in counts if count >= least]
    return counted


def _single(column: str) -> Callable[[QuerySet[Dataset]], Any]:
    def count(found: QuerySet[Dataset]) -> Any:
        values = found.exclude(**{f"{column}__isnull": True}).order_by().values_list(column)
        return values.annotate(count=Count("id")).order_by("-count", column)

    return count


def _several(column: str) -> Callable[[QuerySet[Dataset]], Any]:
    def count(found: QuerySet[Dataset]) -> Any:
        each = found.order_by().annotate(each=Func(F(column), function="unnest")).values_list("each")
        return each.annotate(count=Count("id")).order_by("-count", "each")

    return count


def _organizations(found: QuerySet[Dataset]) -> list[tuple[str, int]]:
    counts = list(_single("institution")(found))
    slugs = dict(Institution.objects.filter(id__in=[unit for unit, _ in counts]).values_list("id", "slug"))
    return [(slugs[unit], count) for unit, count in counts if unit in slugs]


def _formats(found: QuerySet[Dataset]) -> list[tuple[str, int]]:
    return [(value.upper(), count) for value, count in _several("formats")(found)]


_FACETS: Mapping[str, Callable[[QuerySet[Dataset]], Any]] = {
    "groups": _several("groups"),
    "license_id": _single("licence_id"),
    "organization": _organizations,
    "owner_org": _single("institution"),
    "res_format": _formats,
    "tags": _several("keywords"),
}


def _items(name: str, counts: list[tuple[str, int]]) -> list[Json]:
    titles: dict[str, str] = {}
    values = [value for value, _ in counts]
    if name == "organization":
        titles = dict(Institution.objects.filter(slug__in=values).values_list("slug", "name"))
    elif name == "groups":
        titles = dict(Theme.objects.filter(name__in=values).values_list("name", "title"))
    elif name == "license_id":
        named = Dataset.objects.filter(licence_id__in=values, licence_title__isnull=False).order_by("licence_title")
        titles = dict(named.values_list("licence_id", "licence_title").distinct())
    items: list[Json] = [
        {"name": value, "display_name": titles.get(value, value), "count": count} for value, count in counts
    ]
    return sorted(items, key=lambda item: str(item["display_name"]), reverse=True)
