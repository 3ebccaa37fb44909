"""What is published of a duty can be reached from the home page by following links."""

from atalaya.checks.cases import DutyCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import duty_case, unpublished_duty
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed
from atalaya.checks.standings import ABSENT_REASON, FIELDS, UNDECIDED_EXAMPLES, UNDECIDED_REASONS, absent, facts


def rule(case: DutyCase) -> Outcome:
    """The outcome of one duty."""
    outcome = absent(case)
    if outcome is not None:
        return outcome
    if case.clicks is None:
        return failed("not_linked", **facts(case))
    return passed("ok", **facts(case), clicks=case.clicks)


CHECK = Check(
    id="duty_reachable",
    version=1,
    level=Level.DUTY,
    dimension=Dimension.ACCESS,
    title="What the law obliges to publish can be reached from the home page",
    text="Links lead from the home page to what is published of a numeral; its address need not be known or searched for.",
    remedy="Link the section of the law from the home page, and every numeral from that section.",
    effort=Effort.LOW,
    fields=(*FIELDS, "clicks"),
    reasons={
        **UNDECIDED_REASONS,
        "ok": "Article {article}, numeral {numeral}: {clicks} clicks from the home page.",
        "not_linked": "Article {article}, numeral {numeral}: no link leads from the home page to {url}.",
        "not_published": ABSENT_REASON,
    },
    rule=rule,
    examples=(
        Example(duty_case(), Verdict.PASS, "ok", "two clicks"),
        Example(duty_case(clicks=None), Verdict.FAIL, "not_linked", "known from the list of pages alone"),
        Example(unpublished_duty(), Verdict.NOT_APPLICABLE, "not_published", "nothing there"),
        *UNDECIDED_EXAMPLES,
    ),
)
