"""What is published of a duty has the form that the law accepts as open."""

from atalaya.checks.cases import DutyCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import duty_case, unpublished_duty
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed
from atalaya.checks.standings import ABSENT_REASON, FIELDS, UNDECIDED_EXAMPLES, UNDECIDED_REASONS, absent, facts

WAYS = {
    "shared_folder": "a folder of a file-sharing service",
    "viewer": "a viewer from which nothing can be taken",
    "form": "a form",
    "page_only": "a page without a table that can be taken",
    "scan": "a picture of paper",
    "no_table": "a document without a table that machines read",
    "no_text": "a document without text",
    "unreadable": "a file that cannot be read",
    "older": "an old document in a form that is not open",
}
"""Reasons of verdicts for which something is not open, in words."""


def rule(case: DutyCase) -> Outcome:
    """The outcome of one duty."""
    outcome = absent(case)
    if outcome is not None:
        return outcome
    if case.open is None:
        return not_applicable("nothing_to_open", **facts(case))
    if case.open:
        return passed("ok", **facts(case))
    return failed("closed", **facts(case), way=case.reason)


CHECK = Check(
    id="duty_open",
    version=1,
    level=Level.DUTY,
    dimension=Dimension.OPENNESS,
    title="What the law obliges to publish is open",
    text="What is published of a numeral has the form that counts as open for it: a table that machines read where it is a "
    "table, text that can be searched where it is text.",
    remedy="Publish the table from which the document was made, as CSV or XLSX, beside it; publish texts as they were written "
    "and not as scans, on the site itself.",
    effort=Effort.LOW,
    fields=(*FIELDS, "open"),
    reasons={
        **UNDECIDED_REASONS,
        "ok": "Article {article}, numeral {numeral}: in an open form.",
        "closed": "Article {article}, numeral {numeral}: {url} is {way}.",
        "nothing_to_open": "Article {article}, numeral {numeral}: there was nothing to publish.",
        "not_published": ABSENT_REASON,
    },
    terms=WAYS,
    rule=rule,
    examples=(
        Example(duty_case(), Verdict.PASS, "ok", "a table"),
        Example(duty_case("not_open", "scan", open=False), Verdict.FAIL, "closed", "a scanned list"),
        Example(duty_case("late", "older", days_late=45, open=False), Verdict.FAIL, "closed", "an old scan"),
        Example(
            duty_case(reason="nothing_to_report", open=None), Verdict.NOT_APPLICABLE, "nothing_to_open", "no purchases"
        ),
        Example(unpublished_duty(), Verdict.NOT_APPLICABLE, "not_published", "nothing there"),
        *UNDECIDED_EXAMPLES,
    ),
)
