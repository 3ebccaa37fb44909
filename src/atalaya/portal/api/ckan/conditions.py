"""What the tree of a query means in the read model: each field of CKAN's search as a condition on datasets."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Func, Q

from atalaya.portal.api.ckan.faults import QueryError
from atalaya.portal.api.ckan.grammar import Every, Node, Not, Range, Some, Term
from atalaya.portal.observatory.models import Dataset, Institution
from atalaya.publish.read_model.search_words import stems

ALIKE = 1_000
"""Values that a beginning such as `tags:salud*` may stand for."""

EVERYTHING = Q()
NOTHING = Q(pk__in=[])

_NOW = re.compile(r"NOW(?:/[A-Z]+)?(?:([+-])(\d{1,6})(DAY|MONTH|YEAR|HOUR|MINUTE|SECOND)S?)?(?:/[A-Z]+)?Z?")
_DAYS = {"DAY": 1.0, "MONTH": 30.4375, "YEAR": 365.25, "HOUR": 1 / 24, "MINUTE": 1 / 1440, "SECOND": 1 / 86400}

_Reading = Callable[[Term], Q]


def condition(node: Node) -> Q:
    """The datasets that a query means. Raises QueryError for a field that no dataset has."""
    if isinstance(node, Every):
        return _joined(node, Q.AND)
    if isinstance(node, Some):
        return _joined(node, Q.OR)
    if isinstance(node, Not):
        return ~condition(node.node)
    if isinstance(node, Range):
        return _range(node)
    return _field(node.field)(node)


def words_of(node: Node) -> list[str]:
    """The words that a query looks for in texts and does not shut out, as the search compares them: they make the order."""
    if isinstance(node, Every | Some):
        return [word for each in node.nodes for word in words_of(each)]
    if isinstance(node, Term) and node.field in (None, "text", "title", "notes"):
        return stems(node.text)
    return []


def words_query(words: list[str], joined: str = " & ", weight: str = "") -> SearchQuery:
    """A search for words as `search_words` stems them; each may be the beginning of a longer one. `weight`: only in the part of
    that weight."""
    return SearchQuery(joined.join(f"'{word}':*{weight}" for word in words), search_type="raw", config="simple")


def _joined(node: Every | Some, how: str) -> Q:
    """Conditions joined flat, so that a long query makes no deep one."""
    return Q(*(condition(each) for each in node.nodes), _connector=how) if node.nodes else EVERYTHING


def _field(name: str | None) -> _Reading:
    found = _FIELDS.get(name or "text")
    if found is None:
        known = ", ".join(sorted(_FIELDS.keys() | _MOMENTS.keys()))
        raise QueryError(f"undefined field {name}; datasets can be asked by {known}")
    return found


def _words(weight: str = "") -> _Reading:
    """A condition on words of the whole text, or of its title (weight A) or description (D)."""

    def read(term: Term) -> Q:
        words = [] if term.text == "*" else stems(term.text)
        return Q(words=words_query(words, weight=weight)) if words else EVERYTHING

    return read


def _text(column: str) -> _Reading:
    """A condition on a column of one text: the whole of it, its beginning before `*`, or any value for `*` alone."""

    def read(term: Term) -> Q:
        if term.phrase or "*" not in term.text:
            return Q(**{column: term.text})
        if term.text == "*":
            return Q(**{f"{column}__isnull": False})
        return Q(**{f"{column}__startswith": term.text.partition("*")[0]})

    return read


def _list(column: str, folded: bool = False) -> _Reading:
    """A condition on a column of several texts."""

    def read(term: Term) -> Q:
        text = term.text.casefold() if folded else term.text
        if term.phrase or "*" not in text:
            return Q(**{f"{column}__contains": [text]})
        if text == "*":
            return Q(**{f"{column}__len__gt": 0})
        start = text.partition("*")[0]
        values = Dataset.objects.order_by().annotate(each=Func(F(column), function="unnest")).values("each").distinct()
        alike = [value for value in values.values_list("each", flat=True) if value.startswith(start)][:ALIKE]
        return Q(**{f"{column}__overlap": alike}) if alike else NOTHING

    return read


def _organization(term: Term) -> Q:
    if term.text == "*" and not term.phrase:
        return Q(institution__isnull=False)
    return Q(institution__in=Institution.objects.filter(_text("slug")(term)).values("id"))


def _always(value: str) -> _Reading:
    """A field that has the same value in every dataset that everybody may see."""
    return lambda term: EVERYTHING if term.text in (value, "*") else NOTHING


_FIELDS: Mapping[str, _Reading] = {
    "*": _words(),
    "capacity": _always("public"),
    "dataset_type": _always("dataset"),
    "groups": _list("groups"),
    "id": _text("id"),
    "license_id": _text("licence_id"),
    "name": _text("name"),
    "notes": _words("D"),
    "organization": _organization,
    "owner_org": _text("institution"),
    "private": _always("false"),
    "res_format": _list("formats", folded=True),
    "state": _always("active"),
    "tags": _list("keywords"),
    "text": _words(),
    "title": _words("A"),
    "title_string": _text("title"),
    "type": _always("dataset"),
    "url": _text("landing_page"),
}

_MOMENTS = {"metadata_created": "first_seen", "metadata_modified": "changed"}


def _range(node: Range) -> Q:
    column = _MOMENTS.get(node.field or "")
    if column is None:
        raise QueryError(f"no range can be asked of {node.field or 'words'}; of {' and '.join(_MOMENTS)} it can")
    found = Q()
    if node.low != "*":
        found &= Q(**{f"{column}__gte": _day(node.low)})
    if node.high != "*":
        found &= Q(**{f"{column}__lte": _day(node.high)})
    return found


def _day(text: str) -> date:
    """The day of `NOW`, `NOW-7DAYS` or a date. Raises QueryError where it is none of them."""
    now = datetime.now(UTC)
    match = _NOW.fullmatch(text)
    try:
        if match is None:
            return date.fromisoformat(text[:10])
        sign, count, unit = match.groups()
        shift = timedelta(days=int(count or 0) * _DAYS[unit or "DAY"])
        return (now - shift if sign == "-" else now + shift).date()
    except (ValueError, OverflowError) as error:
        raise QueryError(f"`{text}` is no date; write 2025-01-31, NOW or NOW-7DAYS") from error
