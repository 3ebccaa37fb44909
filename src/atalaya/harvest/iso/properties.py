"""Properties of ISO 19139 and ISO 19115-3: an element that holds a text, an anchor, a code of a list, or texts by language.

A property (`gmd:title`) wraps its value in the element of a class (`gco:CharacterString`, `gmx:Anchor`, `gmd:MD_ScopeCode`).
Encodings: https://www.isotc211.org/2005/gmd/ (19139) and https://schemas.isotc211.org/19115/-3/ (19115-3).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from atalaya.catalogue.records import Text
from atalaya.harvest.elements import Node
from atalaya.harvest.iso.languages import tag

_FREE_TEXT = "PT_FreeText"


@dataclass(frozen=True, slots=True)
class Anchored:
    """A text and the address that it points at, either of which may be missing."""

    text: str | None = None
    href: str | None = None


def anchored(node: Node | None) -> Anchored:
    """The text and the address of a property."""
    if node is None:
        return Anchored()
    text, href, label = node.said(), node.attribute("href"), node.attribute("title")
    for child in node.children():
        if child.name != _FREE_TEXT and text is None:
            text, href, label = child.said(), href or child.attribute("href"), child.attribute("title") or label
            text = child.attribute("codeListValue") or text  # a code where a text belongs, as some publishers write
    return Anchored(text or label, href)


def value(node: Node | None) -> str | None:
    """The text of a property, else the address that it points at."""
    found = anchored(node)
    return found.text or found.href


def values(node: Node, *path: str) -> tuple[str, ...]:
    """The texts of all properties at the end of a path, each once."""
    return tuple(dict.fromkeys(text for item in node.nodes(*path) if (text := value(item)) is not None))


def code(node: Node | None) -> str | None:
    """The value of a code list: its `codeListValue`, else the text."""
    if node is None:
        return None
    for child in node.children():
        listed, text = child.attribute("codeListValue"), child.said()
        if listed or text:
            return listed or text
    return node.said()


def codes(node: Node, *path: str) -> tuple[str, ...]:
    """The codes of all properties at the end of a path, each once."""
    return tuple(dict.fromkeys(text for item in node.nodes(*path) if (text := code(item)) is not None))


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of a record: the tag of its plain texts, and the tags of its other locales by id."""

    main: str = ""
    locales: Mapping[str, str] | None = None

    def of(self, locale: str | None) -> str:
        """The tag of a `locale` attribute (`#EN`): what the record says of that locale, else what its name says."""
        name = (locale or "").rpartition("#")[2]
        return (self.locales or {}).get(name) or tag(name)


def languages(record: Node) -> Languages:
    """The languages that a record states for itself."""
    stated = record.node("language") or record.node("defaultLocale", "PT_Locale", "language")
    locales = {}
    for locale in record.nodes("locale|otherLocale|defaultLocale", "PT_Locale"):
        name = locale.element.get("id")
        language = code(locale.node("languageCode|language"))
        if name:
            locales[name] = tag(language)
    return Languages(tag(code(stated)), locales)


def localised(node: Node | None, spoken: Languages) -> Text:
    """The texts of a property by language; the plain one first."""
    if node is None:
        return {}
    found: dict[str, str] = {}
    plain = value(node)
    if plain is not None:
        found[spoken.main] = plain
    for group in node.nodes(_FREE_TEXT, "textGroup", "LocalisedCharacterString"):
        text, locale = group.said(), group.attribute("locale")
        if text is not None:
            found.setdefault(spoken.of(locale), text)
    return found
