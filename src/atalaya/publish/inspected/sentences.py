"""Sentences of inspections in the reader's language.

Inspection writes them in English where it finds something, with numbers and names put in. Each is recognised by its template, a
text of the gettext catalogue `findings` with places such as `{count}`; `{sentence}` is a place for another such sentence,
`{list}` for several between commas. A sentence that no template fits stays as it is.
"""

import re
from functools import cache
from importlib import resources

from babel.messages.pofile import read_po

from atalaya.publish.inspected.speech import Speech

DOMAIN = "findings"
"""The gettext catalogue of the sentences of inspections."""

_PLACE = re.compile(r"{(\w+)}")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_LONGEST = 400
"""Characters of a sentence that is read; longer ones hold names that somebody made long."""
_JOINT = "; "
"""What stands between the parts of a sentence."""
_DEPTH = 4
"""Sentences inside sentences that are followed."""


def told(speech: Speech, sentence: str) -> str:
    """A sentence of an inspection in the reader's language; parts between semicolons are sentences of their own.

    >>> from atalaya.publish.inspected.speech import speech
    >>> told(speech("es"), "header in 2 rows: text above columns of values; 3 rows of title above it")
    'encabezado en 2 filas: texto sobre columnas de valores; filas de título encima: 3'
    """
    return _told(speech, sentence, _DEPTH)


def known(sentence: str) -> bool:
    """Whether every part of a sentence has its Spanish."""
    return _matched("es", sentence) is not None or all(
        _matched("es", part) is not None for part in sentence.split(_JOINT)
    )


def _told(speech: Speech, sentence: str, depth: int) -> str:
    if not depth or not sentence or len(sentence) > _LONGEST:
        return sentence
    found = _matched(speech.language, sentence)
    if found is None:
        parts = sentence.split(_JOINT)
        return _JOINT.join(_told(speech, part, depth - 1) for part in parts) if len(parts) > 1 else sentence
    template, places = found
    values = {name: _value(speech, name, text, depth) for name, text in places.items()}
    return template.format(**values)


def _value(speech: Speech, name: str, text: str, depth: int) -> str:
    if name.startswith("sentence"):
        return _told(speech, text, depth - 1)
    if name.startswith("list"):
        return ", ".join(_told(speech, part, depth - 1) for part in text.split(", "))
    if _NUMBER.fullmatch(text):
        return speech.whole(int(text.replace(",", "")))
    return speech.name(text)


def _matched(language: str, sentence: str) -> tuple[str, dict[str, str]] | None:
    exact = _catalogue(language).get(sentence)
    if exact is not None:
        return exact.replace("{", "{{").replace("}", "}}"), {}
    for pattern, template, joints in _patterns(language):
        found = pattern.fullmatch(sentence) if sentence.count(_JOINT) == joints else None
        if found is not None:
            return template, found.groupdict()
    return None


@cache
def _catalogue(language: str) -> dict[str, str]:
    if language == "en":
        return {text: text for text in _catalogue("es")}
    path = resources.files("atalaya").joinpath("data", "locale", language, "LC_MESSAGES", f"{DOMAIN}.po")
    with path.open("rb") as stream:
        return {str(message.id): str(message.string) for message in read_po(stream, locale=language) if message.id}


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str, int], ...]:
    """Templates with places and how many joints they have, those with most text of their own first."""
    templates = sorted(filter(_PLACE.search, _catalogue(language)), key=lambda text: (-len(_PLACE.sub("", text)), text))
    return tuple(
        (re.compile(_expression(text), re.DOTALL), _catalogue(language)[text], text.count(_JOINT)) for text in templates
    )


def _expression(template: str) -> str:
    parts = _PLACE.split(template)
    return "".join(re.escape(part) if at % 2 == 0 else f"(?P<{part}>.+?)" for at, part in enumerate(parts))
