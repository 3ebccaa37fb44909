"""More publisher texts from labelled ones, by rules that keep the label.

A label is the id of an institution, or None for a text that names none of the register. The rules repeat what
officials, web editors and portals do to a name: accents lost, capitals, a slug, text read in the wrong encoding, an
abbreviation, the country added, a unit put in front, a slip of one letter. Rules that could make a text name another
body are held back: a text without a label is never given a country, a unit or a slip, and a municipality or
departmental government is never given the country.
"""

import html.entities
import random
import re
import unicodedata
from collections.abc import Callable, Iterable

Rule = Callable[[str, random.Random], str]
"""Writes a text in another way; gives it back unchanged where the rule does not apply."""

MOST = 3
ATTEMPTS = 12
SHORTEST_WORD_WITH_A_SLIP = 8
TERRITORIAL = re.compile(r":(?:municipalidad|gobernacion)-")
SLUG = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
LETTERS = re.compile(r"[^\W\d_]+")
GARBLED = re.compile(r"[ÃÂ][\x80-\xbf\u0100-\u2122]|&[a-z]+;")
"""What an earlier mistake of encoding leaves behind; such a text is not taken apart once more."""
ACRONYM = re.compile(r"^(?P<name>.*\w)(?:\s*\((?P<a>[A-Z]{2,10})\)|\s+-\s*(?P<b>[A-Z]{2,10})-?)$")
UNIT = re.compile(
    r"\b(?:unidad|direcci|departamento de|depto|dir\.|viceministerio|intendencia|fiscal[ií]a|facultad)", re.IGNORECASE
)
MASCULINE = re.compile(
    r"(?:ministerio|instituto|consejo|concejo|registro|congreso|banco|organismo|procurador|tribunal|fondo"
    r"|ej[eé]rcito)\b",
    re.IGNORECASE,
)
FEMININE = re.compile(
    r"(?:secretar[ií]a|municipalidad|alcald[ií]a|corporaci[oó]n|gobernaci[oó]n|superintendencia|comisi[oó]n"
    r"|contralor[ií]a|procuradur[ií]a|universidad|corte|agencia|autoridad|asociaci[oó]n|oficina|coordinadora"
    r"|inspecci[oó]n|defensor[ií]a|confederaci[oó]n|canciller[ií]a|polic[ií]a|instituci[oó]n)\b",
    re.IGNORECASE,
)
ABBREVIATIONS = (
    (re.compile(r"\bministerio\b", re.IGNORECASE), ("Min.",)),
    (re.compile(r"\bsecretar[ií]a\b", re.IGNORECASE), ("Sec.", "Sría.")),
    (re.compile(r"\bdirecci[oó]n general\b", re.IGNORECASE), ("Dir. Gral.",)),
    (re.compile(r"\bdepartamento\b", re.IGNORECASE), ("Depto.",)),
    (re.compile(r"\b(?i:municipalidad de)(?= [A-ZÁÉÍÓÚÑ])"), ("Muni", "Muni de", "Mun. de", "Mun.")),
    (re.compile(r"\bmunicipalidad\b", re.IGNORECASE), ("Muni", "Mun.")),
)


def _folded(text: str) -> str:
    """The text in lower case, without accents and without signs: two texts alike but for those are equal."""
    plain = _without_accents(text, random.Random(0)).casefold()
    return " ".join(re.findall(r"[^\W_]+", plain))


def _without_accents(text: str, _: random.Random) -> str:
    if GARBLED.search(text):
        return text
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def _other_case(text: str, chance: random.Random) -> str:
    """All capitals, all small letters, or a capital for every word."""
    if GARBLED.search(text):
        return text
    return chance.choice((str.upper, str.lower, lambda given: LETTERS.sub(lambda word: word[0].capitalize(), given)))(
        text
    )


def _misread(text: str, _: random.Random) -> str:
    """UTF-8 read as Windows-1252."""
    if GARBLED.search(text):
        return text
    try:
        return text.encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:
        return text


def _slug(text: str, _: random.Random) -> str:
    if GARBLED.search(text):
        return text
    return _folded(text.replace(".", "")).replace(" ", "-")


def _spaces(text: str, chance: random.Random) -> str:
    """One space doubled or made non-breaking."""
    places = [place for place, sign in enumerate(text) if sign == " "]
    if not places:
        return text + " "
    place = chance.choice(places)
    return text[:place] + chance.choice(("  ", "\N{NO-BREAK SPACE}")) + text[place + 1 :]


def _trailing(text: str, chance: random.Random) -> str:
    """A sign left at the end; it takes the place of one that is there, but not of the last dot of `S.A.`"""
    dotted = "." in text.split()[-1][:-1]
    bare = text if dotted else text.rstrip(".,;:")
    return bare + chance.choice((",", ";", " -") if dotted else (".", ",", ";", ":", " .", " -"))


