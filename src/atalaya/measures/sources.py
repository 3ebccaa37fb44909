"""Measures of sources: the share of a source's own cases that pass a check, whoever its records are attributed to.

They make the scores of catalogues and are no rows of the table `measures`, which is of institutions.
"""

from collections import Counter
from collections.abc import Collection

from atalaya.checks.outcomes import Verdict
from atalaya.measures.facts import CheckRule, Counts, Facts, share
from atalaya.measures.presence import READ
from atalaya.measures.tally import Tally

PREFIX = "source:"
"""Before the id of a source where it stands among units: ids of sources and of institutions may be the same."""


def unit_of(source_id: object) -> str:
    """The unit that stands for a source in scores.

    >>> unit_of("zz:portal")
    'source:zz:portal'
    """
    return f"{PREFIX}{source_id}"


def measure_sources(facts: Facts, measures: Collection[str], states: Collection[str]) -> list[dict[str, object]]:
    """Rows shaped as those of `measures`, one for each of these measures and each source in one of these states.

    A source without a case that was not read whole is unknown: what was not read may hold anything.
    """
    return [
        _row(check, str(source["source_id"]), str(source["state"]), facts.tally)
        for source in facts.sources
        if source["state"] in states
        for check in facts.checks
        if check.measure_id in measures
    ]


def _row(check: CheckRule, source_id: str, state: str, tally: Tally) -> dict[str, object]:
    found = tally.sources.get((source_id, check.id, check.version), Counter())
    counts = Counts(
        passed=found[Verdict.PASS],
        applied=found[Verdict.PASS] + found[Verdict.FAIL],
        unknown=found[Verdict.UNKNOWN],
        not_applicable=found[Verdict.NOT_APPLICABLE],
    )
    if not found and state != READ:
        return share(check.measure_id, unit_of(source_id), Counts(unknown=1), f"sources_unread:{source_id}={state}")
    reason = "cases" if counts.applied else "undecided" if counts.unknown else "no_cases"
    return share(check.measure_id, unit_of(source_id), counts, reason)
