"""The title is written for people: several words that name what the data are about.

`described` asks that there is a title at all; this one asks how it is written. Numbers and words such as "de" tell
nothing alone, and neither do the name of a file, the code of a table or the name of who publishes it.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import Agent, Dataset, preferred
from atalaya.catalogue.traits import FUNCTION_WORDS
from atalaya.catalogue.vocabularies.formats import format_of_extension
from atalaya.catalogue.vocabularies.languages import read_language
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

WORD_LETTERS: Mapping[str, int] = {"CJK": 2, "HIRAGANA": 3, "THAI": 5, "LAO": 5, "KHMER": 5, "MYANMAR": 5}
"""Letters of a script without spaces that tell as much as one word, by the first word of their Unicode names. Most words of
Chinese and Japanese have two such characters; a run of katakana is one word, however long."""

LONG_COMPOUND = 12
"""Letters from which one word of a language that joins its words ("Postbriefkästen", mail boxes) tells as much as two."""

_JOINING = "de nl da sv nb nn no is fo fi et hu"
_COMPOUNDING = frozenset(_JOINING.split())
_SHORT = "der die und für von mit zur zum im och för på til het een voor van ja sekä és"
_OF_THEM = frozenset(_SHORT.split())
"""Short words that only these languages have; two different ones in the description tell that it is in one of them."""

_BESIDE = "datos data dados abiertos open abertos informacion information dataset conjunto portal"
_ADDED = frozenset(_BESIDE.split())
"""Words that say nothing beside a publisher's name."""

_BODIES = """
    registro padron censo encuesta catalogo inventario directorio nomina boletin registry register census survey catalogue
    catalog inventory directory cadastro pesquisa registre recensement enquete inventaire annuaire
"""
_COLLECTIONS = frozenset(_BODIES.split())
"""Words for bodies of data: an institution that is called by one, such as a registry, publishes what its name says."""

_TECHNICAL_TAIL = re.compile(r"\s*\[[^\][\s]*_[^\][\s]*\]$")
"""The path of a layer in brackets, which programs append to a title."""

_JOINTS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=(?:19|20)\d\d(?!\d))|(?<=\d)(?=[A-Z][a-z])")
_JOINED_PARTS = 2

JOINED_LETTERS = 3
"""Letters of each part from which a title without spaces is words written as one, and no code."""

_EXTENSION = re.compile(r"\.([A-Za-z][A-Za-z0-9]{1,7})$")
_CODE = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])(?!\S*[a-z]{4})[\w.:/-]{6,}|[0-9a-f-]{16,}", re.ASCII)


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    title = " ".join((preferred(case.dataset.title) or "").split())
    if not fold(title):
        return failed("missing")
    human = _TECHNICAL_TAIL.sub("", title) or title
    reason = _wrong(human, _joins_words(case.dataset)) or _only_publisher(human, case.dataset.publisher)
    return failed(reason, title=quote(title)) if reason else passed()


@lru_cache(maxsize=4096)
def _wrong(title: str, compounding: bool) -> str | None:
    """What is wrong with how a title is written; `compounding` tells that its language joins words into long ones."""
    folded = fold(title)
    if says_nothing(folded):
        return "placeholder"
    if _is_file_name(title):
        return "file_name"
    if _is_joined(title):
        return "joined"
    if " " not in title and _CODE.fullmatch(title):
        return "code"
    if len(title) > LONGEST:
        return "too_long"
    if _telling(folded, compounding) < LEAST_WORDS:
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


def _is_joined(title: str) -> bool:
    """Whether a title without spaces is several words of three letters or more, or a word and a year, written as one."""
    if not title.isascii() or not title.isalnum():
        return False
    parts = _JOINTS.sub(" ", title).split()
    words = [part for part in parts if len(part) >= JOINED_LETTERS]
    return len(words) >= _JOINED_PARTS and len(words) == len(parts) and not title[:1].islower()


