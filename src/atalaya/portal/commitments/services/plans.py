"""Whole plans, as a country pack or an edited file brings them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from atalaya.commitments.exchange import Import, Table, plan_from
from atalaya.commitments.plan import Plan
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.commitments.models import Plan as PlanRow
from atalaya.portal.commitments.stored import store_plan, stored_plan


def bring_in(by: Any, plan: Plan) -> None:
    """Make a plan say what it says, in one transaction. Raises RefusedError where `by` may not."""
    editor(by)
    with transaction.atomic():
        store_plan(plan)


def begin(plans: Iterable[Plan]) -> list[int]:
    """Bring in the plans of a country pack that the portal does not hold yet; gives their numbers.

    What the portal holds is what people made of it, and stays.
    """
    with transaction.atomic():
        held = set(PlanRow.objects.values_list("number", flat=True))
        new = [plan for plan in plans if plan.number not in held]
        for plan in new:
            store_plan(plan)
    return [plan.number for plan in new]


def import_tables(by: Any, number: int, tables: Mapping[str, Sequence[Mapping[str, Any]]], *, dry: bool) -> Import:
    """Take the edited tables of a plan. One bad row, or `dry`, and nothing is changed; what it would give is told either way.

    Raises RefusedError where `by` may not, or the tables are of another plan.
    """
    editor(by)
    with transaction.atomic():
        if not dry:
            PlanRow.objects.select_for_update().filter(number=number).first()
        current = stored_plan(number)
        given: Mapping[str, Table] = {name: [dict(row) for row in rows] for name, rows in tables.items()}
        found = plan_from(given, current)
        if found.plan is not None and found.plan.number != number:
            raise RefusedError(
                "the file is about plan {said}, not about plan {number}", said=found.plan.number, number=number
            )
        if found.plan is not None and not dry:
            store_plan(found.plan)
    return found


def editor(by: Any) -> None:
    """Refuse whoever may not change plans. Raises RefusedError."""
    if by is not CONSOLE and not may(by, "commitments.edit"):
        raise RefusedError("only analysts and administrators change plans")
