"""The resource has a title that tells it from the others: no file name, no address, no format, no "resource 1"."""

import re
from functools import lru_cache
from itertools import islice

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import Distribution, preferred
from atalaya.catalogue.vocabularies.formats import find_format, format_named, format_of_extension
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset, distribution, resource_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed
from atalaya.checks.quotation import quote

SIBLINGS = 50
"""Other resources of the dataset that are compared: some datasets have thousands."""

MOST_WORDS = 5
"""Words from which a title is no name of a format and no word for every file."""

_FILE = re.compile(r"[^\s/\\]{1,200}\.([A-Za-z][A-Za-z0-9]{1,7})")
_ADDRESS = re.compile(r"\s*(?:(?:https?|ftp)://|www\.)\S+\s*", re.IGNORECASE)
_PERIOD = re.compile(r"(?:19|20)\d\d(?:[ ]?[-/–][ ]?(?:(?:19|20)?\d\d|[qt][1-4]|[12]s))?", re.IGNORECASE)
"""A year, a month, a quarter or a span of years: enough to tell a resource from the others of its dataset, where it has any."""
_HANDED = re.compile(
    r"(?:descargar?|descarga|download|baixar|telecharger|formato|format|archivo|file|arquivo|fichier|version|versao|en|in|em|"
    r"de|para|ver|abrir|open) "
)
"""Words around the name of a format that add nothing to it."""
_GENERIC = re.compile(
    r"(?:(?:nuev[oa] |new |el |la |the )?(?:recursos?|resources?|archivos?|ficheros?|files?|arquivos?|fichiers?|"
    r"datos?|data|dados|donnees|dataset|"
    r"conjunto de datos|descargar?|descarga (?:directa|de datos)|downloads?|download (?:file|data)|baixar|"
    r"telecharger|enlaces?|links?|url|hoja|sheet|"
    r"tabla|table|documentos?|document|distribucion|distribution|sin titulo|sin nombre|untitled|"
    r"unnamed(?: resource)?|none|null|undefined|n a|na|test|"
    r"prueba|ver|view|aqui|here|click aqui|ver mas)(?: ?(?:no |n |numero )?\d{0,4})?)"
)
_NO_WORDS = re.compile(r"[\W\d_]*|[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}|[0-9a-f]{32,64}", re.IGNORECASE)


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    if case.distribution.derived:
        return not_applicable("derived")
    title = preferred(case.distribution.title)
    if title is None or not title.strip():
        return failed("missing")
    fault = _fault(title.strip())
    if fault == "no_words" and _PERIOD.fullmatch(title.strip()) and len(case.dataset.distributions) > 1:
        fault = None
    if fault is None and _is_shared(case, title):
        fault = "shared"
    return passed() if fault is None else failed(fault, title=quote(title))


def _fault(title: str) -> str | None:
    if ("://" in title or title[:4].lower() == "www.") and _ADDRESS.fullmatch(title):
        return "address"
    if "." in title and (found := _FILE.fullmatch(title)) is not None and format_of_extension(found.group(1)):
        return "file_name"
    if _NO_WORDS.fullmatch(title):
        return "no_words"
    return _of_few_words(title) if len(title) <= 40 and title.count(" ") < MOST_WORDS else None


@lru_cache(maxsize=4096)
def _of_few_words(title: str) -> str | None:
    """Words for every file and names of formats are short, and many records repeat them."""
    if _GENERIC.fullmatch(fold(title)):
        return "generic"
    if _is_format(title):
        return "format"
    rest = fold(title)
    while (match := _HANDED.match(rest)) is not None:
        rest = rest[match.end() :]
    return "format" if rest != fold(title) and _is_format(rest) else None


def _is_format(title: str) -> bool:
    known = find_format(format_named(title))
    return known is not None and not known.service


def _is_shared(case: ResourceCase, title: str) -> bool:
    """Whether all siblings have this title: the same in several formats is one thing told once, so one format must repeat too."""
    siblings: tuple[Distribution, ...] = case.dataset.distributions
    if len(siblings) < 2:
        return False
    formats = set()
    for sibling in islice(siblings, SIBLINGS):
        if preferred(sibling.title) != title:
            return False
        formats.add((sibling.format or sibling.media_type or "").strip().lower())
    return len(formats) < min(len(siblings), SIBLINGS)


def _titled(title: str | None, *others: str) -> ResourceCase:
    own = distribution(title={} if title is None else {"es": title})
    beside = tuple(distribution(title={"es": other}) for other in others)
    return resource_case(distribution=own, dataset=dataset(distributions=(own, *beside)))


CHECK = Check(
    id="resource_titled",
    version=2,
    level=Level.RESOURCE,
    dimension=Dimension.METADATA,
    title="The resource has a title that tells what it is",
    text="The title of the resource says what it holds and tells it from the others of its dataset; it is no file "
    "name, address, format or "
    "word that fits every file.",
    remedy="Write a title of a few words that says what this file holds and for what time or place, such as “Gasto "
    "por municipio, 2024”.",
    effort=Effort.LOW,
    fields=(
        "distribution.derived",
        "distribution.title",
        "dataset.distributions",
        "dataset.distributions.title",
        "dataset.distributions.format",
        "dataset.distributions.media_type",
    ),
    reasons={
        "ok": "The resource has a title of its own.",
        "derived": "The link was made by a rule of the reader, not published by the institution.",
        "missing": "The resource has no title.",
        "address": "The title is an address: “{title}”.",
        "file_name": "The title is the name of a file: “{title}”.",
        "no_words": "The title has no words: “{title}”.",
        "generic": "The title fits any file: “{title}”.",
        "format": "The title only names a format: “{title}”.",
        "shared": "All resources of the dataset have the same title: “{title}”.",
    },
    rule=rule,
    examples=(
        Example(
            _titled("Presupuesto por municipio, 2024", "Presupuesto por municipio, 2023"),
            Verdict.PASS,
            "ok",
            "a title of its own",
        ),
        Example(_titled(None), Verdict.FAIL, "missing", "no title"),
        Example(_titled("https://datos.example.org/a.csv"), Verdict.FAIL, "address", "an address"),
        Example(_titled("PPTO_2024_v2.xlsx"), Verdict.FAIL, "file_name", "the name of a file"),
        Example(_titled("2024-01"), Verdict.FAIL, "no_words", "a number"),
        Example(_titled("Recurso 1"), Verdict.FAIL, "generic", "a word that fits every file"),
        Example(_titled("CSV"), Verdict.FAIL, "format", "a format"),
        Example(
            _titled("Presupuesto", "Presupuesto", "Presupuesto"), Verdict.FAIL, "shared", "three with the same title"
        ),
        Example(
            resource_case(distribution=distribution(derived=True)),
            Verdict.NOT_APPLICABLE,
            "derived",
            "a link that the reader made",
        ),
    ),
)
