"""Edges of `modified_true`: what counts as a change, and what leaves it open."""

from datetime import date, timedelta

from atalaya.checks.cases import DatasetCase, Prior
from atalaya.checks.dataset.modified_true import rule
from atalaya.checks.example_cases import AS_OF, dataset_case, distribution, inspection, resource_case, table

LAST = AS_OF - timedelta(days=7)


def seen(
    modified: str | None, *, before: date, format_id: str = "csv", changed: bool = False, **facts: object
) -> DatasetCase:
    prior = Prior(
        observations=1,
        last_seen=LAST,
        declared=before,
        described="d",
        content_sha256="a" * 64,
        changed=AS_OF if changed else None,
    )
    read = inspection(format_id, content_sha256="b" * 64, tables=(table(),))
    resource = resource_case(prior=prior, inspection=read, distribution=distribution(**facts))
    return dataset_case(modified=modified, prior=prior, resources=(resource,), among={"described": "d"})


def test_a_change_dated_to_the_observation_before_may_be_of_that_day() -> None:
    assert rule(seen(LAST.isoformat(), before=LAST, changed=True)).reason == "moved_with_change"
    assert (
        rule(seen((LAST - timedelta(days=3)).isoformat(), before=LAST - timedelta(days=3), changed=True)).reason
        == "stayed"
    )


def test_a_page_that_changes_proves_no_renewal() -> None:
    old = LAST - timedelta(days=30)
    assert rule(seen(old.isoformat(), before=old, changed=True, format_id="html")).reason == "not_read"


def test_a_date_that_went_back_is_no_move() -> None:
    assert rule(seen("2026-01-01", before=date(2026, 2, 1))).reason == "stayed_without_change"


def test_dates_of_resources_count() -> None:
    case = seen("2026-01-01", before=date(2026, 1, 1))
    items = (distribution(modified="2026-03-30"),)
    moved = dataset_case(
        modified="2026-01-01", distributions=items, prior=case.prior, resources=case.resources, among={"described": "d"}
    )
    assert rule(moved).reason == "touched"
