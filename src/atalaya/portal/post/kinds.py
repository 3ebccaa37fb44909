"""Every kind of letter that the portal writes out of its outbox, in one table. ONE ENTRY A KIND, sorted by name.

`{names}` stand for the values that whoever sends it gives. Texts are English and pass gettext, by default through `post.po`;
the rendering is `core.letters`, as for the letters of accounts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from string import Formatter
from typing import Any

from babel.dates import format_date

from atalaya.portal.core.letters import Block, Button, Foot, Listing, Paragraph, Written, written
from atalaya.translations import translate

DOMAIN = "post"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter: subject, paragraphs, the words of its link and why it comes, with `{names}` of values in all of them.

    `button` leads to the value `link`, `leave` to the value `stop`. `lists`: the value `sections` holds titles and items.
    `sample`: values of an invented letter, for tests and for the pictures of the documentation.
    """

    subject: str
    paragraphs: tuple[str, ...]
    button: str = ""
    why: str = ""
    leave: str = ""
    lists: bool = False
    domain: str = DOMAIN
    sample: Mapping[str, Any] = field(default_factory=dict)

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is to be translated."""
        return tuple(each for each in (self.subject, *self.paragraphs, self.button, self.why, self.leave) if each)

    @property
    def wanted(self) -> frozenset[str]:
        """The names of the values that a letter of this kind must be given."""
        named = {name for text in self.texts for _, name, _, _ in Formatter().parse(text) if name}
        asked = (("link", self.button), ("stop", self.leave), ("sections", self.lists))
        return frozenset(named | {name for name, there in asked if there})


_LINKS = {"link": "/seguir/mio/1:muestra/", "stop": "/seguir/dejar/1:muestra/"}
_SECTIONS = (
    {
        "title": {"es": "Ministerio de Ejemplo", "en": "Ministry of Examples"},
        "items": (
            {
                "text": {
                    "es": "3 enlaces que antes funcionaban ahora no llevan a ninguna parte (5 de enero de 2026)",
                    "en": "3 links that worked before now lead nowhere (January 5, 2026)",
                },
                "link": "/hallazgos/",
            },
            {
                "text": {
                    "es": "Una obligación quedó vencida (5 de enero de 2026)",
                    "en": "One duty became overdue (January 5, 2026)",
                },
                "link": "/hallazgos/",
            },
        ),
    },
    {
        "title": {"es": "Plan de Acción de Ejemplo", "en": "Example Action Plan"},
        "items": (
            {
                "text": {
                    "es": "Compromiso 2: se publicó una nueva versión (20 de enero de 2026)",
                    "en": "Commitment 2: a new version was published (January 20, 2026)",
                },
                "link": "/planes/1/compromisos/2/",
            },
        ),
    },
)

KINDS: dict[str, Kind] = {
    "alert": Kind(
        "alerts about what you follow",
        ("This happened to what you follow:",),
        button="See or change what you follow",
        why="You asked to be told of alerts at once.",
        leave="Receive no more letters",
        lists=True,
        sample={**_LINKS, "sections": _SECTIONS[:1]},
    ),
    "answer_ruled": Kind(
        "an answer of your institution was ruled on",
        ("Two analysts ruled on what you answered to: {title}.", "The ruling and its reason are published."),
        button="Read the ruling",
        why="You wrote this answer for your institution.",
        domain="reviews",
        sample={"title": "El archivo no se puede descargar", "link": "/hallazgos/ejemplo/"},
    ),
    "digest": Kind(
        "news of what you follow, {period}",
        ("This happened to what you follow:",),
        button="See or change what you follow",
        why="You get this letter because you follow these pages. It does not come when nothing happened.",
        leave="Receive no more letters",
        lists=True,
        sample={**_LINKS, "period": {"es": "enero de 2026", "en": "January 2026"}, "sections": _SECTIONS},
    ),
    "follow_confirm": Kind(
        "confirm what you want to follow",
        (
            "Somebody, probably you, wants this address to be told of news about: {title}.",
            "Confirm it within three days. If it was not you, you need do nothing: the address is deleted then.",
        ),
        button="Confirm",
        sample={
            "title": {"es": "Ministerio de Ejemplo", "en": "Ministry of Examples"},
            "link": "/seguir/confirmar/1:muestra/",
        },
    ),
    "report_answered": Kind(
        "your report {number} has news",
        ("The report {number} that you sent has news. Nothing of what you wrote is in this letter.",),
        button="Read the answer",
        why="You left this address with your report. It is deleted when the report is closed, or when you say so on that page.",
        sample={"number": "ABCDEFGH2345", "link": "/reportar/ABCDEFGH2345/"},
    ),
}


def composed(kind: str, values: Mapping[str, Any], language: str, site: str) -> Written:
    """Write a letter down in a language; links of values that begin with a slash get the address of the portal before them.

    A value that is a day, `2026-01-31`, is written out; one that is a table by language is picked. Raises KeyError where there is
    no such kind, or a value is lacking.
    """
    form = KINDS[kind]
    lacking = sorted(form.wanted - set(values))
    if lacking:
        raise KeyError(f"a letter {kind!r} needs the values {', '.join(lacking)}")
    filled = {name: said(value, language) for name, value in values.items() if name != "sections"}

    def t(text: str) -> str:
        return translate(text, language, form.domain).format(**filled)

    blocks: list[Block] = [Paragraph(t(each)) for each in form.paragraphs]
    if form.lists:
        blocks += [_listing(each, language, site) for each in values["sections"]]
    if form.button:
        blocks.append(Button(t(form.button), absolute(filled["link"], site)))
    if form.why:
        blocks.append(Foot(t(form.why), t(form.leave), absolute(filled["stop"], site) if form.leave else ""))
    return written(t(form.subject), blocks, language)


def absolute(link: str, site: str) -> str:
    """A link as a letter needs it, with the address of the portal."""
    return site + link if link.startswith("/") else link


def said(value: Any, language: str) -> str:
    """A value as a letter writes it: a text by language is picked, a day is written out."""
    if isinstance(value, Mapping):
        value = value.get(language) or next(iter(value.values()), "")
    text = str(value)
    if _DAY.fullmatch(text):
        try:
            return format_date(date.fromisoformat(text), format="long", locale=language)
        except ValueError:
            return text
    return text


def _listing(section: Mapping[str, Any], language: str, site: str) -> Listing:
    items = tuple((said(each["text"], language), absolute(each.get("link", ""), site)) for each in section["items"])
    return Listing(said(section["title"], language), items)
