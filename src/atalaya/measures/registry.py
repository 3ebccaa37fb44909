"""The families of measures, in order of their ids, and the one function that makes all measures of an observation."""

from collections.abc import Iterable

from atalaya.measures import duties, presence, shares, unattributed
from atalaya.measures.facts import CheckRule, Facts

FAMILIES = (
    duties.FAMILY,
    presence.FAMILY,
    shares.FAMILY,
    unattributed.FAMILY,
)


def measure_ids(checks: Iterable[CheckRule]) -> tuple[str, ...]:
    """Every measure that exists with these checks, sorted: what a methodology may cite."""
    known = tuple(checks)
    return tuple(sorted(measure for family in FAMILIES for measure in family.measure_ids(known)))


def measure(facts: Facts) -> list[dict[str, object]]:
    """Rows of the table `measures`, sorted by measure and institution."""
    rows = [row for family in FAMILIES for row in family.make(facts)]
    return sorted(rows, key=lambda row: (str(row["measure_id"]), str(row["institution_id"])))
