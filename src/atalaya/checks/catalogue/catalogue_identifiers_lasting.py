"""The catalogue keeps the identifiers of its datasets from one observation to the next.

Counted are the datasets that are there again: under their identifier, or recognised under another one by what they say
and hold. Datasets that are new or gone do not count.
"""

from atalaya.checks.cases import CatalogueCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import catalogue_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown

MOST = 5
"""Per cent of the datasets that may change their identifier: one that is corrected now and then is housekeeping, more is
a numbering that does not hold."""


def rule(case: CatalogueCase) -> Outcome:
    """The outcome of one catalogue."""
    if case.state != "complete":
        return unknown("not_read")
    if case.known <= 0:
        return unknown("first_sight")
    facts = {"known": case.known, "renamed": case.renamed}
    return failed("renumbered", **facts) if case.renamed * 100 > MOST * case.known else passed("ok", **facts)


CHECK = Check(
    id="catalogue_identifiers_lasting",
    version=1,
    level=Level.CATALOGUE,
    dimension=Dimension.METADATA,
    title="The catalogue keeps its identifiers",
    text="Of the datasets that were listed in the observation before, at most {most} per cent came back under another "
    "identifier.",
    remedy="Make the identifiers part of the data, not of the export: when the software, the address or the numbering "
    "changes, carry the old identifiers over.",
    effort=Effort.HIGH,
    thresholds={"most": MOST},
    fields=("state", "known", "renamed"),
    reasons={
        "ok": "Of {known} datasets that were listed before, {renamed} changed their identifier.",
        "renumbered": "Of {known} datasets that were listed before, {renamed} came back under another identifier; links "
        "to them are broken.",
        "first_sight": "No dataset of the catalogue was listed in an observation before.",
        "not_read": "The catalogue was not read whole, so nothing can be said of the datasets that are gone.",
    },
    rule=rule,
    examples=(
        Example(catalogue_case(known=20), Verdict.PASS, "ok", "all as before"),
        Example(catalogue_case(known=20, renamed=1), Verdict.PASS, "ok", "one was corrected"),
        Example(
            catalogue_case(known=20, renamed=20), Verdict.FAIL, "renumbered", "another software, other identifiers"
        ),
        Example(catalogue_case(), Verdict.UNKNOWN, "first_sight", "seen for the first time"),
        Example(catalogue_case("partial", known=8), Verdict.UNKNOWN, "not_read", "a page failed"),
    ),
)
