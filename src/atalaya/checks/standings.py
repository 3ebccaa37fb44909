"""What the checks of duties share: which standings are settled before their own question is asked."""

from collections.abc import Mapping
from typing import Any

from atalaya.checks.cases import DutyCase
from atalaya.checks.check import Example
from atalaya.checks.example_cases import unpublished_duty
from atalaya.checks.outcomes import Outcome, Verdict, not_applicable, unknown
from atalaya.duties.verdicts import Standing

PUBLISHED = (Standing.CURRENT, Standing.LATE, Standing.NOT_OPEN)
"""Standings of a duty of which something is published."""

FIELDS = ("standing", "reason", "article", "numeral", "url")
"""What `settled` and `facts` read."""

UNDECIDED_REASONS: Mapping[str, str] = {
    "justified": "Article {article}, numeral {numeral}: the institution says why it does not apply to it.",
    "waits_for_person": "Article {article}, numeral {numeral}: something may be it, and a person has to say so.",
    "read_in_part": "Article {article}, numeral {numeral}: only a part of the site was read.",
    "site_unreadable": "Article {article}, numeral {numeral}: the site could not be read.",
    "not_seen": "Article {article}, numeral {numeral}: what may be it could not be looked at.",
}
"""Reasons of duties on which nothing can be asked further."""

UNDECIDED_EXAMPLES = (
    Example(
        unpublished_duty("justified", "justified"), Verdict.NOT_APPLICABLE, "justified", "a body without powers in it"
    ),
    Example(unpublished_duty("unknown", "waits_for_person"), Verdict.UNKNOWN, "waits_for_person", "an unclear title"),
    Example(unpublished_duty("unknown", "read_in_part"), Verdict.UNKNOWN, "read_in_part", "a site beyond its budget"),
    Example(unpublished_duty("unknown", "site_unreadable"), Verdict.UNKNOWN, "site_unreadable", "a dead site"),
    Example(
        unpublished_duty("unknown", "no_answer"), Verdict.UNKNOWN, "not_seen", "a file whose server did not answer"
    ),
)
"""An example of each of these reasons."""

ABSENT_REASON = "Article {article}, numeral {numeral}: nothing is published that could be looked at."

_UNSEEN = "not_seen"


def facts(case: DutyCase) -> dict[str, Any]:
    """The evidence that every outcome on a duty bears."""
    return {"article": case.article, "numeral": case.numeral, "url": case.url}


def settled(case: DutyCase) -> Outcome | None:
    """The outcome of a duty that does not apply or on which nobody can say anything; None for all others."""
    if case.standing == Standing.JUSTIFIED:
        return not_applicable("justified", **facts(case))
    if case.standing == Standing.UNKNOWN:
        reason = case.reason if case.reason in UNDECIDED_REASONS else _UNSEEN
        return unknown(reason, **facts(case))
    return None


def absent(case: DutyCase) -> Outcome | None:
    """The outcome of a duty that is settled, or of which nothing is published: how it is published is not asked then."""
    outcome = settled(case)
    if outcome is None and case.standing not in PUBLISHED:
        return not_applicable("not_published", **facts(case))
    return outcome
