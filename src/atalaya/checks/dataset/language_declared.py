"""The record says in which language the data are, by a code or a name that everybody reads alike."""

from atalaya.catalogue.vocabularies.languages import read_language
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case, distribution
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown
from atalaya.checks.quotation import quote


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset; what its resources declare counts for it."""
    record = case.dataset
    declared = (*record.languages, *(text for each in record.distributions for text in each.languages))
    written = [text for text in declared if text and text.strip()]
    if not written:
        return failed("missing")
    found = sorted({known for text in written if (known := read_language(text)) is not None})
    return passed("ok", languages=", ".join(found)) if found else unknown("unrecognised", written=quote(written[0]))


CHECK = Check(
    id="language_declared",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="The record says in which language the data are",
    text="The record or one of its resources declares a language by a code of ISO 639, an address that ends in one, or "
    "the language's name. Catalogues that gather many others sort by it.",
    remedy="Declare the language of the data in the catalogue, best by its code (“es”). It can be set once for all "
    "datasets of a portal.",
    effort=Effort.LOW,
    fields=("dataset.languages", "dataset.distributions.languages"),
    reasons={
        "ok": "The declared language can be read ({languages}).",
        "missing": "No language is declared.",
        "unrecognised": "“{written}” is no language that we recognise.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(languages=("es",)), Verdict.PASS, "ok", "a code"),
        Example(
            dataset_case(distributions=(distribution(languages=("Español",)),)), Verdict.PASS, "ok", "a resource's name"
        ),
        Example(dataset_case(languages=()), Verdict.FAIL, "missing", "none"),
        Example(dataset_case(languages=("la oficial",)), Verdict.UNKNOWN, "unrecognised", "words in no table"),
    ),
)
