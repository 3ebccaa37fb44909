"""A duty stands where the law wants it: published, in time, and in a form that the law accepts."""

from atalaya.checks.cases import DutyCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import duty_case, unpublished_duty
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed
from atalaya.checks.standings import FIELDS, UNDECIDED_EXAMPLES, UNDECIDED_REASONS, facts, settled
from atalaya.duties.verdicts import Standing

_FAILS = {
    Standing.LATE: "late",
    Standing.NOT_OPEN: "not_open",
    Standing.HEADING_ONLY: "heading_only",
    Standing.MISSING: "missing",
}


def rule(case: DutyCase) -> Outcome:
    """The outcome of one duty."""
    outcome = settled(case)
    if outcome is not None:
        return outcome
    if case.standing == Standing.CURRENT:
        return passed("ok", **facts(case))
    reason = _FAILS[Standing(case.standing)]
    late = {"days_late": case.days_late} if reason == "late" else {}
    return failed(reason, **facts(case), **late)


CHECK = Check(
    id="duty_current",
    version=1,
    level=Level.DUTY,
    dimension=Dimension.CURRENCY,
    title="What the law obliges to publish is current",
    text="What a numeral of the law demands is published, within the term that the law sets, and in a form that it accepts.",
    remedy="Publish what the numeral demands in the section of the law, say of which period it is, and renew it within the term. "
    "Where it does not apply, say so there, and why.",
    effort=Effort.MEDIUM,
    fields=(*FIELDS, "days_late"),
    reasons={
        **UNDECIDED_REASONS,
        "ok": "Article {article}, numeral {numeral}: published and current.",
        "late": "Article {article}, numeral {numeral}: {days_late} days late.",
        "not_open": "Article {article}, numeral {numeral}: published, but in a form that is not open.",
        "heading_only": "Article {article}, numeral {numeral}: only a heading or a link names it; nothing is behind it.",
        "missing": "Article {article}, numeral {numeral}: nothing of it was found on the site.",
    },
    rule=rule,
    examples=(
        Example(duty_case(), Verdict.PASS, "ok", "a table of every month"),
        Example(duty_case("late", "older", days_late=45), Verdict.FAIL, "late", "the last month is missing"),
        Example(duty_case("not_open", "scan", open=False), Verdict.FAIL, "not_open", "a scanned list"),
        Example(unpublished_duty("heading_only", "heading"), Verdict.FAIL, "heading_only", "a title above nothing"),
        Example(unpublished_duty(), Verdict.FAIL, "missing", "nothing there"),
        *UNDECIDED_EXAMPLES,
    ),
)
