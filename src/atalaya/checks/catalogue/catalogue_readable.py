"""The catalogue can be read by the protocol that it is declared with.

No answer and an error of the server leave it unknown until two days agree, and so does a catalogue that is held because
it shrank; an answer that breaks the rules of its format fails.
"""

from datetime import timedelta

from atalaya.checks.cases import CatalogueCase, Prior
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import AS_OF, catalogue_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown
from atalaya.checks.quotation import quote

READ = ("complete", "partial")

UNDECIDED = (
    "unreachable", "http", "error_object", "cut", "remote_context", "robots", "address", "redirects", "coding", "bomb",
    "oversize", "spent", "page_failed", "pending", "incomplete",
)  # fmt: skip
"""Reasons of a harvest that say nothing of the catalogue itself: the server, the network, or a limit of our own."""

SERVER = ("unreachable", "http", "address", "redirects", "coding", "page_failed")
"""Those of them that count when two days agree, as with any other address."""


BOUNDS = ("shrunk", "below_least")
"""Reasons of a catalogue that was read and is held because too little came. Held after a failure, it is judged by it."""


def rule(case: CatalogueCase) -> Outcome:
    """The outcome of one catalogue."""
    if case.state in READ:
        return passed("ok", datasets=case.datasets)
    if case.state == "held" and case.reason in BOUNDS:
        return unknown("held")
    cause = case.reason or "unreachable"
    if cause not in UNDECIDED:
        return failed("unreadable", cause=quote(cause))
    since = next((day for day in (case.prior.unreached_since, case.prior.failing_since) if day is not None), None)
    if cause in SERVER and since is not None and since < case.as_of:
        return failed("no_answer_again", cause=quote(cause), since=since.isoformat())
    return unknown("no_answer", cause=quote(cause))


CHECK = Check(
    id="catalogue_readable",
    version=2,
    level=Level.CATALOGUE,
    dimension=Dimension.ACCESS,
    title="The catalogue can be read",
    text="The catalogue answers, and its answer keeps the rules of the protocol and format that it is published in, so "
    "that other catalogues can read it.",
    remedy="Ask whoever runs the catalogue to open its address in a validator of the format (JSON, XML or DCAT) and to "
    "mend the export; if a page comes instead of the catalogue, correct the address.",
    effort=Effort.HIGH,
    fields=("as_of", "state", "reason", "datasets", "prior.unreached_since", "prior.failing_since"),
    reasons={
        "ok": "The catalogue was read: {datasets} datasets.",
        "held": "The catalogue shrank more than is believable at once; the records read before are kept until a second "
        "answer agrees.",
        "no_answer": "The catalogue could not be asked this time ({cause}).",
        "no_answer_again": "The catalogue cannot be asked ({cause}), and could not since {since}.",
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
        "address": "it leads into a private network",
        "bomb": "the answer unpacks to far more than it weighs",
        "coding": "the answer is compressed in a way that cannot be undone",
        "oversize": "the answer goes on beyond what we read of any",
        "page_failed": "no part of it could be had",
        "pending": "it is still being prepared",
        "incomplete": "it says that it holds more than it gave",
        "pages_repeat": "it repeats the same page instead of going on",
        "redirects": "it redirects without end or to nowhere",
        "spent": "it takes longer or gives more than we read of one source",
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
            catalogue_case(
                "failed", reason="unreachable", datasets=0, prior=Prior(unreached_since=AS_OF - timedelta(days=2))
            ),
            Verdict.FAIL,
            "no_answer_again",
            "no answer on two days",
        ),
        Example(
            catalogue_case("held", reason="malformed"),
            Verdict.FAIL,
            "unreadable",
            "records read before are kept, and what comes now cannot be read",
        ),
        Example(
            catalogue_case("held", reason="shrunk"), Verdict.UNKNOWN, "held", "half of the datasets vanished at once"
        ),
    ),
)
