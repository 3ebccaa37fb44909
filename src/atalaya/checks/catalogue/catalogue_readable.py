"""The catalogue can be read by the protocol that it is declared with.

No answer, a refusal and an error page of the server leave it unknown, and so does a catalogue that is held because it
shrank; an answer that breaks the rules of its format fails.
"""

from atalaya.checks.cases import CatalogueCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import catalogue_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown
from atalaya.checks.quotation import quote

READ = ("complete", "partial")

UNDECIDED = ("unreachable", "http", "error_object", "cut", "remote_context", "robots")
"""Reasons of a harvest that say nothing of the catalogue itself: the server, the network, or a limit of our own."""


def rule(case: CatalogueCase) -> Outcome:
    """The outcome of one catalogue."""
    if case.state in READ:
        return passed("ok", datasets=case.datasets)
    if case.state == "held":
        return unknown("held")
    cause = case.reason or "unreachable"
    return unknown("no_answer", cause=quote(cause)) if cause in UNDECIDED else failed("unreadable", cause=quote(cause))


CHECK = Check(
    id="catalogue_readable",
    version=1,
    level=Level.CATALOGUE,
    dimension=Dimension.ACCESS,
    title="The catalogue can be read",
    text="The catalogue answers, and its answer keeps the rules of the protocol and format that it is published in, so "
    "that other catalogues can read it.",
    remedy="Ask whoever runs the catalogue to open its address in a validator of the format (JSON, XML or DCAT) and to "
    "mend the export; if a page comes instead of the catalogue, correct the address.",
    effort=Effort.HIGH,
    fields=("state", "reason", "datasets"),
    reasons={
        "ok": "The catalogue was read: {datasets} datasets.",
        "held": "The catalogue shrank more than is believable at once; the records read before are kept until a second "
        "answer agrees.",
        "no_answer": "The catalogue could not be asked this time ({cause}).",
        "unreadable": "The catalogue answered, but the answer could not be read ({cause}).",
    },
    terms={
        "unreachable": "no answer came",
        "http": "the server answered with an error",
        "error_object": "it answered an error message",
        "cut": "the answer is larger than our limit",
        "remote_context": "it refers to a document that we do not have",
        "robots": "robots.txt forbids it",
        "empty": "the answer is empty",
        "encoding": "unknown encoding of the text",
        "entities": "forbidden expansions in the XML",
        "html": "a web page came instead of the catalogue",
        "malformed": "it breaks the syntax of its format",
        "no_datasets": "nothing in it is a catalogue or a dataset",
        "nesting": "nested too deep",
    },
    rule=rule,
    examples=(
        Example(catalogue_case(), Verdict.PASS, "ok", "everything read"),
        Example(
            catalogue_case("partial", reason="page_failed"),
            Verdict.PASS,
            "ok",
            "a part read: completeness is judged apart",
        ),
        Example(
            catalogue_case("failed", reason="malformed", datasets=0),
            Verdict.FAIL,
            "unreadable",
            "JSON that does not end",
        ),
        Example(
            catalogue_case("failed", reason="html", datasets=0),
            Verdict.FAIL,
            "unreadable",
            "a page instead of the catalogue",
        ),
        Example(
            catalogue_case("failed", reason="unreachable", datasets=0),
            Verdict.UNKNOWN,
            "no_answer",
            "no answer this time",
        ),
        Example(
            catalogue_case("held", reason="shrunk"), Verdict.UNKNOWN, "held", "half of the datasets vanished at once"
        ),
    ),
)
