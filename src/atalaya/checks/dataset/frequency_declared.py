"""The record says how often the data are renewed, in words or a code that everybody reads alike.

A rhythm passes, and so does a closed series. "Irregular" promises no date: it says as little as an empty field, and the
way to a good mark must not be to promise less.
"""

from atalaya.catalogue.vocabularies.frequencies import FrequencyKind, read_frequency
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown
from atalaya.checks.quotation import quote


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    declared = case.dataset.frequency
    kind = read_frequency(declared).kind
    if kind is FrequencyKind.UNSTATED:
        return failed("missing")
    if kind is FrequencyKind.IRREGULAR:
        return failed("irregular", frequency=quote(declared))
    if kind is FrequencyKind.UNRECOGNISED:
        return unknown("unrecognised", frequency=quote(declared))
    return passed("closed" if kind is FrequencyKind.NEVER else "ok", frequency=quote(declared))


CHECK = Check(
    id="frequency_declared",
    version=2,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="The record says how often the data are renewed",
    text="The record declares a frequency of renewal (daily, monthly, yearly…) or that the series is closed. "
    "“Irregular” names no rhythm and earns no credit.",
    remedy="Choose in the catalogue the frequency at which the data are really renewed. If they are renewed when "
    "something happens, declare the longest time that may pass between two reviews.",
    effort=Effort.LOW,
    fields=("dataset.frequency",),
    reasons={
        "ok": "The declared frequency is “{frequency}”.",
        "closed": "The record says that the series is closed (“{frequency}”).",
        "missing": "No frequency of renewal is declared.",
        "irregular": "“{frequency}” names no rhythm.",
        "unrecognised": "“{frequency}” is no frequency that we recognise.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "every month"),
        Example(dataset_case(frequency="nunca"), Verdict.PASS, "closed", "a closed series"),
        Example(dataset_case(frequency=None), Verdict.FAIL, "missing", "nothing declared"),
        Example(dataset_case(frequency="eventual"), Verdict.FAIL, "irregular", "no rhythm"),
        Example(dataset_case(frequency="según el clima"), Verdict.UNKNOWN, "unrecognised", "words in no table"),
    ),
)
