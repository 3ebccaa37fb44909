"""`<check>@<version>`: the share of an institution's cases that pass a check, over the cases that could be decided.

A case is one subject: a source, a dataset, a resource or a table. Unknown cases open the bounds and never count as failing;
cases that do not apply leave the denominator.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from atalaya.checks.outcomes import Verdict
from atalaya.measures.facts import CheckRule, Counts, Facts, Family, Row, share
from atalaya.measures.presence import presence

Tally = dict[tuple[str, str], Counter[str]]
"""(institution id, measure id) → how many cases had each verdict."""


def _ids(checks: Iterable[CheckRule]) -> tuple[str, ...]:
    return tuple(sorted({check.measure_id for check in checks}))


def _make(facts: Facts) -> list[dict[str, object]]:
    tally = _tally(facts)
    unseen = _unseen(facts)
    checks = sorted({*facts.checks, *_observed(facts)})
    rows = []
    for institution in facts.institutions:
        publishes, why = presence(facts, institution)
        for check in checks:
            found = tally.get((institution, check.measure_id), Counter())
            counts = Counts(
                passed=found[Verdict.PASS],
                applied=found[Verdict.PASS] + found[Verdict.FAIL],
                unknown=found[Verdict.UNKNOWN] + (unseen[institution] if check.level == "table" else 0),
                not_applicable=found[Verdict.NOT_APPLICABLE],
            )
            rows.append(_row(check, institution, counts, publishes, why))
    return rows


def _row(check: CheckRule, institution: str, counts: Counts, publishes: bool | None, why: str) -> dict[str, object]:
    """The row of one check for one institution; where there is no case at all, presence says which state that is."""
    cases = counts.applied + counts.unknown
    if cases:
        reason = "cases" if counts.applied else "undecided"
    elif counts.not_applicable:
        reason = "not_applicable"
    elif publishes is None and check.level != "catalogue":
        return share(check.measure_id, institution, Counts(unknown=1), why)
    elif publishes is False:
        reason = "publishes_nothing"
    else:
        reason = "no_cases"
    return share(check.measure_id, institution, counts, reason)


def _tally(facts: Facts) -> Tally:
    tally: Tally = defaultdict(Counter)
    for row in facts.outcomes:
        institution = _institution(facts, row)
        if institution is not None:
            tally[institution, f"{row['check_id']}@{row['check_version']}"][str(row["verdict"])] += 1
    return tally


def _institution(facts: Facts, row: Row) -> str | None:
    """The institution of an outcome: by the attribution of its record; of a source, as the row says."""
    record = row.get("record_id")
    if record is not None and str(record) in facts.institution_of:
        return facts.institution_of[str(record)]
    stated = row.get("institution_id")
    return None if stated is None else str(stated)


def _observed(facts: Facts) -> set[CheckRule]:
    """The checks that outcomes tell of, should they know one that the caller did not name."""
    return {CheckRule(str(row["check_id"]), _version(row), str(row["level"])) for row in facts.outcomes}


def _version(row: Row) -> int:
    version = row["check_version"]
    return version if isinstance(version, int) else int(str(version))


def _unseen(facts: Facts) -> Counter[str]:
    """Institution id → resources whose tables nobody could see: something of them is unknown and no table was found.

    A table exists only once its file was read, so a file that could not be read leaves no table outcome. Each such file
    counts as one unknown case, so that hiding files does not pay.
    """
    hidden: dict[str, str] = {}
    opened: set[str] = set()
    for row in facts.outcomes:
        resource = row.get("resource_id")
        if resource is None:
            continue
        if row["level"] == "table":
            opened.add(str(resource))
        elif row["level"] == "resource" and row["verdict"] == Verdict.UNKNOWN:
            institution = _institution(facts, row)
            if institution is not None:
                hidden[str(resource)] = institution
    return Counter(institution for resource, institution in hidden.items() if resource not in opened)


FAMILY = Family(
    id="shares",
    text="The share of the institution's decided cases that pass the check.",
    measure_ids=_ids,
    make=_make,
)
