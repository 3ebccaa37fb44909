"""Title and description tell a stranger what the data are."""

import re
import unicodedata

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import preferred
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.markup import plain
from atalaya.checks.outcomes import Outcome, Verdict
from atalaya.checks.placeholders import says_nothing

LEAST_TITLE = 4
"""Letters of a title: short words name a topic ("Ríos", "Parks"), fewer letters are codes."""

LEAST_CAPITALS = 8
"""Letters of a title in capitals alone: shorter ones ("IPC", "RGPD") are abbreviations, which a stranger cannot read."""

LEAST_DESCRIPTION = 100
"""Letters of a description: the default below which udata, the software of the French portal, calls one too short."""

LEAST_NEW = 30
"""Letters that a description adds to a repeated title, about one short clause."""

_MAY_BE_WIDE = re.compile("[^\x00-\u0377\u2010-\u2027\u2030-\u205e]")
"""Anything but Latin letters and the punctuation that goes with them, none of which is wide (Unicode Standard Annex 11)."""


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset; title and description are one item each."""
    title = plain(preferred(case.dataset.title))
    description = plain(preferred(case.dataset.description))
    wrong = [code for code in (_judge_title(title), _judge_description(title, description)) if code is not None]
    evidence = {"title_letters": _letters(title), "description_letters": _letters(description)}
    if wrong:
        return Outcome(Verdict.FAIL, wrong[0] if len(wrong) == 1 else "both", evidence, 2 - len(wrong), 2)
    return Outcome(Verdict.PASS, "ok", evidence, 2, 2)


def _judge_title(title: str) -> str | None:
    if not title:
        return "title_missing"
    if says_nothing(fold(title)):
        return "title_empty"
    letters = _letters(title)
    if title.isupper() and letters < LEAST_CAPITALS:
        return "title_abbreviation"
    return "title_short" if letters < LEAST_TITLE else None


def _judge_description(title: str, description: str) -> str | None:
    if not description:
        return "description_missing"
    folded, heading = fold(description), fold(title)
    if says_nothing(folded):
        return "description_empty"
    new = folded.replace(heading, "") if heading else folded
    if _letters(new) < LEAST_NEW and new != folded:
        return "description_repeats"
    return "description_short" if _letters(description) < LEAST_DESCRIPTION else None


def _letters(text: str) -> int:
    """Length as a reader feels it: a wide character (Chinese, Japanese, Korean) carries at least two letters."""
    if not _MAY_BE_WIDE.search(text):
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


_LONG_WORDS = "Ingresos percibidos por cada municipalidad, por rubro y por mes, según los registros contables, con el "
"código oficial."

CHECK = Check(
    id="described",
    version=3,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="Title and description say what the data are",
    text="The title has at least {least_title} letters (in capitals alone {least_capitals}, because fewer are an "
    "abbreviation) and the description at least {least_description}; the "
    "description says more than the title, and neither is a text that a form or a template left there.",
    remedy="Write in the catalogue what the data count, for which places and period, where they come from and what one "
    "row is. Two or three sentences are enough.",
    effort=Effort.LOW,
    thresholds={
        "least_title": LEAST_TITLE,
        "least_capitals": LEAST_CAPITALS,
        "least_description": LEAST_DESCRIPTION,
    },
    fields=("dataset.title", "dataset.description"),
    reasons={
        "ok": "Title and description say what the data are.",
        "title_missing": "The record has no title.",
        "title_empty": "The title says nothing: it is a text that a form or a template left there.",
        "title_short": "The title has only {title_letters} letters.",
        "title_abbreviation": "The title is an abbreviation of {title_letters} letters, or one short word in capitals.",
        "description_missing": "The record has no description, or one without any text.",
        "description_empty": "The description says nothing: it is a text that a form or a template left there.",
        "description_repeats": "The description says hardly more than the title.",
        "description_short": "The description has only {description_letters} letters.",
        "both": "Neither the title ({title_letters} letters) nor the description ({description_letters} letters) says "
        "what the data are.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "a title and two sentences"),
        Example(dataset_case(description={"es": f"<p>{_LONG_WORDS}</p>"}), Verdict.PASS, "ok", "a description in HTML"),
        Example(dataset_case(title={}), Verdict.FAIL, "title_missing", "no title"),
        Example(dataset_case(title={"es": "Dataset de prueba"}), Verdict.FAIL, "title_empty", "a test that was left"),
        Example(dataset_case(title={"es": "Ríos"}), Verdict.PASS, "ok", "a short word that names a topic"),
        Example(dataset_case(title={"es": "IPC"}), Verdict.FAIL, "title_abbreviation", "an abbreviation"),
        Example(dataset_case(title={"es": "t 1"}), Verdict.FAIL, "title_short", "three signs"),
        Example(dataset_case(description={}), Verdict.FAIL, "description_missing", "no description"),
        Example(
            dataset_case(description={"es": "Sin descripción"}), Verdict.FAIL, "description_empty", "a filled form"
        ),
        Example(
            dataset_case(description={"es": "Presupuesto de ingresos de las municipalidades."}),
            Verdict.FAIL,
            "description_repeats",
            "the title once more",
        ),
        Example(
            dataset_case(description={"es": "Montos por mes y por municipio"}),
            Verdict.FAIL,
            "description_short",
            "six words",
        ),
        Example(
            dataset_case(title={"es": "IPC"}, description={}), Verdict.FAIL, "both", "an abbreviation and nothing else"
        ),
    ),
)
