"""Texts in the languages of people: English in the code, Spanish in gettext catalogues under `data/locale`."""

from functools import cache
from importlib import resources

from babel.messages.pofile import read_po

LANGUAGES = ("es", "en")
"""Languages in which everything that people read must be complete."""


@cache
def _catalogue(domain: str, language: str) -> dict[str, str]:
    path = resources.files("atalaya").joinpath("data", "locale", language, "LC_MESSAGES", f"{domain}.po")
    if not path.is_file():
        return {}
    with path.open("rb") as stream:
        messages = read_po(stream, locale=language)
    return {str(m.id): str(m.string) for m in messages if m.id and m.string and not m.fuzzy}


def translate(text: str, language: str, domain: str) -> str:
    """The text in `language`; the English text where the language is English or has no translation yet.

    Interpolate after translating: no formatting inside the call.
    """
    return text if language == "en" else _catalogue(domain, language).get(text, text)


def missing(texts: tuple[str, ...], language: str, domain: str) -> tuple[str, ...]:
    """The texts that have no translation into `language`; tests assert that it is empty."""
    known = _catalogue(domain, language)
    return tuple(text for text in texts if text not in known)
