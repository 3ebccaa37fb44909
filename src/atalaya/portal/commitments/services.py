"""What changes plans and readings: each a rule, a transaction, and an entry in the trail that the database writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from atalaya.commitments.changes import short_number
from atalaya.commitments.exchange import Import, Table, plan_from
from atalaya.commitments.plan import Plan
from atalaya.commitments.readings import LEVELS
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.commitments.models import Commitment, Evidence, Reading
from atalaya.portal.commitments.models import Plan as PlanRow
from atalaya.portal.commitments.stored import store_plan, stored_plan
from atalaya.portal.observatory.models import Institution

READABLE = (*LEVELS["tracker"], *LEVELS["irm_completion"])
"""Levels that a reading of a milestone may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says of a milestone."""

    milestone: str
    voice: str
    level: str
    on: date
    as_of: date | None = None
    share: float | None = None
    note: str = ""
    urls: tuple[str, ...] = ()


def bring_in(by: Any, plan: Plan) -> None:
    """Make a plan say what it says, in one transaction. Raises RefusedError where `by` may not."""
    _editor(by)
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
    _editor(by)
    current = stored_plan(number)
    given: Mapping[str, Table] = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    with transaction.atomic():
        if current is not None:
            PlanRow.objects.select_for_update().get(number=number)
        found = plan_from(given, current)
        if found.plan is not None and found.plan.number != number:
            raise RefusedError(
                "the file is about plan {said}, not about plan {number}", said=found.plan.number, number=number
            )
        if found.plan is not None and not dry:
            store_plan(found.plan)
    return found


def read(by: Any, commitment: Commitment, said: Said) -> Reading:
    """Take what somebody says of a milestone. Raises RefusedError where `by` may not speak with this voice, the milestone or the
    level is not known, the day is to come, or nothing is given that it rests on."""
    _may_speak(by, commitment, said.voice)
    if said.level not in READABLE:
        raise RefusedError("there is no level {said}; known are {known}", said=said.level, known=", ".join(READABLE))
    if said.on > timezone.localdate() or (said.as_of and said.as_of > said.on):
        raise RefusedError("a reading speaks of a day that has been")
    if not said.urls and said.level in ("complete", "substantial"):
        raise RefusedError("say where it can be seen: give the address of a document or page")
    numbers = [short_number(m["number"]) for v in commitment.versions.all() for m in v.document.get("milestones", ())]
    if numbers and short_number(said.milestone) not in numbers:
        raise RefusedError("the commitment has no milestone {said}", said=said.milestone)
    with transaction.atomic():
        made: Reading = Reading.objects.create(
            commitment=commitment,
            milestone=short_number(said.milestone),
            voice=said.voice,
            level=said.level,
            on=said.on,
            as_of=said.as_of,
            share=said.share,
            note=said.note,
            by=None if by is CONSOLE else by,
        )
        Evidence.objects.bulk_create(Evidence(reading=made, url=url) for url in said.urls)
    return made


def withdraw(by: Any, reading: Reading, why: str) -> Reading:
    """Take a reading back: it stays to be seen, and counts no more. Raises RefusedError without a reason, or the second time."""
    _may_speak(by, reading.commitment, reading.voice)
    if not why.strip():
        raise RefusedError("say why the reading is taken back")
    with transaction.atomic():
        row: Reading = Reading.objects.select_for_update().get(pk=reading.pk)
        if row.withdrawn:
            raise RefusedError("this reading was taken back already")
        row.withdrawn, row.withdrawn_why = timezone.localdate(), why.strip()
        row.save(update_fields=["withdrawn", "withdrawn_why"])
    return row


def leads(commitment: Commitment) -> list[str]:
    """The ids of the institutions of the register that lead a commitment in any of its versions, by name or acronym."""
    names = {
        str(name).casefold() for version in commitment.versions.all() for name in _names(version.document.get("lead"))
    }
    if not names or not Institution.is_there():
        return []
    rows = Institution.objects.values_list("id", "name", "acronym")
    return [key for key, name, acronym in rows if name.casefold() in names or (acronym or "").casefold() in names]


def _names(value: Any) -> Iterable[Any]:
    return value.get("items", ()) if isinstance(value, dict) else value or ()


def _editor(by: Any) -> None:
    if by is not CONSOLE and not may(by, "commitments.edit"):
        raise RefusedError("only analysts and administrators change plans")


def _may_speak(by: Any, commitment: Commitment, voice: str) -> None:
    if by is CONSOLE:
        return
    allowed = (
        may(by, "commitments.read_for_institution", leads(commitment))
        if voice == "institution"
        else may(by, "commitments.edit")
    )
    if not allowed:
        raise RefusedError("you do not speak for those who answer for this commitment")
