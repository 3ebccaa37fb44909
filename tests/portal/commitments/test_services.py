"""Who may change plans and say how milestones stand; nothing half-done, and everything in the trail."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from importlib import resources
from typing import Any

import pytest
import yaml
from django.db import connection, transaction
from django.utils.timezone import localdate

from atalaya.commitments.documents import plan_of
from atalaya.commitments.exchange import tables_of
from atalaya.commitments.plan import Plan as PlanValue
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.accounts.trail import entries
from atalaya.portal.commitments.models import Commitment, Reading, Version
from atalaya.portal.commitments.services import Said, begin, bring_in, import_tables, leads, read, withdraw
from atalaya.portal.commitments.stored import store_plan, stored_plan, stored_plans

CONSOLE = None


@pytest.fixture
def plan(published_portal: str) -> Iterator[PlanValue]:
    """The invented plan under another number; everything that a test does to it is undone."""
    text = (resources.files("atalaya") / "data" / "samples" / "plan.yml").read_text(encoding="utf-8")
    value = replace(plan_of(yaml.safe_load(text)), number=7)
    with transaction.atomic():
        bring_in(CONSOLE, value)
        yield value
        transaction.set_rollback(True)


def said(**values: Any) -> Said:
    return Said(**{"milestone": "1", "voice": "institution", "level": "started", "on": localdate(), **values})


def test_a_plan_comes_out_as_it_went_in(plan: PlanValue) -> None:
    assert stored_plan(7) == plan
    assert plan in stored_plans()
    assert stored_plan(99) is None


def test_bringing_the_same_in_again_changes_nothing_and_leaves_no_trail(plan: PlanValue) -> None:
    before = len(list(entries("commitments.version")))
    bring_in(CONSOLE, plan)
    assert len(list(entries("commitments.version"))) == before


def test_what_goes_from_a_plan_goes_from_the_tables(plan: PlanValue) -> None:
    first = replace(plan.commitments[0], versions=plan.commitments[0].versions[::-1])
    smaller = replace(plan, commitments=(first, *plan.commitments[2:]))
    bring_in(CONSOLE, smaller)
    assert stored_plan(7) == smaller


def test_a_plan_that_people_changed_is_not_overwritten_by_the_pack(plan: PlanValue) -> None:
    changed = replace(plan, title="Cambiado por personas")
    bring_in(CONSOLE, changed)
    assert begin([plan]) == []
    assert stored_plan(7) == changed


def test_an_import_tells_first_and_changes_then(plan: PlanValue) -> None:
    tables = tables_of(plan)
    tables["commitments"][1]["title"] = "Otro título"
    assert import_tables(CONSOLE, 7, tables, dry=True).plan != plan
    assert stored_plan(7) == plan
    found = import_tables(CONSOLE, 7, tables, dry=False)
    assert stored_plan(7) == found.plan
    tables["milestones"][0]["end"] = "nunca"
    assert import_tables(CONSOLE, 7, tables, dry=False).plan is None
    assert stored_plan(7) == found.plan


def test_a_file_of_another_plan_is_refused(plan: PlanValue) -> None:
    with pytest.raises(RefusedError, match="about plan 7, not about plan 8"):
        import_tables(CONSOLE, 8, tables_of(plan), dry=False)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"level": "perfect"}, "no level perfect"),
        ({"on": localdate() + timedelta(days=2)}, "a day that has been"),
        ({"as_of": localdate() + timedelta(days=2)}, "a day that has been"),
        ({"level": "complete"}, "where it can be seen"),
        ({"milestone": "9"}, "no milestone 9"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(plan: PlanValue, values: dict[str, Any], why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        read(CONSOLE, Commitment.objects.get(plan=7, number=1), said(**values))


def test_a_reading_is_withdrawn_once_and_with_a_reason(plan: PlanValue) -> None:
    made = read(CONSOLE, Commitment.objects.get(plan=7, number=1), said())
    with pytest.raises(RefusedError, match="say why"):
        withdraw(CONSOLE, made, " ")
    assert withdraw(CONSOLE, made, "error").withdrawn == localdate()
    with pytest.raises(RefusedError, match="already"):
        withdraw(CONSOLE, made, "otra vez")


def test_a_stranger_changes_nothing(plan: PlanValue, new_person: Callable[..., Any]) -> None:
    somebody = new_person()
    for act in (
        lambda: bring_in(somebody, plan),
        lambda: import_tables(somebody, 7, {}, dry=True),
        lambda: read(somebody, Commitment.objects.get(plan=7, number=1), said()),
    ):
        with pytest.raises(RefusedError):
            act()


def test_every_way_of_changing_is_in_the_trail(plan: PlanValue) -> None:
    made = read(CONSOLE, Commitment.objects.get(plan=7, number=1), said())
    Reading.objects.filter(pk=made.pk).update(note="en bloque")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE commitments_reading SET note = 'por SQL' WHERE id = %s", (made.pk,))
    Reading.objects.bulk_create(
        [Reading(commitment=made.commitment, milestone="1", voice="citizens", level="started", on=localdate())]
    )
    Version.objects.filter(commitment__plan=7).first().delete()
    told = [entry for entry in entries("commitments.reading") if entry.row == made.pk]
    assert [entry.values["note"] for entry in told] == ["por SQL", "en bloque", ""]
    assert [entry.label for entry in told] == ["changed", "changed", "added"]
    assert next(iter(entries("commitments.version"))).label == "removed"


def test_the_institutions_that_lead_are_known_by_name_or_acronym(plan: PlanValue) -> None:
    from atalaya.portal.observatory.models import Institution  # noqa: PLC0415

    one = Institution.objects.first()
    first = plan.commitments[0]
    version = replace(first.versions[-1], lead=type(first.versions[-1].lead)((one.name.upper(),)))  # type: ignore[call-arg]
    store_plan(replace(plan, commitments=(replace(first, versions=(version,)),)))
    assert leads(Commitment.objects.get(plan=7, number=1)) == [one.id]
