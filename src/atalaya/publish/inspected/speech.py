"""How an inspection speaks: plain texts, numbers and dates in one language."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from atalaya.publish.words import Words, clean, words
from atalaya.translations import translate

DOMAIN = "inspection"
"""The gettext catalogue of the texts about inspections."""

ANYWHERE = {"es": "419"}
"""The region whose way of writing numbers is taken where no country is known (UN M.49: Latin America)."""

NAME_LIMIT = 120
"""Characters of a name or value of a file that are shown."""

SIGNIFICANT = 4
"""Digits that are shown of a number with decimals: enough to compare, few enough to read."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Plain texts: whoever puts them into markup escapes them."""

    words: Words

    @property
    def language(self) -> str:
        """The language of its texts."""
        return self.words.language

    def say(self, text: str, /, **values: object) -> str:
        """An English text in the reader's language, with `values` put in."""
        return translate(text, self.language, DOMAIN).format(**values)

    def count(self, one: str, many: str, count: int, /, **values: object) -> str:
        """`one` where the count is 1, else `many`; `{count}` stands for the written number."""
        return self.say(one if count == 1 else many, count=self.whole(count), **values)

    def whole(self, number: int) -> str:
        """A whole number."""
        return self.words.number(number, 0)

    def figure(self, number: float | str) -> str:
        """A value of a column: a number with few decimals, or a day."""
        if isinstance(number, str):
            return self._moment(number)
        if number and not 1e-6 <= abs(number) < 1e15:
            return f"{number:.3g}"
        digits = f"{number:.{SIGNIFICANT - 1}e}"
        most = max(SIGNIFICANT - 1 - int(digits.partition("e")[2]), 1)
        decimals = len(f"{number:.{most}f}".rstrip("0").partition(".")[2])
        return self.words.number(number, decimals)

    def _moment(self, text: str) -> str:
        try:
            day = format_date(date.fromisoformat(text[:10]), format="medium", locale=self.words.locale)
        except ValueError:
            return text
        return f"{day} {text[11:16]}" if len(text) > 10 else day

    @staticmethod
    def name(text: object, limit: int = NAME_LIMIT) -> str:
        """A text of the file: one line, without marks that reorder it, shortened."""
        return clean("" if text is None else str(text), limit)


def speech(language: str, country: str = "") -> Speech:
    """The speech of a language, with numbers as a country writes them where it is known."""
    return Speech(words(language, country or ANYWHERE.get(language, "")))