def _entities(text: str, _: random.Random) -> str:
    """Accented letters as HTML writes them."""
    if GARBLED.search(text):
        return text
    names = html.entities.codepoint2name
    return "".join(f"&{names[ord(sign)]};" if sign.isalpha() and ord(sign) in names else sign for sign in text)


def _acronym_otherwise(text: str, chance: random.Random) -> str:
    """An acronym at the end: in parentheses, after a dash or between dashes."""
    found = ACRONYM.match(text)
    if not found:
        return text
    acronym = found["a"] or found["b"]
    return found["name"] + chance.choice((f" ({acronym})", f" - {acronym}", f" -{acronym}-"))


def _abbreviated(text: str, chance: random.Random) -> str:
    """The first long word of the text that has an official abbreviation, as officials write it."""
    for pattern, short_forms in ABBREVIATIONS:
        found = pattern.search(text)
        if found:
            short = chance.choice(short_forms)
            short = short.upper() if found[0].isupper() else short
            return text[: found.start()] + short + text[found.end() :]
    return text


def _with_country(text: str, chance: random.Random) -> str:
    if "guatemal" in _folded(text) or not text[-1].isalnum():
        return text
    return text + chance.choice((" de Guatemala", ", Guatemala, C.A.", " (Guatemala)"))


def _within_unit(text: str, chance: random.Random) -> str:
    """A unit that every body has, put in front; not in front of a text that already names a unit."""
    if UNIT.search(text):
        return text
    if MASCULINE.match(text):
        of = "del"
    elif FEMININE.match(text):
        of = "de la"
    else:
        of = "de"
    fronts = (
        "Unidad de Informática, ",
        "Unidad de Acceso a la Información Pública - ",
        f"Dirección de Planificación {of} ",
    )
    return chance.choice(fronts) + text


def _slip(text: str, chance: random.Random) -> str:
    """One letter swapped with the next, dropped or doubled, inside a word of eight letters or more."""
    if GARBLED.search(text):
        return text
    words = [found for found in LETTERS.finditer(text) if len(found[0]) >= SHORTEST_WORD_WITH_A_SLIP]
    if not words:
        return text
    found = chance.choice(words)
    place = chance.randrange(found.start() + 1, found.end() - 2)
    here, following = text[place], text[place + 1]
    written = chance.choice((following + here, following, here + here + following))
    return text[:place] + written + text[place + 2 :]


FORMS: tuple[Rule, ...] = (_without_accents, _other_case, _misread, _slug, _spaces, _trailing, _entities)
"""The same words in another dress: safe for every text."""
WORDINGS: tuple[Rule, ...] = (_acronym_otherwise, _abbreviated)
"""The same name as officials also write it: safe for every text."""
ADDITIONS: tuple[Rule, ...] = (_with_country, _within_unit, _slip)
"""Words or slips that keep the body only where the text names one."""


def _rules_of(text: str, label: str | None) -> tuple[Rule, ...]:
    """The rules on the words of a text that keep its label."""
    if SLUG.fullmatch(text):
        return ()
    if label is None:
        return WORDINGS
    if TERRITORIAL.search(label):
        return (*WORDINGS, _within_unit, _slip)
    return (*WORDINGS, *ADDITIONS)


def _variation(text: str, label: str | None, chance: random.Random) -> str:
    """One rule on the words, one on the form, or both."""
    rules = _rules_of(text, label)
    how = chance.choice(("words", "form", "both")) if rules else "form"
    if how != "form":
        text = chance.choice(rules)(text, chance)
    if how != "words":
        text = chance.choice(FORMS)(text, chance)
    return text


def varied(rows: Iterable[tuple[str, str | None]], seed: int) -> list[tuple[str, str | None]]:
    """One to three further texts for every row, with its label; the same rows and seed always give the same list.

    No text is given twice or repeats a row, and none reads like a row of another label but for accents, case and
    signs.
    """
    given = list(rows)
    chance = random.Random(seed)
    taken = {text for text, _ in given}
    meant: dict[str, set[str | None]] = {}
    for text, label in given:
        meant.setdefault(_folded(text), set()).add(label)
    further: list[tuple[str, str | None]] = []
    for text, label in given:
        wanted = chance.randint(1, MOST)
        for _ in range(ATTEMPTS * MOST):
            if not wanted:
                break
            candidate = _variation(text, label, chance)
            if candidate in taken or meant.get(_folded(candidate), {label}) != {label}:
                continue
            taken.add(candidate)
            further.append((candidate, label))
            wanted -= 1
    return further
