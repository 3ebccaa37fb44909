"""The shape of a value (letters as a, digits as 9) and the form that its shape has. Forms are found once for each
shape."""

import re
from enum import StrEnum


class Form(StrEnum):
    """What a value looks like by its shape alone."""

    INTEGER = "integer"
    NUMBER = "number"
    PERCENT = "percent"
    AMOUNT = "amount"
    BOUND = "bound"
    """A number held back: `<5`, `>100`, `~10`."""
    DAY = "day"
    MOMENT = "moment"
    TIME = "time"
    SPAN = "span"
    WEB = "web"
    MAIL = "mail"
    STRUCTURE = "structure"
    MARKUP = "markup"
    CODE = "code"
    """One token of letters, digits and signs."""
    WORD = "word"
    WORDS = "words"
    MIXED = "mixed"
    """Words and numbers."""
    TEXT = "text"
    OTHER = "other"


NUMERIC = frozenset({Form.INTEGER, Form.NUMBER, Form.PERCENT, Form.AMOUNT, Form.BOUND})
WORDY = frozenset({Form.WORD, Form.WORDS, Form.MIXED, Form.TEXT})

CUT = 100
"""Characters of a value whose shape is looked at."""
LONG = 60
"""Characters from which words are a text."""
MANY = 8
"""Words from which they are a text."""
_REMEMBERED = 200_000


