"""`unattributed@1`: the share of the country's records that no institution could be given; the unit is the country's code."""

from collections.abc import Iterable

from atalaya.measures.facts import CheckRule, Counts, Facts, Family, share

MEASURE = "unattributed@1"


def _ids(_checks: Iterable[CheckRule]) -> tuple[str, ...]:
    return (MEASURE,)


def _make(facts: Facts) -> list[dict[str, object]]:
    orphans = sum(institution is None for institution in facts.institution_of.values())
    counts = Counts(passed=orphans, applied=len(facts.institution_of))
    return [share(MEASURE, facts.country, counts, "records" if facts.institution_of else "no_records")]


FAMILY = Family(
    id="unattributed",
    text="The share of the records that could not be attributed to an institution.",
    measure_ids=_ids,
    make=_make,
)
