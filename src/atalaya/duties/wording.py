"""Words of a language, read from `data/languages/<code>.yml`: months, generic texts of links, statements.

A country whose language has no file is matched by the words of its own laws, and by periods in digits, alone.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from jsonschema import Draft202012Validator

from atalaya.catalogue.folding import fold
from atalaya.exceptions import CountryPackError
from atalaya.yamls import load_yaml

SCHEMA = "language.json"
"""Name of the schema in `data/schemas`."""

LEAST_STEM = 3
"""Letters that are left of a word at least when its ending is taken off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """Phrases by which an institution says that it publishes nothing: `*` stands for up to six words, `(a|b)?` as in patterns."""

    not_applicable: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    nothing_to_report: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    """Phrases that bind a lack to a stretch of time, so that it is no matter of applicability."""
    unless: tuple[str, ...] = ()
    """Phrases that make a condition, a form or a message of the site of what looks like a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words of one or more languages, all folded. `months`, `ordinals` and `numbers` give numbers, `parts` months of a part."""

    languages: tuple[str, ...] = ()
    months: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, int] = field(default_factory=dict)
    ordinals: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    year_words: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    """Words that stand between the parts of a date: *of*, *the*."""
    fortnights: tuple[str, ...] = ()
    accumulated: tuple[str, ...] = ()
    """Words before a day up to which something is counted from the beginning of the year."""
    joints: tuple[str, ...] = ()
    """Words that join two of a list, such as *and*."""
    not_years: tuple[str, ...] = ()
    stop_words: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    """Longest first."""
    generic: tuple[str, ...] = ()
    unrelated: tuple[str, ...] = ()
    navigation: tuple[str, ...] = ()
    reporting: tuple[str, ...] = ()
    statements: Statements = field(default_factory=Statements)

    def __hash__(self) -> int:
        return hash(self.languages)

    def stem(self, word: str) -> str:
        """A folded word without its ending of number and gender."""
        for ending in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
                return word[: -len(ending)]
        return word


@lru_cache(maxsize=32)
def load_wording(languages: tuple[str, ...]) -> Wording:
    """The words of these languages together; a regional tag such as `es-GT` reads the file of its language.

    Raises CountryPackError where a file contradicts its schema.
    """
    codes = tuple(dict.fromkeys(tag.split("-")[0].lower() for tag in languages))
    read = [_read(code) for code in codes]
    return merged(codes, [value for value in read if value is not None])


def merged(codes: Iterable[str], declared: Iterable[Mapping[str, Any]]) -> Wording:
    """The wording that files of languages, held against the schema, declare together; the first language wins."""
    files = list(declared)
    stated = [each["statements"] for each in files]
    return Wording(
        languages=tuple(codes),
        months=_numbered(files, "months"),
        parts={fold(word): months for each in reversed(files) for word, months in each.get("parts", {}).items()},
        ordinals=_numbered(files, "ordinals"),
        numbers=_numbered(files, "numbers"),
        year_words=_listed(files, "year_words"),
        until=_listed(files, "until"),
        fillers=_listed(files, "fillers"),
        fortnights=_listed(files, "fortnights"),
        accumulated=_listed(files, "accumulated"),
        joints=_listed(files, "joints"),
        not_years=_listed(files, "not_years"),
        stop_words=frozenset(_listed(files, "stop_words")),
        endings=tuple(sorted(_listed(files, "endings"), key=lambda ending: (-len(ending), ending))),
        generic=_listed(files, "generic"),
        unrelated=_listed(files, "unrelated"),
        navigation=_listed(files, "navigation"),
        reporting=_listed(files, "reporting"),
        statements=Statements(
            not_applicable=_phrases(stated, "not_applicable"),
            lacking=_phrases(stated, "lacking"),
            nothing_to_report=_phrases(stated, "nothing_to_report"),
            times=_listed(stated, "times"),
            unless=_listed(stated, "unless"),
        ),
    )


def _numbered(files: list[Mapping[str, Any]], key: str) -> dict[str, int]:
    return {
        fold(word): number for each in reversed(files) for number, words in each.get(key, {}).items() for word in words
    }


def _listed(files: list[Mapping[str, Any]], key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(word) for each in files for word in each.get(key, ())))


def _phrases(files: list[Mapping[str, Any]], key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase for each in files for phrase in each.get(key, ())))


def language_file(code: str) -> Traversable:
    """Where the words of a language stand, whether or not the file is there."""
    return resources.files("atalaya").joinpath("data", "languages", f"{code}.yml")


@cache
def _validator() -> Draft202012Validator:
    text = resources.files("atalaya").joinpath("data", "schemas", SCHEMA).read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return Draft202012Validator({"$ref": "#/$defs/language", "$defs": schema["$defs"]})


def _read(code: str) -> Mapping[str, Any] | None:
    if not re.fullmatch(r"[a-z]{2,3}", code):
        return None
    file = language_file(code)
    return checked(load_yaml(file.read_text(encoding="utf-8")), f"languages/{code}.yml") if file.is_file() else None


def checked(value: Any, where: str) -> Mapping[str, Any]:
    """The value, where it is what the schema wants; raises CountryPackError naming the place otherwise."""
    for error in _validator().iter_errors(value):
        place = ".".join(map(str, error.absolute_path)) or "the whole file"
        raise CountryPackError(f"{where}: {place}: {error.message}; see data/schemas/{SCHEMA}")
    result: Mapping[str, Any] = value
    return result
