"""The keywords help to find the dataset: several different ones, each for itself, that say what the data are about."""

import re
from functools import lru_cache

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import preferred
from atalaya.catalogue.vocabularies.formats import find_format
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed

LEAST = 3
"""Useful keywords: with one or two a search finds the dataset only by the very word that its publisher thought of."""

LONGEST_WORDS = 6
"""Words of a keyword; more make a sentence, which nobody types into a search."""

_PHRASES = """
    datos|dato|data|datos abiertos|dato abierto|open data|opendata|dados|dados abertos|dataset|datasets|data set
    conjunto de datos|informacion|information|archivo|archivos|file|files|otros|otro|other|others|varios|general|todos
    n a|na|ninguno|ninguna|none|null|sin etiqueta|sin etiquetas|etiqueta|etiquetas|tag|tags|keyword|keywords|prueba|test
    palabra clave|palabras clave|datos publicos|gobierno abierto|open government|transparencia y datos abiertos|portal
"""
GENERIC = frozenset(phrase.strip() for line in _PHRASES.splitlines() for phrase in line.split("|")) - {""}
"""Folded words that fit any dataset of any catalogue, and so find none."""

_SEPARATORS = re.compile(r"[,;|]")
_JOINED = 2
"""Separators in a single keyword from which it is a list that was not taken apart: one may belong to a name."""


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    written = [word for word in case.dataset.keywords if word and word.strip()]
    if not written:
        return failed("missing")
    if len(written) == 1 and len(_SEPARATORS.findall(written[0])) >= _JOINED:
        return failed("joined", parts=len(_SEPARATORS.findall(written[0])) + 1)
    title = fold(preferred(case.dataset.title) or "")
    useful = {folded for word in written if (folded := _useful(word)) is not None and folded != title}
    facts = {"useful": len(useful), "written": len(written)}
    if len(useful) >= LEAST:
        return passed("ok", **facts)
    return failed("fewer_written" if len(useful) == len(written) else "few", **facts)


@lru_cache(maxsize=4096)
def _useful(word: str) -> str | None:
    """The folded keyword; None where it says nothing of what the data are about."""
    folded = fold(word)
    telling = any(letter.isalpha() for letter in folded) and (len(folded) > 1 or not folded.isascii())
    usual = folded in GENERIC or len(folded.split()) > LONGEST_WORDS
    return folded if telling and not usual and find_format(folded) is None else None


CHECK = Check(
    id="keywords_useful",
    version=2,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="The keywords help to find the dataset",
    text="There are at least {least} different keywords that say what the data are about. The title once more, words "
    "that fit any dataset (“data”, “open data”), names of formats, bare numbers and whole sentences do not count, and a "
    "list written into one keyword is one keyword.",
    remedy="Write at least {least} keywords, each in its own field: the topic, the things that are counted, and other "
    "words under which people look for them.",
    effort=Effort.LOW,
    thresholds={"least": LEAST},
    fields=("dataset.keywords", "dataset.title"),
    reasons={
        "ok": "{useful} keywords say what the data are about.",
        "missing": "There are no keywords.",
        "joined": "{parts} keywords were written into one, so that a search takes them for a single one.",
        "few": "Keywords that say what the data are about: {useful} of {written}; at least {least} are needed.",
        "fewer_written": "Keywords written: {written}; at least {least} are needed.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "topic, things and another word"),
        Example(dataset_case(keywords=()), Verdict.FAIL, "missing", "none"),
        Example(
            dataset_case(keywords=("presupuesto, ingresos; municipalidades",)),
            Verdict.FAIL,
            "joined",
            "a list in one field",
        ),
        Example(
            dataset_case(keywords=("datos", "Datos Abiertos", "presupuesto", "CSV")),
            Verdict.FAIL,
            "few",
            "words that fit any dataset",
        ),
        Example(dataset_case(keywords=("presupuesto", "ingresos")), Verdict.FAIL, "fewer_written", "two good ones"),
    ),
)
