"""Kinds of cells as DuckDB tells them: the rules of `kinds.text_kind`, written from the same lists and patterns.

RE2, which DuckDB uses, knows neither `\\Z` nor Python's `\\d` and `\\s` of all scripts. Its Unicode is newer than Python's:
digits of the scripts of Unicode 15 (Kawi, Nag Mundari) are digits to it alone, and it does not take a dotless i for an i.
"""

import re
import string
from collections.abc import Iterable

from atalaya.inspection.kinds import BOOLEANS, DATE, INTEGER, LONGEST, MISSING, NUMBER, PLAIN, SURE_BOOLEANS, WORDED

BLANKS = "".join(chr(place) for place in range(0x3001) if chr(place).isspace())
"""What `str.strip` takes away (Unicode 15; there are none above)."""


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def literals(texts: Iterable[str]) -> str:
    """Texts as a list for `IN`."""
    return "(" + ", ".join(map(literal, sorted(texts))) + ")"


_DIGIT = r"\p{Nd}"
_SPACE = "[" + "".join(f"\\x{{{ord(letter):x}}}" for letter in BLANKS) + "]"


def _re2(pattern: "re.Pattern[str]") -> str:
    """A pattern of `kinds` in the syntax of RE2, as an SQL literal; it is matched against the whole text."""
    told = pattern.pattern.removesuffix(r"\Z").replace(r"\d", _DIGIT).replace(r"\s", _SPACE)
    told = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), told)
    return literal(("(?i)" if pattern.flags & re.IGNORECASE else "") + told)


def _begins_plainly(text: str) -> str:
    """Whether a text begins with a digit or a sign (or with one of the three marks between them)."""
    return f"unicode({text}) BETWEEN {ord('+')} AND {ord('9')}"


def _begins_a_text() -> str:
    """A pattern of texts that begin with two English letters with which none of the words begins that are more than texts."""
    seconds = dict.fromkeys(string.ascii_lowercase, "")
    for word in sorted(WORDED):
        if word.isascii():
            seconds[word[0]] += word[1]
    ways = []
    for first, others in seconds.items():
        rest = "".join(letter for letter in string.ascii_lowercase if letter not in others)
        ways.append(f"[{first}{first.upper()}][{rest}{rest.upper()}]")
    return f"^(?:{'|'.join(ways)})"


_TEXT = _begins_a_text()


def kind_of(text: str) -> str:
    """The SQL expression of the kind of a text without spaces around, which is the name of a column."""
    return f"""CASE
        WHEN strlen({text}) > {4 * LONGEST} OR length({text}) > {LONGEST} THEN 'text'
        WHEN {_begins_plainly(text)} AND regexp_full_match({text}, {literal(PLAIN["integer"])}) THEN 'integer'
        WHEN {_begins_plainly(text)} AND regexp_full_match({text}, {literal(PLAIN["number"])}) THEN 'number'
        WHEN {_begins_plainly(text)} AND regexp_full_match({text}, {literal(PLAIN["date"])}) THEN 'date'
        WHEN regexp_matches({text}, {literal(_TEXT)}) THEN 'text'
        WHEN lower({text}) IN {literals(MISSING)} THEN 'empty'
        WHEN NOT regexp_matches({text}, {literal(_DIGIT)})
        THEN CASE WHEN lower({text}) IN {literals(BOOLEANS)} THEN 'boolean' ELSE 'text' END
        WHEN regexp_full_match({text}, {_re2(INTEGER)}) THEN 'integer'
        WHEN regexp_full_match({text}, {_re2(DATE)}) THEN 'date'
        WHEN regexp_full_match({text}, {_re2(NUMBER)}) THEN 'number'
        ELSE 'text' END"""


def is_sure_boolean(text: str) -> str:
    """The SQL expression of `kinds.is_sure_boolean` for a text without spaces around."""
    return f"lower({text}) IN {literals(SURE_BOOLEANS)}"


def is_padded(text: str) -> str:
    """The SQL expression that tells whether a text begins or ends with spaces."""
    firsts = ", ".join(str(ord(letter)) for letter in BLANKS)
    return f"(unicode({text}) IN ({firsts}) OR regexp_matches({text}, {literal(_SPACE + chr(92) + 'z')}))"


def is_blank(text: str) -> str:
    """The SQL expression that tells whether a text holds nothing but spaces."""
    firsts = ", ".join(str(ord(letter)) for letter in BLANKS)
    return f"({text} = '' OR (unicode({text}) IN ({firsts}) AND {stripped(text)} = ''))"


def stripped(text: str) -> str:
    """The SQL expression of a text without spaces around."""
    return f"trim({text}, {literal(BLANKS)})"


def stripped_of(text: str, edges: str) -> str:
    """The same for texts that begin and end with none but these spaces: faster where few do."""
    if not edges:
        return text
    firsts = ", ".join(str(ord(letter)) for letter in edges)
    lasts = " OR ".join(f"suffix({text}, {literal(letter)})" for letter in edges)
    return f"CASE WHEN unicode({text}) IN ({firsts}) OR {lasts} THEN {stripped(text)} ELSE {text} END"
