"""`<check>@<version>`: the share of an institution's cases that pass a check, over the cases that could be decided.

A case is one subject: a source, a dataset, a resource or a table. Unknown cases open the bounds and never count as failing;
cases that do not apply leave the denominator. Cases of unattributed records, in sources that could hold the institution's
data, widen the bounds too, since a person may give them to it.

A table exists only once its file was read, so a file that could not be read leaves no table outcome. Each such file counts as
one unknown case, so that hiding files does not pay. Checks that never look into a file tell nothing of it.
"""

from collections import Counter
from collections.abc import Iterable

from atalaya.checks.outcomes import Verdict
from atalaya.measures.facts import CheckRule, Counts, Facts, Family, Row, share
from atalaya.measures.presence import presence, waiting


def _ids(checks: Iterable[CheckRule]) -> tuple[str, ...]:
    return tuple(sorted({check.measure_id for check in checks}))


def _make(facts: Facts) -> list[dict[str, object]]:
    found = facts.tally
    checks = sorted({*facts.checks, *(CheckRule(*seen) for seen in found.levels)})
    rows = []
    for institution in facts.institutions:
        publishes, why = presence(facts, institution)
        origins = [source for source, _ in waiting(facts, institution)]
        for check in checks:
            key = (check.id, check.version)
            extra = _waiting_cases(facts, origins, check)
            unseen = found.unseen[institution] if check.level == "table" else 0
            counts = _counts(found.institutions.get((institution, *key), Counter()), unseen)
            rows.append(_row(check, institution, counts, extra, publishes, why))
    return rows


def _waiting_cases(facts: Facts, origins: Iterable[str], check: CheckRule) -> Counts:
    """The cases of a check on records of some sources that wait for an institution."""
    found, key = facts.tally, (check.id, check.version)
    hidden = sum(found.orphans_unseen[source] for source in origins) if check.level == "table" else 0
    return _counts(sum((found.orphans.get((o, *key), Counter()) for o in origins), Counter()), hidden)


def mended_share(facts: Facts, check: CheckRule, row: Row) -> dict[str, object]:
    """A stored share of an institution as it is once its failing cases pass, all else being as it is.

    Of the outcomes, `facts` needs those of records that wait for an institution only.
    """
    institution, applied = str(row["institution_id"]), int(str(row["applied"]))
    counts = Counts(
        passed=applied,
        applied=applied,
        unknown=int(str(row["unknown"])),
        not_applicable=int(str(row["not_applicable"])),
    )
    origins = [source for source, _ in waiting(facts, institution)]
    return share(check.measure_id, institution, counts, str(row["reason"]), _waiting_cases(facts, origins, check))


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
    elif check.level == "duty":
        reason = "no_cases"
    elif publishes is None and check.level != "catalogue":
        return share(check.measure_id, institution, Counts(unknown=1), why)
    elif publishes is False:
        row = share(check.measure_id, institution, counts, "publishes_nothing")
        open_ = check.level != "catalogue" and why.startswith("unattributed:")
        return {**row, "low": 0.0, "high": 1.0} if open_ else row
    else:
        reason = "no_cases"
    return share(check.measure_id, institution, counts, reason, extra)


FAMILY = Family(
    id="shares",
    text="The share of the institution's decided cases that pass the check.",
    measure_ids=_ids,
    make=_make,
)