def _telling(folded: str, compounding: bool) -> int:
    """How many words of a folded title say something; a script without spaces is counted by its letters."""
    words = [word for word in folded.split() if word not in FUNCTION_WORDS and (len(word) > 1 or not word.isascii())]
    if all(word.isdigit() for word in words):
        return 0
    counted = len(words)
    if compounding:
        counted += sum(word.isalpha() and len(word) >= LONG_COMPOUND for word in words)
    return counted if folded.isascii() else max(counted, sum(_unspaced(word) for word in words))


def _unspaced(word: str) -> int:
    """How many words a run of letters without spaces tells as much as; a run of another script is one.

    >>> _unspaced("土木出張所"), _unspaced("トイレ"), _unspaced("公衆トイレ"), _unspaced("aed設置箇所"), _unspaced("hospital")
    (2, 1, 2, 3, 1)
    """
    script, words, length = "", 0, 0
    for letter in f"{word} ":
        if letter == "ー" or unicodedata.category(letter).startswith("M"):
            continue
        found = unicodedata.name(letter, "").partition(" ")[0]
        if found != script:
            words += _words_of_run(script, length)
            script, length = found, 0
        length += 1
    return words


def _words_of_run(script: str, letters: int) -> int:
    """How many words so many letters of one script tell as much as; single kana and digits only join others."""
    if script in ("", "DIGIT", "SPACE"):
        return 0
    least = 0 if script == "HIRAGANA" else 1
    return max(least, letters // WORD_LETTERS.get(script, letters))


def _joins_words(record: Dataset) -> bool:
    """Whether the title is in a language that joins words: by its tag, the declared languages or the description."""
    tags = [*(tag for tag in record.title if tag), *record.languages]
    tags += [text for each in record.distributions[:1] for text in each.languages]
    if tags:
        return any(read_language(tag) in _COMPOUNDING for tag in tags)
    text = preferred(record.description) or ""
    return len(_OF_THEM.intersection(text[:1000].lower().split())) >= LEAST_WORDS


def _only_publisher(title: str, publisher: Agent | None) -> str | None:
    """Whether the title is the publisher's name once more, "data of" and the like added or not."""
    name = fold((publisher.name if publisher is not None else None) or "")
    if not name:
        return None
    if not _COLLECTIONS.isdisjoint(name.split()):
        return None
    left = set(fold(title).split()) - set(name.split()) - FUNCTION_WORDS - _ADDED
    lacking = set(name.split()) - set(fold(title).split()) - FUNCTION_WORDS
    return "publisher_only" if not (left or lacking) else None


CHECK = Check(
    id="title_descriptive",
    version=2,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="The title is written for people",
    text="The title has at least {least_words} telling words and at most {longest} letters. It is no file name, code, "
    "trial or text of a form, is not written in capitals alone, and says more than the publisher's name.",
    remedy="Write as title what the data are about, of which place and time, in ordinary letters: “School enrolment "
    "by municipality, 2019–2024” instead of “ENROL_2024.xlsx”.",
    effort=Effort.LOW,
    thresholds={"least_words": LEAST_WORDS, "longest": LONGEST},
    fields=(
        "dataset.title",
        "dataset.publisher",
        "dataset.publisher.name",
        "dataset.languages",
        "dataset.distributions.languages",
        "dataset.description",
    ),
    reasons={
        "ok": "The title is written for people.",
        "missing": "There is no title to read.",
        "placeholder": "“{title}” is what a form or a trial left there.",
        "file_name": "“{title}” is the name of a file.",
        "code": "“{title}” is a code.",
        "joined": "“{title}” is several words written as one.",
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
        Example(dataset_case(title={"de": "Postbriefkästen"}), Verdict.PASS, "ok", "two words that German joins"),
        Example(dataset_case(title={"es": "GastoPublico2024"}), Verdict.FAIL, "joined", "three words without spaces"),
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
