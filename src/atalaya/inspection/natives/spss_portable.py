"""SPSS portable files (`.por`): text in lines of eighty characters, numbers to base 30, as PSPP describes them."""

from __future__ import annotations

from atalaya.inspection.natives.messages import chunks, fault
from atalaya.inspection.natives.variables import Variable, days_text, seconds_text, tables_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from atalaya.inspection.natives.messages import Budget, Message

_LINE = 80
_TABLE = 200
"""Where the table of characters begins, behind five lines for people; 256 characters long."""
_MARK = "SPSSPORT"
_CHARACTERS = (
    "\0" * 64
    + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz "
    + ".<(+|&[]!$*);^-/|,%_>?`:#@'=\"      ~-   0123456789   -() {}\\"
)
"""What the places of the table stand for, as far as programs write them."""
_DIGITS = {character: value for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRST")}
_MOST_VARIABLES = 100_000
_DATES = frozenset({20, 23, 24, 27, 28, 29, 30, 38, 39})
_MOMENTS = frozenset({22, 41})
_CALENDAR = -12219379200.0


class _Cut(Exception):
    """Raised where the text ends too early."""


class _Text:
    """The characters of a file without its line ends, translated to our own."""

    def __init__(self, data: bytes) -> None:
        lines = data.decode("latin-1").replace("\r", "").split("\n")
        text = "".join(line.ljust(_LINE)[:_LINE] for line in lines)
        shown = text[_TABLE : _TABLE + 256]
        pairs = {
            ord(own): meant for own, meant in zip(shown, _CHARACTERS, strict=False) if meant != "\0" and own != meant
        }
        plain = {key: value for key, value in pairs.items() if value != " " and chr(key) not in shown[64:126]}
        start = text.find(_MARK, _TABLE + 200)
        if start < 0:
            raise ValueError("no mark of a portable file")
        self._text = text[start + len(_MARK) :].translate(plain) if plain else text[start + len(_MARK) :]
        self._at = 0

    def tag(self) -> str:
        """One character."""
        if self._at >= len(self._text):
            raise _Cut
        self._at += 1
        return self._text[self._at - 1]

    def number(self) -> float | None:
        """A number to base 30, up to its slash; None for a missing one."""
        while self._text[self._at : self._at + 1] == " ":
            self._at += 1
        if self._text[self._at : self._at + 2] == "*.":
            self._at += 2
            return None
        end = self._text.find("/", self._at)
        if end < 0 or end - self._at > 100:
            raise _Cut if end < 0 else ValueError("no number")
        digits, self._at = self._text[self._at : end], end + 1
        return _base_thirty(digits)

    def count(self, most: int = _MOST_VARIABLES) -> int:
        """A whole number that counts something."""
        number = self.number()
        if number is None or not 0 <= number <= most:
            raise ValueError("a number of parts that cannot be")
        return int(number)

    def text(self) -> str:
        """A text behind its length."""
        size = self.count(100_000)
        if self._at + size > len(self._text):
            raise _Cut
        self._at += size
        return self._text[self._at - size : self._at]

    def ends(self) -> bool:
        """Whether the data end here."""
        return self._text[self._at : self._at + 1] == "Z"


def _base_thirty(digits: str) -> float:
    sign = -1.0 if digits.startswith("-") else 1.0
    bare = digits.lstrip("+-")
    for mark in "+-":
        mantissa, found, exponent = bare.partition(mark)
        if found:
            power = 0
            for each in exponent:
                power = power * 30 + _DIGITS[each]
            return float(sign * _fraction(mantissa) * 30.0 ** max(min(power if mark == "+" else -power, 208), -208))
    return sign * _fraction(bare)


def _fraction(digits: str) -> float:
    whole, _, part = digits.partition(".")
    value = 0
    for each in whole + part:
        value = value * 30 + _DIGITS[each]
    return float(value / 30 ** len(part))


def read(data: bytes, _budget: Budget) -> Iterator[Message]:
    """The cases, then what the variables and their values mean."""
    try:
        text = _Text(data)
        variables, shape = _dictionary(text)
    except (_Cut, ValueError, KeyError, ArithmeticError) as error:
        cut = isinstance(error, _Cut)
        yield fault("truncated" if cut else "unreadable", "file", "its dictionary cannot be read")
        return
    ended = [True]
    yield from tables_of(variables, chunks(_rows(text, shape, ended)), "")
    if not ended[0]:
        yield fault("truncated", "file", "the mark of its end is missing")


def _rows(text: _Text, shape: list[tuple[int, int]], ended: list[bool]) -> Iterator[list[object]]:
    while not text.ends():
        try:
            yield [text.text().rstrip() if width else _shown(text.number(), kind) for width, kind in shape]
        except (_Cut, ValueError, KeyError, ArithmeticError):
            ended[0] = False
            return


def _shown(number: float | None, kind: int) -> object:
    if number is None or kind not in _DATES | _MOMENTS:
        return number
    return seconds_text(number, _CALENDAR) if kind in _MOMENTS else days_text(number / 86400, -141428)


def _dictionary(text: _Text) -> tuple[list[Variable], list[tuple[int, int]]]:
    """The variables, and of each its width (0 for a number) and format, up to where the data begin."""
    text.tag()
    text.text(), text.text()
    names: list[str] = []
    shape: list[tuple[int, int]] = []
    said: dict[str, str] = {}
    labels: dict[str, tuple[tuple[object, str], ...]] = {}
    while (tag := text.tag()) != "F":
        if tag in "1236":
            text.text()
        elif tag == "4":
            text.count()
        elif tag == "5":
            text.number()
        elif tag == "7":
            width = text.count(255)
            names.append(text.text())
            shown = [text.count(1_000) for _ in range(6)]
            shape.append((width, shown[0]))
        elif tag in "89ABC":
            _skip_or_label(tag, text, names, shape, said)
        elif tag == "D":
            labels.update(_value_labels(text, dict(zip(names, shape, strict=True))))
        elif tag == "E":
            for _ in range(text.count()):
                text.text()
        elif tag != " ":
            raise ValueError("an unknown record")
    return [Variable(name, said.get(name, ""), labels.get(name, ())) for name in names], shape


def _skip_or_label(tag: str, text: _Text, names: list[str], shape: list[tuple[int, int]], said: dict[str, str]) -> None:
    if tag == "C":
        said[names[-1]] = text.text()
        return
    for _ in range(2 if tag == "B" else 1):
        text.text() if shape[-1][0] else text.number()


def _value_labels(text: _Text, shapes: dict[str, tuple[int, int]]) -> dict[str, tuple[tuple[object, str], ...]]:
    names = [text.text() for _ in range(text.count())]
    is_text = bool(names) and shapes.get(names[0], (0, 0))[0] > 0
    pairs = tuple((text.text() if is_text else text.number(), text.text()) for _ in range(text.count()))
    return dict.fromkeys(names, pairs)
