"""The dataset has a theme by which people can look through a catalogue.

A theme stands in a vocabulary that other catalogues know too, or it is a group of its own catalogue: a word that at
least two more datasets there bear, and not all of them. What is neither stays unknown, because nobody can tell a theme from a
stray word.
"""

from atalaya.catalogue.vocabularies.themes import Theme, read_theme
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown
from atalaya.checks.quotation import quote

LEAST_PEERS = 2
"""Other datasets of the source under the same theme that make it a group: a shelf with less than three books is none."""


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    readings = {text: read_theme(text) for text in case.dataset.themes}
    known = next((text for text, theme in readings.items() if theme is Theme.KNOWN), None)
    if known is not None:
        return passed("ok", theme=quote(known))
    own = next((text for text, theme in readings.items() if theme is Theme.OWN), None)
    if own is None:
        return failed("nothing_chosen" if any(readings) else "missing")
    if case.theme_peers >= LEAST_PEERS:
        return passed("group", others=case.theme_peers)
    return unknown("unrecognised", theme=quote(own))


CHECK = Check(
    id="theme_recognised",
    version=2,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="The theme is one that others use",
    text="The record names a theme of a known vocabulary (the European data themes, the topics of ISO 19115, EuroVoc, "
    "INSPIRE, COFOG), or a group under which its catalogue lists at least {least_peers} more datasets.",
    remedy="Choose for the dataset a theme from the list of the catalogue. If the catalogue has no list, use the "
    "European data themes: they are few and have names in many languages.",
    effort=Effort.LOW,
    thresholds={"least_peers": LEAST_PEERS},
    fields=("dataset.themes", "theme_peers"),
    reasons={
        "ok": "“{theme}” is a theme of a known vocabulary.",
        "group": "{others} more datasets of the catalogue stand under the same theme.",
        "missing": "The record names no theme.",
        "nothing_chosen": "The theme says that none was chosen.",
        "unrecognised": "“{theme}” is in no vocabulary that we know, and no group of the catalogue: hardly another dataset "
        "bears it, or every one does.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "a European data theme by its address"),
        Example(
            dataset_case(themes=("Nuestra ciudad",), among={"theme_peers": 12}),
            Verdict.PASS,
            "group",
            "a group of the catalogue",
        ),
        Example(dataset_case(themes=()), Verdict.FAIL, "missing", "none"),
        Example(dataset_case(themes=("Uncategorized",)), Verdict.FAIL, "nothing_chosen", "the default of the portal"),
        Example(dataset_case(themes=("Nuestra ciudad",)), Verdict.UNKNOWN, "unrecognised", "a word that stands alone"),
    ),
)
