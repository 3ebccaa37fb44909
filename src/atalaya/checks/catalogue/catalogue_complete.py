"""The catalogue gives everything that it says it has, and all of it can be read."""

from atalaya.checks.cases import CatalogueCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import catalogue_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown


def rule(case: CatalogueCase) -> Outcome:
    """The outcome of one catalogue."""
    if case.state not in ("complete", "partial"):
        return unknown("not_read")
    if case.reason == "spent":
        return unknown("beyond_limits", datasets=case.datasets)
    if case.state == "partial" and case.reason == "page_failed":
        return unknown("page_failed", datasets=case.datasets)
    facts = {"datasets": case.datasets, "problems": case.problems, "unread_fields": case.unread_fields}
    if case.declared_total is not None and case.declared_total != case.datasets:
        reason = "fewer" if case.datasets < case.declared_total else "more"
        return failed(reason, **facts, declared=case.declared_total)
    if case.problems:
        return failed("problems", **facts)
    if case.state == "partial":
        return failed("partial", **facts)
    if case.datasets == 0:
        return unknown("nothing_listed")
    return passed("ok", **facts)


CHECK = Check(
    id="catalogue_complete",
    version=2,
    level=Level.CATALOGUE,
    dimension=Dimension.METADATA,
    title="The catalogue gives everything it has",
    text="The number of datasets read equals the number that the catalogue states, where it states one, and no part of "
    "its records was unreadable. Fields that our reader does not use yet are counted as evidence, not as a fault.",
    remedy="Ask whoever runs the catalogue to mend the records named in the list of problems, and the paging: the "
    "pages together must give every dataset once.",
    effort=Effort.HIGH,
    fields=("state", "reason", "datasets", "declared_total", "problems", "unread_fields"),
    reasons={
        "ok": "All {datasets} datasets were read.",
        "not_read": "The catalogue could not be read in this round.",
        "beyond_limits": "The catalogue holds more than we read of one source in a round; {datasets} datasets were read.",
        "page_failed": "A later part of the catalogue gave no readable answer this time; {datasets} datasets were read, and how "
        "many more there are was not seen.",
        "nothing_listed": "The catalogue lists no dataset; an empty answer is not taken as a deletion.",
        "fewer": "The catalogue states {declared} datasets but gave {datasets}.",
        "more": "The catalogue states {declared} datasets but gave {datasets}: its count is wrong or some came twice.",
        "problems": "{problems} parts of the catalogue could not be read.",
        "partial": "A part of the catalogue could not be read; {datasets} datasets were.",
    },
    rule=rule,
    examples=(
        Example(catalogue_case(), Verdict.PASS, "ok", "twenty stated, twenty read"),
        Example(catalogue_case(declared_total=None), Verdict.PASS, "ok", "no number stated, nothing unreadable"),
        Example(catalogue_case(declared_total=25), Verdict.FAIL, "fewer", "five are missing"),
        Example(catalogue_case(declared_total=19), Verdict.FAIL, "more", "one too many"),
        Example(catalogue_case(problems=3), Verdict.FAIL, "problems", "three records break the format"),
        Example(
            catalogue_case("partial", declared_total=None), Verdict.FAIL, "partial", "a part that breaks the format"
        ),
        Example(
            catalogue_case("partial", reason="page_failed", declared_total=50),
            Verdict.UNKNOWN,
            "page_failed",
            "the second page did not answer",
        ),
        Example(
            catalogue_case("partial", reason="spent"), Verdict.UNKNOWN, "beyond_limits", "paging that goes on for hours"
        ),
        Example(catalogue_case("failed", datasets=0), Verdict.UNKNOWN, "not_read", "nothing could be read"),
        Example(catalogue_case(datasets=0, declared_total=0), Verdict.UNKNOWN, "nothing_listed", "an empty catalogue"),
    ),
)
