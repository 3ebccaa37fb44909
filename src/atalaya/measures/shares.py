"""`<check>@<version>`: the share of an institution's cases that pass a check, over the cases that could be decided.

A case is one subject: a source, a dataset, a resource or a table. Unknown cases open the bounds and never count as failing;
cases that do not apply leave the denominator. Cases of unattributed records, in sources that could hold the institution's
data, widen the bounds too, since a person may give them to it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from atalaya.checks.outcomes import Verdict
from atalaya.measures.facts import CheckRule, Counts, Facts, Family, Row, share
from atalaya.measures.presence import presence, waiting

Tally = dict[tuple[str, str], Counter[str]]
"""(institution id, or source id for unattributed records; measure id) → how many cases had each verdict."""


def _ids(checks: Iterable[CheckRule]) -> tuple[str, ...]:
    return tuple(sorted({check.measure_id for check in checks}))


def _make(facts: Facts) -> list[dict[str, object]]:
    tally, orphans = _tally(facts)
    unseen, orphans_unseen = _unseen(facts)
    checks = sorted({*facts.checks, *_observed(facts)})
    rows = []
    for institution in facts.institutions:
        publishes, why = presence(facts, institution)
        origins = [source for source, _ in waiting(facts, institution)]
        for check in checks:
            hidden = sum(orphans_unseen[source] for source in origins) if check.level == "table" else 0
            extra = _counts(sum((orphans.get((o, check.measure_id), Counter()) for o in origins), Counter()), hidden)
            found = tally.get((institution, check.measure_id), Counter())
            counts = _counts(found, unseen[institution] if check.level == "table" else 0)
            rows.append(_row(check, institution, counts, extra, publishes, why))
    return rows


def _counts(found: Counter[str], hidden: int) -> Counts:
    """The counts of some verdicts, with `hidden` further cases that nobody could see."""
    return Counts(
        passed=found[Verdict.PASS],
        applied=found[Verdict.PASS] + found[Verdict.FAIL],
        unknown=found[Verdict.UNKNOWN] + hidden,
        not_applicable=found[Verdict.NOT_APPLICABLE],
    )


def _row(
    check: CheckRule, institution: str, counts: Counts, extra: Counts, publishes: bool | None, why: str
) -> dict[str, object]:
    """The row of one check for one institution; where there is no case at all, presence says which state that is.

    Who publishes nothing may get datasets of any quality once records are attributed: its bounds are then all that is possible.
    """
    cases = counts.applied + counts.unknown
    if cases:
        reason = "cases" if counts.applied else "undecided"
    elif counts.not_applicable:
        reason = "not_applicable"
    elif publishes is None and check.level != "catalogue":
        return share(check.measure_id, institution, Counts(unknown=1), why)
    elif publishes is False:
        row = share(check.measure_id, institution, counts, "publishes_nothing")
        open_ = check.level != "catalogue" and why.startswith("unattributed:")
        return {**row, "low": 0.0, "high": 1.0} if open_ else row
    else:
        reason = "no_cases"
    return share(check.measure_id, institution, counts, reason, extra)


def _tally(facts: Facts) -> tuple[Tally, Tally]:
    """The verdicts by institution, and those of unattributed records by source."""
    tally: Tally = defaultdict(Counter)
    orphans: Tally = defaultdict(Counter)
    for row in facts.outcomes:
        institution = _institution(facts, row)
        measure_id = f"{row['check_id']}@{row['check_version']}"
        if institution is not None:
            tally[institution, measure_id][str(row["verdict"])] += 1
        elif str(row.get("record_id")) in facts.waiting:
            orphans[str(row.get("source_id")), measure_id][str(row["verdict"])] += 1
    return tally, orphans


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


def _unseen(facts: Facts) -> tuple[Counter[str], Counter[str]]:
    """Institution id → resources whose tables nobody could see: something of them is unknown and no table was found.

    The second counts those of unattributed records by source id.

    A table exists only once its file was read, so a file that could not be read leaves no table outcome. Each such file
    counts as one unknown case, so that hiding files does not pay. Checks that never look into a file tell nothing of it.
    """
    blind = {check.measure_id for check in facts.checks if not check.reads_bytes}
    hidden: dict[str, tuple[str | None, str]] = {}
    opened: set[str] = set()
    for row in facts.outcomes:
        resource = row.get("resource_id")
        if resource is None:
            continue
        if row["level"] == "table":
            opened.add(str(resource))
        elif row["level"] == "resource" and row["verdict"] == Verdict.UNKNOWN:
            if f"{row['check_id']}@{row['check_version']}" in blind:
                continue
            institution = _institution(facts, row)
            if institution is not None or str(row.get("record_id")) in facts.waiting:
                hidden[str(resource)] = (institution, str(row.get("source_id")))
    left = [owner for resource, owner in hidden.items() if resource not in opened]
    owned = Counter(institution for institution, _ in left if institution is not None)
    return owned, Counter(source for institution, source in left if institution is None)


FAMILY = Family(
    id="shares",
    text="The share of the institution's decided cases that pass the check.",
    measure_ids=_ids,
    make=_make,
)
