"""The title is written for people: several words that name what the data are about.

`described` asks that there is a title at all; this one asks how it is written. Numbers and words such as "de" tell
nothing alone, and neither do the name of a file, the code of a table or the name of who publishes it.
"""

import re
import unicodedata
from functools import lru_cache

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import Agent, preferred
from atalaya.catalogue.traits import FUNCTION_WORDS
from atalaya.catalogue.vocabularies.formats import format_of_extension
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed
from atalaya.checks.placeholders import says_nothing
from atalaya.checks.quotation import quote

LEAST_WORDS = 2
"""Telling words: one names a topic ("Empresas"), a second says what of it, where or when ("Empresas 2024")."""

LONGEST = 250
"""Letters of a title, more than two lines of a list: longer ones are descriptions in the wrong field."""

LEAST_CAPITALS = 12
"""Letters all in capitals from which a title is written so, rather than being an abbreviation."""

WIDE_WORDS = 3
"""Characters of a script without spaces that tell as much as one word."""

_BESIDE = "datos data dados abiertos open abertos informacion information dataset conjunto portal"
_ADDED = frozenset(_BESIDE.split())
"""Words that say nothing beside a publisher's name."""

_EXTENSION = re.compile(r"\.([A-Za-z][A-Za-z0-9]{1,7})$")
_CODE = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])(?!\S*[a-z]{4})[\w.:/-]{6,}|[0-9a-f-]{16,}", re.ASCII)


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    title = " ".join((preferred(case.dataset.title) or "").split())
    if not fold(title):
        return failed("missing")
    reason = _wrong(title) or _only_publisher(title, case.dataset.publisher)
    return failed(reason, title=quote(title)) if reason else passed()


@lru_cache(maxsize=4096)
def _wrong(title: str) -> str | None:
    """What is wrong with how a title is written."""
    folded = fold(title)
    if says_nothing(folded):
        return "placeholder"
    if _is_file_name(title):
        return "file_name"
    if " " not in title and _CODE.fullmatch(title):
        return "code"
    if len(title) > LONGEST:
        return "too_long"
    if _telling(folded) < LEAST_WORDS:
        return "one_word"
    letters = [letter for letter in title if letter.isalpha()]
    shouted = len(letters) >= LEAST_CAPITALS and " " in title and all(letter.isupper() for letter in letters)
    return "capitals" if shouted else None


def _is_file_name(title: str) -> bool:
    """A known extension at the end, or words joined by underscores."""
    extension = _EXTENSION.search(title)
    if extension is not None and format_of_extension(extension[1]) is not None:
        return True
    if "_" not in title or _wide(title):
        return False
    return " " not in title or title.count("_") > title.count(" ")


def _wide(text: str) -> int:
    """How many characters of a script without spaces a text holds."""
    return 0 if text.isascii() else sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)


def _telling(folded: str) -> int:
    """How many words of a folded title say something; a script without spaces is counted by its characters."""
    words = [word for word in folded.split() if word not in FUNCTION_WORDS and (len(word) > 1 or not word.isascii())]
    if all(word.isdigit() for word in words):
        return 0
    return max(len(words), _wide(folded) // WIDE_WORDS)


def _only_publisher(title: str, publisher: Agent | None) -> str | None:
    """Whether the title is the publisher's name once more, "data of" and the like added or not."""
    name = fold((publisher.name if publisher is not None else None) or "")
    if not name:
        return None
    left = set(fold(title).split()) - set(name.split()) - FUNCTION_WORDS - _ADDED
    lacking = set(name.split()) - set(fold(title).split()) - FUNCTION_WORDS
    return "publisher_only" if not (left or lacking) else None


CHECK = Check(
    id="title_descriptive",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="The title is written for people",
    text="The title has at least {least_words} telling words and at most {longest} letters. It is no file name, code, "
    "trial or text of a form, is not written in capitals alone, and says more than the publisher's name.",
    remedy="Write as title what the data are about, of which place and time, in ordinary letters: “School enrolment "
    "by municipality, 2019–2024” instead of “ENROL_2024.xlsx”.",
    effort=Effort.LOW,
    thresholds={"least_words": LEAST_WORDS, "longest": LONGEST},
    fields=("dataset.title", "dataset.publisher", "dataset.publisher.name"),
    reasons={
        "ok": "The title is written for people.",
        "missing": "There is no title to read.",
        "placeholder": "“{title}” is what a form or a trial left there.",
        "file_name": "“{title}” is the name of a file.",
        "code": "“{title}” is a code.",
        "too_long": "The title is longer than {longest} letters (“{title}”): that is a description.",
        "one_word": "“{title}” has fewer than {least_words} telling words.",
        "capitals": "“{title}” is written in capitals alone, which are hard to read.",
        "publisher_only": "“{title}” says no more than who publishes.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "what is counted, and of whom"),
        Example(dataset_case(title={"es": "Índice de precios 2024"}), Verdict.PASS, "ok", "a topic and a year"),
        Example(dataset_case(title={"ja": "東京都の人口統計"}), Verdict.PASS, "ok", "a script without spaces"),
        Example(dataset_case(title={}), Verdict.FAIL, "missing", "no title"),
        Example(dataset_case(title={"es": "Dataset de prueba 2"}), Verdict.FAIL, "placeholder", "a trial that stayed"),
        Example(dataset_case(title={"es": "Matricula_final_2024"}), Verdict.FAIL, "file_name", "underscores"),
        Example(dataset_case(title={"es": "matricula final.xlsx"}), Verdict.FAIL, "file_name", "an extension"),
        Example(dataset_case(title={"es": "TBL-0042-B"}), Verdict.FAIL, "code", "the number of a table"),
        Example(dataset_case(title={"es": "Registro mensual " * 20}), Verdict.FAIL, "too_long", "a whole paragraph"),
        Example(dataset_case(title={"es": "Empresas"}), Verdict.FAIL, "one_word", "a topic and nothing else"),
        Example(
            dataset_case(title={"es": "PRESUPUESTO DE INGRESOS MUNICIPALES"}), Verdict.FAIL, "capitals", "all capitals"
        ),
        Example(
            dataset_case(title={"es": "Ministerio de Finanzas"}), Verdict.FAIL, "publisher_only", "the publisher's name"
        ),
    ),
)
