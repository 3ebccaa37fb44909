"""Citations of articles and numerals of a law in the words of a site: `Art. 10 num. 8`, `10.8`, `N8`, `Numeral VIII`."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from atalaya.countries.pack import Citation, Duty
from atalaya.duties.wording import Wording

LONGEST_RUN = 6
"""Numerals that one text may cite one after the other; who cites more names the law, not its duties."""


class Form(StrEnum):
    """How a citation is written, from the surest to the least sure."""

    ARTICLE_AND_NUMERAL = "article_and_numeral"
    NUMERAL = "numeral"
    """A word for the numeral and its number; the article follows from what stands around it."""
    COMBINED = "combined"
    """Both numbers without a word at the beginning: `10.8`, `10-8`."""
    MARK = "mark"
    """A mark and a number at the beginning: `N8`, `No. 8`."""
    LEADING_NUMBER = "leading_number"
    """A number and a title, as a list has them: `8. Execution of the budget`."""
    NUMBER_ALONE = "number_alone"


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation. `article` is None where the text does not name it; `said` is the stretch of the text."""

    article: str | None
    numeral: str
    form: Form
    said: str


@dataclass(frozen=True, slots=True)
class CitationReader:
    """Compiled patterns of a law; `known` maps (article, numeral), both in their plain forms, to the id of the duty."""

    known: Mapping[tuple[str, str], str]
    articles: frozenset[str]
    hint: re.Pattern[str]
    """What a text holds at least that cites something."""
    default_article: str | None
    values: Mapping[str, str]
    article: re.Pattern[str]
    pair: re.Pattern[str]
    numeral: re.Pattern[str]
    combined: re.Pattern[str]
    mark: re.Pattern[str]
    leading: re.Pattern[str]
    token: re.Pattern[str]


_JOINT = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")


def plain(text: str) -> str:
    """Lower case without accents, with the punctuation that citations are written with; underscores are spaces, and letters
    stand apart from digits.

    >>> plain("Artículo_10 Nº 8, N8")
    'articulo 10 no 8, n 8'
    """
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return _JOINT.sub(" ", text.lower().replace("_", " "))


def compile_citations(citation: Citation, duties: Iterable[Duty], wording: Wording) -> CitationReader:
    """The reader of one law's citations. A law that declares no words is cited by both numbers alone."""
    listed = tuple(duties)
    known = {(_normal(duty.article), _normal(duty.numeral)): duty.id for duty in listed}
    values = _values(citation.forms, wording, {numeral for _, numeral in known})
    value = rf"(?:{_any((*values, *_digits(citation)))})(?![a-z0-9])"
    articles = _any({article for article, _ in known} | {f"0*{article}" for article, _ in known})
    before = rf"(?<![a-z0-9]){_words(citation.article)}"
    named = rf"(?<![a-z0-9]){_words(citation.numeral)}"
    marks = _words(citation.marks)
    first = rf"^\W*(?:{_words(citation.law)}\W+)?"
    joined = rf"\s*(?:,|;|&|/|\b(?:{_any(wording.joints)})\b)\s*"
    ranged = rf"\s*(?:-|–|\b(?:{_any(wording.until)})\b)\s*"
    gap = r"[\s.,:;()°#-]{0,4}"
    return CitationReader(
        known=known,
        articles=frozenset(article for article, _ in known),
        hint=re.compile(rf"\d|{named}|{before}|^\W*{value}\W*$"),
        default_article=None if citation.default_article is None else _normal(citation.default_article),
        values=values,
        article=re.compile(rf"{before}{gap}(?P<article>\w{{1,5}}?)(?![a-z0-9])"),
        pair=re.compile(
            rf"(?:{before}{gap}(?P<article>{articles})(?:\s*[.,/-]\s*|\s+){marks}?"
            rf"|{named}{gap}(?P<beside>{articles})\s?[.-]\s?){gap}(?P<numeral>{value})(?!\s*[./-]\s*\d)"
        ),
        numeral=re.compile(rf"{named}{gap}(?P<run>{value}(?:(?:{joined}|{ranged}){value})*)(?!\s*[./-]\d{{3}})"),
        combined=re.compile(rf"{first}(?P<article>{articles})\s?[.-]\s?(?P<numeral>{value})(?!\s*[./%-]\s*\d|\s*%)"),
        mark=re.compile(rf"{first}{marks}{gap}(?P<numeral>{value})(?!\s*[./-]\s*\d)"),
        leading=re.compile(rf"^\W*(?P<numeral>{value})\s*[.):–-]+\s*(?=[a-z])|^\W*(?P<alone>{value})\W*$"),
        token=re.compile(rf"(?P<value>{value})|(?P<range>{ranged})"),
    )


