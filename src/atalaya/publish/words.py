"""Words, numbers and hostile texts of a page in one language."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from atalaya.indices.rounding import rounded
from atalaya.translations import LANGUAGES, translate

DOMAIN = "report"
"""The gettext catalogue of the texts of reports."""

TITLE_LIMIT = 140
"""Characters of a published text that a page shows; the whole text is in the tables."""

SHORT = 60
"""The greatest denominator that people read at a glance; other weights are written as percentages."""

LINK_LIMIT = 2000
"""Longest address that a page links to: what browsers commonly accept."""

BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that would reorder what stands around a published text."""


@dataclass(frozen=True, slots=True)
class Words:
    """How one page speaks: `language` of its texts, `locale` of its numbers and dates; texts are looked for in the gettext
    catalogues of `domains`, the first that has them."""

    language: str
    locale: Locale
    domains: tuple[str, ...] = (DOMAIN,)

    def t(self, text: str, **values: object) -> Markup:
        """An English text in the page's language, with `values` put in; everything is escaped except markup of our own."""
        found = (translate(text, self.language, domain) for domain in self.domains)
        said = Markup.escape(next((each for each in found if each != text), text))
        return said.format(**values) if values else said

    def plural(self, one: str, many: str, count: int, **values: object) -> Markup:
        """`one` where the count is 1, else `many`; `{count}` stands for the written number."""
        return self.t(one if count == 1 else many, count=self.number(count, 0), **values)

    def number(self, value: float | None, decimals: int) -> str:
        """A number as people of the country write it; a dash where there is none."""
        if value is None:
            return "–"
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(rounded(value, decimals), format=pattern, locale=self.locale)

    def signed(self, value: float, decimals: int) -> str:
        """A number with its sign, plus as well as minus."""
        exact = rounded(value, decimals)
        return ("+" if exact > 0 else "−" if exact < 0 else "±") + self.number(abs(exact), decimals)

    def percent(self, share: float | None) -> str:
        """A share from 0 to 1 as a whole percentage; a dash where there is none."""
        return "–" if share is None else format_percent(rounded(share, 2), format="#,##0 %", locale=self.locale)

    def part(self, weight: float, total: float) -> str:
        """A weight as its part of a total, so that the parts shown add up: a fraction where a short one is exact."""
        share = weight / total if total else 0.0
        exact = Fraction(share).limit_denominator(SHORT)
        if 0 < exact < 1 and abs(exact - share) < 1e-9:
            return f"{exact.numerator}/{exact.denominator}"
        return format_percent(rounded(share, 3), format="#,##0.# %", locale=self.locale)

    def size(self, count: object) -> str:
        """A number of bytes in the unit that reads best."""
        if not isinstance(count, int):
            return "–"
        amount, unit = float(count), 0
        while amount >= 1000 and unit < 3:
            amount, unit = amount / 1000, unit + 1
        return f"{self.number(amount, 1 if unit else 0)}\u00a0{('B', 'kB', 'MB', 'GB')[unit]}"

    def day(self, moment: str) -> str:
        """The day of a moment, written out; the text itself where it is no date."""
        try:
            return format_date(date.fromisoformat(moment[:10]), format="long", locale=self.locale)
        except ValueError:
            return moment

    def pick(self, texts: object) -> str:
        """The text in the page's language, else in another, of a text by language (or of a plain text)."""
        value = parsed(texts)
        if isinstance(value, Mapping):
            tags = [tag for tag in (self.language, *LANGUAGES, *sorted(map(str, value))) if value.get(tag)]
            return str(value[tags[0]]) if tags else ""
        return "" if value is None else str(value)

    def clean(self, texts: object, limit: int = TITLE_LIMIT) -> str:
        """A text by language (or plain) in the page's language, fit for a page; see `clean`."""
        return clean(self.pick(texts), limit)

    def quote(self, texts: object, limit: int = TITLE_LIMIT) -> Markup:
        """A text that a publisher wrote: cleaned, shortened, escaped and kept from reordering its surroundings."""
        text = clean(self.pick(texts), limit)
        return Markup("<bdi>{}</bdi>").format(text) if text else Markup("<i>{}</i>").format(self.t("untitled"))

    def titled(self, address: object, texts: object, limit: int = TITLE_LIMIT) -> Markup:
        """A published text, as a link to an address where a page may link to it."""
        said = self.quote(texts, limit)
        if not address or not linkable(str(address)):
            return said
        link = Markup('<a rel="noopener noreferrer nofollow" href="{}">{}</a>')
        return link.format(clean(str(address), LINK_LIMIT), said)

    def link(self, address: object) -> Markup:
        """An address as a link where it is http or https, else as plain text; nothing where there is none."""
        if not address:
            return Markup("")
        shown = clean(str(address), 110)
        if not linkable(str(address)):
            return Markup('<bdi class="url">{}</bdi>').format(shown)
        link = Markup('<a class="url" rel="noopener noreferrer nofollow" href="{}"><bdi>{}</bdi></a>')
        return link.format(clean(str(address), LINK_LIMIT), shown)


def words(language: str, country: str, *domains: str) -> Words:
    """The words of a page; numbers are written as the country writes them where that is known."""
    try:
        locale = Locale.parse(f"{language}_{country.upper()}")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(language)
    return Words(language, locale, (*domains, DOMAIN))


def clean(text: str, limit: int) -> str:
    """A text fit for a page: no control, reordering or broken characters, blanks joined, cut at `limit` characters."""
    visible = BIDI.sub("", text.encode("utf-8", "replace").decode("utf-8"))
    spaced = visible[: 4 * limit]
    if not spaced.isprintable():  # seldom: most texts need not be looked at letter by letter
        spaced = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in spaced)
    joined = " ".join(spaced.split())
    return joined if len(joined) <= limit and len(visible) <= 4 * limit else joined[: limit - 1].rstrip() + "…"


def linkable(address: str) -> bool:
    """Whether a page may link to an address: http or https, a host, no blanks, no credentials, not endless."""
    if len(address) > LINK_LIMIT or clean(address, LINK_LIMIT + 1) != address or " " in address:
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False


def parsed(value: object) -> object:
    """A value of a json column, parsed where it comes as text; any other value as it is."""
    if isinstance(value, str) and value[:1] in "{[" and value[-1:] in "}]":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
