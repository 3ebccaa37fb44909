"""The trail of changes, read over all tables that have one: newest first."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.apps import apps
from pghistory.models import Event

OWN = ("id", "pgh_id", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_context", "pgh_context_id")
"""Columns of an entry that say when, what and by whom; the others are the row as it was then."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: when, of which row of which table, what, by which account along which route, and the row after it."""

    when: datetime
    table: str
    row: object
    label: str
    account: int | None
    route: str
    values: dict[str, object]


def event_models() -> list[type[Any]]:
    """Every table of entries, by the name of the table that it is about."""
    found = (each for each in apps.get_models() if issubclass(each, Event) and each._meta.managed)
    return sorted(found, key=table_of)


def table_of(model: type[Any]) -> str:
    """The table that entries are about, as people of the portal call it: `accounts.user`."""
    return f"{model._meta.app_label}.{model._meta.model_name.removesuffix('event')}"


def entries(table: str = "", account: int | None = None) -> Iterator[Entry]:
    """Entries, newest first; of one table, or by one account, where that is asked."""
    wanted = [each for each in event_models() if not table or table_of(each) == table]
    return heapq.merge(*(_entries(each, account) for each in wanted), key=lambda each: each.when, reverse=True)


def page_of(number: int, size: int, table: str = "", account: int | None = None) -> tuple[list[Entry], bool]:
    """The entries of one page, numbered from 1, and whether there are more."""
    found = list(islice(entries(table, account), (number - 1) * size, number * size + 1))
    return found[:size], len(found) > size


def _entries(model: type[Any], account: int | None) -> Iterator[Entry]:
    found = model._default_manager.order_by("-pgh_created_at", "-pgh_id")
    if account is not None:
        found = found.filter(pgh_context__account=account)
    for row in found.values().iterator(chunk_size=500):
        context = row["pgh_context"] or {}
        yield Entry(
            when=row["pgh_created_at"],
            table=table_of(model),
            row=row.get("pgh_obj_id"),
            label=row["pgh_label"],
            account=context.get("account"),
            route=str(context.get("route", "")),
            values={name: value for name, value in row.items() if name not in OWN and name != "pgh_obj_id"},
        )
