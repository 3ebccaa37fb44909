"""Where a duty comes in periods, none is missing between those that are published."""

from atalaya.checks.cases import DutyCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import duty_case, unpublished_duty
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed
from atalaya.checks.standings import ABSENT_REASON, FIELDS, UNDECIDED_EXAMPLES, UNDECIDED_REASONS, absent, facts


def rule(case: DutyCase) -> Outcome:
    """The outcome of one duty."""
    outcome = absent(case)
    if outcome is not None:
        return outcome
    if not case.periods:
        return not_applicable("no_periods", **facts(case))
    if case.gaps:
        return failed("gaps", **facts(case), gaps=case.gaps, periods=case.periods, first_gap=case.first_gap)
    return passed("ok", **facts(case), periods=case.periods)


CHECK = Check(
    id="duty_series_whole",
    version=1,
    level=Level.DUTY,
    dimension=Dimension.CONTENT,
    title="No period is missing from what the law obliges to publish",
    text="Where a numeral comes in months or years, every one between the first and the last that are published is there.",
    remedy="Publish the periods that are missing, and keep the earlier ones where they are when a new one comes.",
    effort=Effort.LOW,
    fields=(*FIELDS, "periods", "gaps", "first_gap"),
    reasons={
        **UNDECIDED_REASONS,
        "ok": "Article {article}, numeral {numeral}: {periods} periods, without a gap.",
        "gaps": "Article {article}, numeral {numeral}: {gaps} of {periods} periods are missing, the first of them {first_gap}.",
        "no_periods": "Article {article}, numeral {numeral}: it has no periods.",
        "not_published": ABSENT_REASON,
    },
    rule=rule,
    examples=(
        Example(duty_case(), Verdict.PASS, "ok", "six months in a row"),
        Example(duty_case(gaps=2, first_gap="2025-11"), Verdict.FAIL, "gaps", "two months are missing"),
        Example(duty_case(periods=0), Verdict.NOT_APPLICABLE, "no_periods", "a chart of the organisation"),
        Example(unpublished_duty(), Verdict.NOT_APPLICABLE, "not_published", "nothing there"),
        *UNDECIDED_EXAMPLES,
    ),
)
