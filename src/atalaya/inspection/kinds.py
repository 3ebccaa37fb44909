"""The physical kind of one cell and of a column of cells: integer, number, date, boolean, text, empty."""

import datetime as dt
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

Cell = str | int | float | bool | dt.date | dt.time | dt.timedelta | None
"""A value as a reader gives it; text files give text only."""

MISSING = frozenset(
    {
        "", "-", "--", "---", "----", "-----", "- -", "–", "—", "−", "_", "__", ".", "..", "...", "....", "…", "*", "**", "***",
        "?", "??", ":", "/", "//", "na", "n/a", "n.a.", "n.a", "n-a", "n\\a", "#n/a", "#n/a n/a", "n/d", "n.d.", "n.d", "nd",
        "nan", "-nan", "null", "(null)", "none", "<none>", "nil", "<nil>", "undefined", "s/d", "s.d.", "s.d", "sd", "s/i",
        "s.i.", "s.i", "n/i", "n.i.", "n/r", "n.r.", "s/n/d", "sin dato", "sin datos", "sin información", "sin informacion",
        "no disponible", "no hay dato", "no hay datos", "dato no disponible", "información no disponible",
        "informacion no disponible", "no data", "nodata", "no_data", "not available", "missing", "<missing>", "(missing)",
        "(blank)", "(en blanco)", "(vacío)", "(vacio)", "(vacías)", "(vacias)", "sem informação", "sem informacao", "sem dados",
        "sem dado", "não disponível", "nao disponivel", "não informado", "nao informado", "non disponible", "n. d.", "n. a.",
        "s. d.", "\\n", "<na>", "<null>", "pd.na", "#null!", "#ref!", "#div/0!", "#value!", "#name?", "#num!", "#n/d", "#¡ref!",
        "#¡div/0!", "#¡valor!", "#¿nombre?", "#¡num!", "#¡nulo!", "#valor!", "#nome?", "#núm!", "#nulo!", "#spill!", "#calc!",
        "#getting_data",
    }
)  # fmt: skip
"""Disguises of a missing value, in lower case and without spaces around."""
LONGEST = 40
"""Characters above which a text is no number, date or truth value."""
BOOLEANS = frozenset(
    {"true", "false", "verdadero", "falso", "verdadeiro", "sí", "si", "no", "yes", "não", "t", "f", "y", "n", "s"}
)
SURE_BOOLEANS = frozenset({"true", "false", "verdadero", "falso", "verdadeiro", "sí", "yes"})
_DIGIT = re.compile(r"\d")
"""What every number and every date holds."""
INTEGER = re.compile(r"[-+−]?(?:0|[1-9]\d{0,17})\Z")
PLAIN: dict[str, str] = {
    "integer": r"[-+]?(?:0|[1-9][0-9]{0,17})",
    "number": r"[-+]?(?:0|[1-9][0-9]*)[.,][0-9]+",
    "date": r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])",
}
"""The commonest spellings by kind, tried first: each is what the patterns below say of it."""
_PLAIN = re.compile(rf"(?:{'|'.join(f'(?P<{kind}>{pattern})' for kind, pattern in PLAIN.items())})\Z")
_CURRENCY = r"(?:US\$|R\$|B/\.|Bs\.?|Q\.?|\$|€|£|¢|₡|L\.?|C\$|S/\.?|GTQ|USD|EUR)?\s?"
NUMBER = re.compile(
    rf"\(?[-+−]?\s?{_CURRENCY}[-+−]?(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|"
    r"\d{1,3}(?:[ \u00a0\u202f']\d{3})+(?:[.,]\d+)?|(?:0|[1-9]\d*)(?:[.,]\d+)?|[.,]\d+|0+[.,]\d+)"
    r"(?:[eE][-+]?\d+)?\s?(?:%|€|\$)?\)?\Z"
)
_MONTH = (
    r"(?:ene(?:ro)?|feb(?:rero|ruary)?|mar(?:zo|ch)?|abr(?:il)?|apr(?:il)?|may(?:o)?|jun(?:io|e)?"
    r"|jul(?:io|y)?|ago(?:sto)?|aug(?:ust)?|"
    r"sep(?:t(?:iembre|ember)?)?|set(?:iembre|embro)?|oct(?:ubre|ober)?|out(?:ubro)?|nov(?:iembre|ember|embro)?|"
    r"di[cz](?:iembre|embro)?|dec(?:ember)?|jan(?:uary|eiro)?|fev(?:ereiro)?)"
)
_TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[aApP]\.?\s?[mM]\.?)?\s*(?:Z|UTC|[-+]\d{2}:?\d{2})?)?"
DATE = re.compile(
    rf"(?:\d{{4}}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01]){_TIME}"
    rf"|(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:\d{{4}}|\d{{2}}){_TIME}"
    rf"|(?:0?[1-9]|[12]\d|3[01])[-/. ](?:de )?{_MONTH}\.?[-/., ]+(?:de |del )?(?:\d{{4}}|\d{{2}}){_TIME}"
    rf"|{_MONTH}\.?[-/. ](?:0?[1-9]|[12]\d|3[01]),?[-/. ]+\d{{4}}{_TIME}"
    rf"|{_MONTH}\.?[-/ ](?:de )?(?:\d{{4}}|\d{{2}})"
    r"|\d{4}-(?:0[1-9]|1[0-2])|\d{1,2}:\d{2}(?::\d{2})?)\Z",
    re.IGNORECASE,
)
_BEGINNINGS = frozenset(
    {"ab", "ag", "ap", "au", "bs", "de", "di", "en", "eu", "fe", "gt", "ja", "ju", "ma", "no", "oc", "ou", "se", "us"}
)
"""The first two letters of the months and currencies above: a text that begins with two others is no date and no number."""
_SHARE = 0.98
"""Share of the filled cells that must be of a kind for a column to be of it: a stray note in a column of numbers is
a defect of the cell, more than one in fifty is not a column of numbers."""


