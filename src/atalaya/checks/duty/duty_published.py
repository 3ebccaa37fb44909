"""Something of what a duty demands is published, whatever its form and age."""

from atalaya.checks.cases import DutyCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import duty_case, unpublished_duty
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed
from atalaya.checks.standings import FIELDS, PUBLISHED, UNDECIDED_EXAMPLES, UNDECIDED_REASONS, facts, settled
from atalaya.duties.verdicts import Standing


def rule(case: DutyCase) -> Outcome:
    """The outcome of one duty."""
    outcome = settled(case)
    if outcome is not None:
        return outcome
    if case.standing in PUBLISHED:
        return passed("ok", **facts(case))
    return failed("heading_only" if case.standing == Standing.HEADING_ONLY else "missing", **facts(case))


CHECK = Check(
    id="duty_published",
    version=1,
    level=Level.DUTY,
    dimension=Dimension.ACCESS,
    title="What the law obliges to publish is there",
    text="Something of what a numeral of the law demands is published on the site: a document or a page that says something, "
    "and not only a heading, an empty page or a broken link.",
    remedy="Put the document behind the heading, mend the link, or publish what the numeral demands. Where there is nothing to "
    "publish, or the numeral does not apply, write that.",
    effort=Effort.MEDIUM,
    fields=FIELDS,
    reasons={
        **UNDECIDED_REASONS,
        "ok": "Article {article}, numeral {numeral}: published.",
        "heading_only": "Article {article}, numeral {numeral}: {url} names it, and nothing is behind it.",
        "missing": "Article {article}, numeral {numeral}: the site was read, and nothing of it is there.",
    },
    rule=rule,
    examples=(
        Example(duty_case(), Verdict.PASS, "ok", "a table"),
        Example(duty_case("not_open", "scan", open=False), Verdict.PASS, "ok", "a scan is published all the same"),
        Example(unpublished_duty("heading_only", "broken_link"), Verdict.FAIL, "heading_only", "a link to nothing"),
        Example(unpublished_duty(), Verdict.FAIL, "missing", "nothing there"),
        *UNDECIDED_EXAMPLES,
    ),
)