class _Letters(dict[int, str]):
    """Code point → `a`, `A`, `9`, a space, or itself."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        if character.isdigit():
            shown = "9"
        elif character.isalpha():
            shown = "A" if character.isupper() else "a"
        elif character.isspace():
            shown = " "
        else:
            shown = character
        self[point] = shown
        return shown


_LETTERS = _Letters({10: "\n"})
_OTHERS = re.compile("[^\x00-\x7f]+")
_KNOWN: dict[str, Form] = {}

_SIGN = r"[-+−(]?\s?"
_DIGITS = (
    r"(?:9{1,3}(?:[, '\u00a0\u202f]9{3})+(?:\.9+)?|9{1,3}(?:[. \u00a0\u202f]9{3})+(?:,9+)?"
    r"|9{1,2}(?:,99)+,999(?:\.9+)?|9+[.,]9+[aA][-+]?9{1,3}|9[aA][-+]9{2,3}|9+(?:[.,]9*)?|[.,]9+)"
)
_ENDING = r"\s?[)]?[-−]?"
_CASES = re.compile(
    rf"(?P<INTEGER>[-+−]?9+)\Z|(?P<NUMBER>{_SIGN}{_DIGITS}{_ENDING}‰?)\Z"
    rf"|(?P<PERCENT>[<>~≤≥]?\s?{_SIGN}{_DIGITS}\s?%\)?(?:\s?\([^()]*\))?)\Z"
    rf"|(?P<AMOUNT>{_SIGN}(?:A{{1,3}}\.?|Aa\.?|A{{1,2}})?[$€£¢₡¥₲₱₹₽₩/]\.?\s?{_SIGN}{_DIGITS}{_ENDING}"
    rf"|{_SIGN}(?:A{{1,3}}|Aa)\.?\s?{_SIGN}9{{1,3}}(?:,9{{3}})*\.99{_ENDING}"
    rf"|{_SIGN}{_DIGITS}\s?[$€£¢₡¥₲₱₹₽₩]\)?|A{{3}}\s{_DIGITS}|{_DIGITS}\s(?:A{{3}}|aaaaa?))\Z"
    rf"|(?P<BOUND>(?:[<>≤≥~≈*]=?|[<>]/=)\s?{_DIGITS}|{_DIGITS}\s?[*+†]+)\Z"
    r"|(?P<TIME>9{1,2}:99(?::99(?:[.,]9+)?)?(?:\s?[aApP]\.?\s?[aAmM]\.?|A|[-+]99:99)?|9{1,2}\s?[aA]\s?99(?:\s?[aA])?)\Z"
    r"|(?P<MOMENT>(?:9999[-/.]9{1,2}[-/.]9{1,2}|9{1,2}[-/.]9{1,2}[-/.](?:99|9999)"
    r"|9{1,2}[-/. ][aA]{3,10}\.?[-/., ]+9{2,4}|[aA]{3,10} 9{1,2},? 9999)"
    r"(?:[aA ,]+)(?:a aaa )?9{1,2}:99.*|[aA]{3} [aA]{3} +9{1,2} 99:99:99 .*)\Z"
    r"|(?P<DAY>9999[-/.]9{1,2}[-/.]9{1,2}(?:A|[-+]99:99)?"
    r"|(?:[aA]{2,10}\.?,? )?9{1,2}\s?(?P<m>[-/.])\s?9{1,2}\s?(?P=m)\s?(?:9999|99)"
    r"|(?:[aA]{2,10}\.?,? )?9{1,2}(?:º|°|aa?)?[-/. ,]*(?:[aA]{2} )?[aA]{3,10}\.?[-/., ]+(?:[aA]{2,3} )?'?(?:9999|99)"
    r"|(?:[aA]{2,10}\.?,? )?[aA]{3,10}\.?[-/. ]*9{1,2}(?:aa)?[-/., ]+9999|9999[-/ .][aA]{3,10}[-/ .]9{1,2})\Z"
    r"|(?P<SPAN>(?:--99(?:-99)?|---99|9999(?:-99)?)(?:A|[-+]99:99)|--99(?:-99)?|---99"
    r"|9999\s?[-/–—]\s?9{2,4}|9999\s?[-/.]?\s?[AaTtQ]{1,2}9|A9\s?[-/]?\s?9999|9{1,2}[-/]9999"
    r"|[aA]{3,10}\.?[-/. ](?:[aA]{2,3} )?'?(?:9999|99)|9999[-/. ][aA]{3,10}\.?"
    r"|AA\s?9{2,4}\s?(?:[-/]\s?9{2,4})?|[aA]?9{4}[-/][aA]?9{2,4}"
    r"|(?:9999|9{1,2})[-/.]9{1,2}[-/.]9{1,4}\S*\s?(?:/|--?| a | al | to |–)\s?[9A].*|9999\s(?:[aA]{1,2})\s9999)\Z"
)
_WEB = re.compile(r"\s?(?:[aA]{3,8}://|AAA\.|aaa\.)\S")
_MAIL = re.compile(r"\S*[\w]@[\w][\w.-]*\.[aA]{2,}")
_LETTERS_ONLY = re.compile(r"[aA .,'’‘`´\-–()/&:;\"“”¿?¡!ªº°#*+]+\Z")
_STRUCTURE = re.compile(r"\s*(?:\{\s*(?:[\"'}]|[aA]['\"])|\[\s*(?:[\"'\[{\]]|[aA]['\"]|-?9+[\],. ]|[aA]+\]?\Z))")
_MARKUP = re.compile(r"[^<]*<(?:[aA]+9?(?:\s[^>]*)?|/[aA]+9?|!--)/?>", re.DOTALL)


def shapes_of(values: list[str], text: str | None = None) -> list[str]:
    """The shapes of many values at once; `text` are the values one a line, where somebody has that already.

    >>> shapes_of(["Zona 12", "3.5"])
    ['Aaaa 99', '9.9']
    """
    if text is None or max(map(len, values), default=0) > CUT:
        cut = [value[:CUT] for value in values]
        text = "\n".join(cut)
    if text.count("\n") != len(values) - 1:
        return [value[:CUT].translate(_LETTERS) for value in values]
    if not text.isascii():
        # Only among ASCII does Python translate fast: the other letters, few in most languages here, go first.
        text = _OTHERS.sub(_shaped, text)
    return text.translate(_LETTERS).replace("\t", " ").split("\n")


def forms_of(values: list[str], text: str) -> list[Form]:
    """The forms of many values; `text` are they, one a line."""
    return [_KNOWN.get(shape) or form_of(shape) for shape in shapes_of(values, text)] if values else []


def _shaped(found: re.Match[str]) -> str:
    return found[0].translate(_LETTERS)


def form_of(shape: str) -> Form:
    """The form of a shape."""
    known = _KNOWN.get(shape)
    if known is None:
        known = _form(shape)
        if len(_KNOWN) < _REMEMBERED:
            _KNOWN[shape] = known
    return known


def _form(shape: str) -> Form:
    bare = shape.strip()
    if not bare:
        return Form.OTHER
    if bare[0] in "{[" and _STRUCTURE.match(bare):
        return Form.STRUCTURE
    if "9" in bare and len(bare) <= LONG:
        found = _CASES.match(bare)
        if found is not None and found.lastgroup is not None:
            name = next(each for each, text in found.groupdict().items() if text is not None and each != "m")
            return Form[name]
    if ("://" in bare or bare[3:4] == ".") and _WEB.match(bare):
        return Form.WEB
    if "@" in bare and _MAIL.search(bare):
        return Form.MAIL
    if "<" in bare and _MARKUP.match(bare):
        return Form.MARKUP
    return _wording(bare)


def _wording(bare: str) -> Form:
    spaces = bare.count(" ")
    if len(bare) > LONG or spaces >= MANY:
        return Form.TEXT if spaces >= 3 else Form.CODE
    if _LETTERS_ONLY.match(bare) is not None:
        if not ("a" in bare or "A" in bare):
            return Form.OTHER
        return Form.WORDS if spaces else Form.WORD
    if not spaces:
        return Form.CODE
    return Form.MIXED if "a" in bare or "A" in bare else Form.OTHER