def words(text: str) -> frozenset[str]:
    """A word list written as one text."""
    return frozenset(text.split())


def cell_text(value: Cell) -> str:
    """The value as text without spaces around; whole floats lose their `.0`, so that readers of other formats agree."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def cell_texts(cells: Sequence[Cell]) -> list[str]:
    """The texts of a row of cells."""
    try:
        return list(map(str.strip, cells))  # type: ignore[arg-type]
    except TypeError:
        return list(map(cell_text, cells))


def cell_kind(value: Cell) -> str:
    """The kind of one value; text is read, values of readers that know types keep theirs."""
    if isinstance(value, str):
        return text_kind(value)
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "integer" if value.is_integer() and abs(value) < 1e15 else "number"
    return "date"


@lru_cache(maxsize=65_536)
def text_kind(text: str) -> str:
    """The kind that a text looks like.

    Whole numbers with a leading zero are codes, hence text.

    >>> text_kind("1.234,56"), text_kind("0101"), text_kind("s.d.")
    ('number', 'text', 'empty')
    """
    bare = text.strip()
    if len(bare) > LONGEST:
        return "text"
    plain = _PLAIN.match(bare)
    if plain is not None and plain.lastgroup is not None:
        return plain.lastgroup
    lowered = bare.lower()
    if lowered in MISSING:
        return "empty"
    first = lowered[:2]
    if (first.isalpha() and len(first) == 2 and first not in _BEGINNINGS) or _DIGIT.search(bare) is None:
        return "boolean" if lowered in BOOLEANS else "text"
    if INTEGER.match(bare):
        return "integer"
    if DATE.match(bare):
        return "date"
    return "number" if NUMBER.match(bare) else "text"


WORDED = _BEGINNINGS | {word[:2] for word in MISSING | BOOLEANS if word[:2].isalpha() and len(word) > 1}
"""The first two letters of all words that are more than texts."""
_MOST_BESIDE = 2
"""Of tables that have so many times more texts than were judged in their head all are judged anew."""
_UNLIKE = "\u0130\u017f\u212a"
"""Letters that are written as an English one in lower case, or are matched by one."""


def _plain_text() -> str:
    """A pattern of texts that are surely nothing else: two letters with which none of those words begins, or digits behind a
    zero. Told by the first letter, so that no list of words is tried on each text."""
    seconds: dict[str, str] = {}
    for word in sorted(WORDED):
        seconds[word[0]] = f"{seconds.get(word[0], '')}{word[1]}{word[1].upper()}"
    firsts = "".join(f"{first}{first.upper()}" for first in seconds)
    ways = [f"[{first}{first.upper()}][^\\W\\d_{_UNLIKE}{others}]" for first, others in seconds.items()]
    return f"(?:[^\\W\\d_{_UNLIKE}{firsts}][^\\W\\d_{_UNLIKE}]|{'|'.join(ways)}).*|0[0-9]+"


_OTHERS = {
    kind: re.compile(rf"(?:(?:{pattern})\n)*+(?:(.*\n)|\Z)")
    for kind, pattern in {
        "integer": PLAIN["integer"],
        "number": r"[-+]?(?:0|[1-9][0-9]{0,17})[.,][0-9]{1,18}",
        "date": PLAIN["date"],
        "text": _plain_text(),
    }.items()
}
"""Of many lines, each with its end, those that are not written as most of a kind are; those that are are passed over at once."""


def kinds_of(texts: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The kind of most of some texts without spaces around them, and the kinds of those that are not written like most.

    As `text_kind` tells each, but many at a time.

    >>> kinds_of(["12", "-3", "N/D", "4"])
    ('integer', {'N/D': 'empty'})
    """
    if not texts:
        return "empty", {}
    kind = text_kind(texts[len(texts) // 2])
    lines = "\n".join(texts) + "\n"
    pattern = _OTHERS.get(kind)
    if pattern is None or lines.count("\n") > len(texts):
        others = texts
    else:
        others = [line[:-1] for line in pattern.findall(lines) if line]
    return kind, dict(zip(others, map(text_kind, others), strict=True))


@dataclass(frozen=True, slots=True)
class Judged:
    """Texts of a column whose kinds are known: `most` of them are of one kind, `others` of those that it names."""

    texts: Container[str]
    count: int
    most: str
    others: Mapping[str, str]


def kinds_beside(
    texts: Mapping[Cell, object], order: Sequence[str], known: "Judged | None"
) -> tuple[str, dict[str, str]]:
    """The same of the keys of `texts` in `order`, where some of them, or texts that are not among them, were judged before."""
    if known is None or len(order) > _MOST_BESIDE * known.count:
        return kinds_of(order)
    others = {text: kind for text, kind in known.others.items() if text in texts}
    new = [text for text in order if text not in known.texts]
    kind, different = kinds_of(new)
    if kind == known.most:
        return kind, {**others, **different}
    return known.most, {**others, **{text: different.get(text, kind) for text in new}}


def column_kind(counts: dict[str, int], sure_booleans: bool = True) -> str:
    """The kind of a column from how many of its cells are of each kind; empty cells do not vote."""
    filled = sum(number for kind, number in counts.items() if kind != "empty")
    if filled == 0:
        return "empty"
    enough = filled * _SHARE
    if counts.get("integer", 0) >= enough:
        return "integer"
    if counts.get("integer", 0) + counts.get("number", 0) >= enough:
        return "number"
    if counts.get("date", 0) >= enough:
        return "date"
    if counts.get("boolean", 0) >= enough and sure_booleans:
        return "boolean"
    return "text"


def is_sure_boolean(text: str) -> bool:
    """Whether a text can only be a truth value; `no`, `s` and `f` alone may be codes."""
    return text.strip().lower() in SURE_BOOLEANS