def citations_in(text: str, reader: CitationReader) -> tuple[Cited, ...]:
    """The citations of a text whose case and accents are off (see `plain`), in their order, each duty once."""
    found: list[tuple[int, Cited]] = []
    taken = text
    for match in reader.pair.finditer(text):
        article = _normal(match["article"] or match["beside"])
        cited = Cited(article, _value(match["numeral"], reader), Form.ARTICLE_AND_NUMERAL, match[0])
        if (cited.article, cited.numeral) in reader.known:
            found.append((match.start(), cited))
            taken = taken[: match.start()] + " " * len(match[0]) + taken[match.end() :]
    articles = [(match.start(), _normal(match["article"])) for match in reader.article.finditer(taken)]
    articles = [(place, article) for place, article in articles if article in reader.articles]
    for match in reader.numeral.finditer(taken):
        before = [article for place, article in articles if place < match.start()]
        near = before[-1] if before else (articles[0][1] if articles else None)
        form = Form.NUMERAL if near is None else Form.ARTICLE_AND_NUMERAL
        run = _run(match["run"], reader)
        if len(run) <= LONGEST_RUN:
            found += [(match.start(), Cited(near, numeral, form, match[0])) for numeral in run]
    if not found:
        found = _at_the_beginning(text, reader)
    return tuple(dict.fromkeys(cited for _, cited in sorted(found, key=lambda each: each[0])))


def article_in(text: str, reader: CitationReader) -> str | None:
    """The first article of the law that a plain text names; None where it names none."""
    named = (_normal(match["article"]) for match in reader.article.finditer(text))
    return next((article for article in named if article in reader.articles), None)


def _at_the_beginning(text: str, reader: CitationReader) -> list[tuple[int, Cited]]:
    if match := reader.combined.match(text):
        article, numeral = _normal(match["article"]), _value(match["numeral"], reader)
        if (article, numeral) in reader.known:
            return [(0, Cited(article, numeral, Form.COMBINED, match[0].strip()))]
    if match := reader.mark.match(text):
        return [(0, Cited(None, _value(match["numeral"], reader), Form.MARK, match[0].strip()))]
    if match := reader.leading.match(text):
        form = Form.NUMBER_ALONE if match["numeral"] is None else Form.LEADING_NUMBER
        return [(0, Cited(None, _value(match["numeral"] or match["alone"], reader), form, match[0].strip()))]
    return []


def _run(text: str, reader: CitationReader) -> list[str]:
    """The numerals of `10, 11 and 20` or `1 to 5`."""
    numerals: list[str] = []
    ranged = False
    for match in reader.token.finditer(text):
        if match["value"] is None:
            ranged = True
            continue
        value = _value(match["value"], reader)
        if ranged and numerals and numerals[-1].isdigit() and value.isdigit():
            numerals += [str(number) for number in range(int(numerals[-1]) + 1, int(value))]
        numerals.append(value)
        ranged = False
    return numerals


def _digits(citation: Citation) -> tuple[str, ...]:
    return (r"\d{1,3}",) if "digits" in citation.forms else ()


def _values(forms: Iterable[str], wording: Wording, numerals: Iterable[str]) -> dict[str, str]:
    """Ways to write a numeral, besides digits, → its plain form."""
    values: dict[str, str] = {}
    for numeral in numerals:
        if not numeral.isdigit():
            values[numeral] = numeral
        elif "roman" in forms:
            values[_roman(int(numeral))] = numeral
    if "words" in forms:
        values |= {word: str(number) for word, number in wording.numbers.items()}
    return values


def _roman(number: int) -> str:
    written = ""
    for value, letters in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        written += letters * (number // value)
        number %= value
    return written


def _value(text: str, reader: CitationReader) -> str:
    return reader.values.get(text) or _normal(text)


def _normal(text: str) -> str:
    told = plain(text).strip()
    return str(int(told)) if told.isdigit() else told


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(set(words), key=lambda word: (-len(word), word))) or r"(?!)"


def _words(words: Iterable[str]) -> str:
    """Any of the words, of none a pattern that matches nothing."""
    return rf"(?:{_any(re.escape(plain(word)) for word in words)})"
