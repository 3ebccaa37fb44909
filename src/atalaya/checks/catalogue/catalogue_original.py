"""The catalogue holds what its institutions produce, and is not filled up with series of international organisations.

Counted are the datasets that are recognised as such series (World Bank indicators, for example). A few beside one's own
data are a service to readers; a catalogue made of them hides that little of its own is published.
"""

from atalaya.checks.cases import CatalogueCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import catalogue_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown

MOST = 25
"""Per cent of datasets that may be series of others. Measured: 47 % in the national catalogue that an audit of 2026 calls
padded (github.com/gausoft/togo-opendata-audit), and under 1 % in each of the 95 recorded ones of five datasets or more."""

READ = ("complete", "partial")


def rule(case: CatalogueCase) -> Outcome:
    """The outcome of one catalogue."""
    if case.state not in READ:
        return unknown("not_read")
    if case.datasets <= 0:
        return unknown("nothing_listed")
    facts = {"datasets": case.datasets, "republished": case.republished}
    return failed("padded", **facts) if case.republished * 100 > MOST * case.datasets else passed("ok", **facts)


CHECK = Check(
    id="catalogue_original",
    version=1,
    level=Level.CATALOGUE,
    dimension=Dimension.CONTENT,
    title="The catalogue holds its institutions' own data",
    text="At most {most} per cent of the datasets are series that international organisations publish. Such series do "
    "not count for the institution that lists them.",
    remedy="Publish what the institutions produce themselves. Link to the series of others on a page instead of listing "
    "each as a dataset. If a dataset is taken for such a series and is not, say who produced it.",
    effort=Effort.HIGH,
    thresholds={"most": MOST},
    fields=("state", "datasets", "republished"),
    reasons={
        "ok": "{republished} of {datasets} datasets are series of international organisations.",
        "padded": "{republished} of {datasets} datasets are series of international organisations: the catalogue is "
        "filled up with what others produce.",
        "not_read": "The catalogue could not be read, so its datasets were not counted.",
        "nothing_listed": "The catalogue lists no dataset whose origin could be asked.",
    },
    rule=rule,
    examples=(
        Example(catalogue_case(republished=2), Verdict.PASS, "ok", "two series among twenty datasets"),
        Example(catalogue_case(republished=9), Verdict.FAIL, "padded", "nearly half are series of others"),
        Example(catalogue_case("failed", datasets=0), Verdict.UNKNOWN, "not_read", "nothing could be read"),
        Example(catalogue_case(datasets=0), Verdict.UNKNOWN, "nothing_listed", "an empty catalogue"),
    ),
)
