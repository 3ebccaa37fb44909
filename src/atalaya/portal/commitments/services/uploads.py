"""Edited plans that are uploaded: looked at first, taken in when somebody confirms."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from atalaya.commitments.documents import plan_value
from atalaya.commitments.exchange import Import, Table
from atalaya.commitments.plan import Plan
from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.commitments.models import Upload
from atalaya.portal.commitments.services.plans import editor, import_tables
from atalaya.portal.commitments.stored import stored_plan

KEPT = timedelta(days=1)
"""How long an upload waits to be confirmed."""


def upload(by: Any, number: int, name: str, tables: Mapping[str, Table]) -> Upload:
    """Keep edited tables until they are confirmed; what others left longer than a day goes. Raises RefusedError."""
    editor(by)
    if by is CONSOLE:
        raise RefusedError("sign in to upload a plan")
    with transaction.atomic():
        Upload.objects.filter(made__lt=timezone.now() - KEPT).delete()
        made: Upload = Upload.objects.create(
            plan=number, name=name[:200], tables=_plain(tables), mark=mark_of(stored_plan(number)), by=by
        )
    return made


def looked_at(by: Any, found: Upload) -> Import:
    """What taking an upload in would give; nothing is changed. Raises RefusedError where it is about another plan."""
    return import_tables(by, found.plan, _cells(found.tables), dry=True)


def confirm(by: Any, found: Upload) -> Import:
    """Take an upload in. Raises RefusedError where the plan was changed since it was looked at: nothing is overwritten unseen."""
    editor(by)
    with transaction.atomic():
        row = Upload.objects.select_for_update().filter(pk=found.pk).first()
        if row is None:
            raise RefusedError("this upload was taken in or dropped already")
        if mark_of(stored_plan(row.plan)) != row.mark:
            raise RefusedError("the plan was changed by others since this was looked at; upload the file again")
        made = import_tables(by, row.plan, _cells(row.tables), dry=False)
        if made.plan is not None:
            row.delete()
    return made


def drop(by: Any, found: Upload) -> None:
    """Forget an upload. Raises RefusedError where `by` may not."""
    editor(by)
    Upload.objects.filter(pk=found.pk).delete()


def mark_of(plan: Plan | None) -> str:
    """What tells whether a plan still says what it said."""
    value = None if plan is None else plan_value(plan)
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _plain(tables: Mapping[str, Table]) -> dict[str, list[dict[str, Any]]]:
    """Cells as JSON keeps them; a day that a spreadsheet gave stays told apart from a text, since it may have been a month."""
    return {
        name: [
            {key: {"day": cell.isoformat()[:10]} if isinstance(cell, date) else cell for key, cell in row.items()}
            for row in rows
        ]
        for name, rows in tables.items()
    }


def _cells(tables: Mapping[str, Any]) -> dict[str, Table]:
    return {
        name: [
            {key: date.fromisoformat(cell["day"]) if isinstance(cell, dict) else cell for key, cell in row.items()}
            for row in rows
        ]
        for name, rows in tables.items()
    }
