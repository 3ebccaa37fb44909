"""`duties_…`: how an institution keeps its legal duties to publish, over all that bind it and are not justified.

Shares count duties: `duties_published`, `duties_current`, `duties_open` (in time or not, in a form that the duty accepts) and
`duties_reachable` (published and linked from the home page). A duty on which nobody can say anything widens the bounds; so do all
duties of an institution whose site was not read. `duties_days_late` is the median of the days by which late duties are late, zero
where something is published and nothing late, and `duties_gaps` counts the periods missing between others; both are exact.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from statistics import median

from atalaya.duties.verdicts import Standing
from atalaya.measures.facts import CheckRule, Counts, Facts, Family, Row, share

PUBLISHED = frozenset({Standing.CURRENT, Standing.LATE, Standing.NOT_OPEN})

Passes = Callable[[Row], bool]

SHARES: Mapping[str, Passes] = {
    "duties_current": lambda row: row["standing"] == Standing.CURRENT,
    "duties_open": lambda row: row["standing"] in PUBLISHED and row["open"] is not False,
    "duties_published": lambda row: row["standing"] in PUBLISHED,
    "duties_reachable": lambda row: row["standing"] in PUBLISHED and row["clicks"] is not None,
}
"""Measure → whether a duty on which something can be said passes."""

NUMBERS = ("duties_days_late", "duties_gaps")


def _ids(_: Iterable[CheckRule]) -> tuple[str, ...]:
    return tuple(sorted((*SHARES, *NUMBERS)))


def _make(facts: Facts) -> list[dict[str, object]]:
    wholes: defaultdict[str, list[Row]] = defaultdict(list)
    for row in facts.duty_verdicts:
        if not row["period"]:
            wholes[str(row["institution_id"])].append(row)
    found = []
    for institution in facts.institutions:
        rows = wholes[institution]
        found += [_share(name, passes, institution, rows, facts) for name, passes in SHARES.items()]
        found += _numbers(institution, rows)
    return found


def _share(name: str, passes: Passes, institution: str, rows: list[Row], facts: Facts) -> dict[str, object]:
    if not rows:
        bound = facts.duties.get(institution, 0)
        return share(name, institution, Counts(unknown=bound), "not_read" if bound else "no_duties")
    standings = Counter(str(row["standing"]) for row in rows)
    applied = len(rows) - standings[Standing.JUSTIFIED] - standings[Standing.UNKNOWN]
    passed = sum(passes(row) for row in rows if row["standing"] not in (Standing.JUSTIFIED, Standing.UNKNOWN))
    counts = Counts(
        passed=passed,
        applied=applied,
        unknown=standings[Standing.UNKNOWN],
        not_applicable=standings[Standing.JUSTIFIED],
    )
    reason = "cases" if applied else "undecided" if counts.unknown else "not_applicable"
    return share(name, institution, counts, reason)


def _numbers(institution: str, rows: list[Row]) -> list[dict[str, object]]:
    there = [row for row in rows if row["standing"] in PUBLISHED]
    late = [days for row in there if isinstance(days := row["days_late"], int)]
    gaps = sum(len(listed) for row in there if isinstance(listed := row["gaps"], list | tuple))
    values = {"duties_days_late": float(median(late)) if late else 0.0, "duties_gaps": float(gaps)}
    return [_number(name, institution, value if there else None, len(there)) for name, value in values.items()]


def _number(name: str, institution: str, value: float | None, cases: int) -> dict[str, object]:
    return {
        "measure_id": name,
        "institution_id": institution,
        "value": value,
        "passed": 0,
        "applied": cases,
        "unknown": 0,
        "not_applicable": 0,
        "low": value,
        "high": value,
        "reason": "cases" if cases else "nothing_published",
    }


FAMILY = Family(
    id="duties",
    text="How the institution keeps its legal duties to publish: shares of them, the median of days late, and gaps.",
    measure_ids=_ids,
    make=_make,
)
