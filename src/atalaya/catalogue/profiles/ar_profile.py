"""Argentina's national metadata profile: whether a catalogue keeps it, and where and how it does not.

The rules stand in `data/schemas/ar-profile.json`, each with what to write instead; here are those that JSON Schema says badly
(repeated themes and datasets) and the words. A catalogue is valid exactly where nothing departs from the profile.

Specification: https://datosgobar.github.io/paquete-apertura-datos/perfil-metadatos (version 1.1; titles of datasets up to 100
characters and titles of columns up to 60 as the national node checks them).
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from jsonschema import Draft4Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from atalaya.catalogue.profiles.quick_schema import QuickSchema
from atalaya.catalogue.profiles.string_formats import is_moment, is_uri

SCHEMA = "ar-profile.json"
"""Name of the schema in `data/schemas`."""
NESTING_LIMIT = 100
"""Levels of lists and objects that are checked; the profile itself has eight."""
SHOWN = 60
"""Characters of a value that a message quotes."""

Path = tuple[str | int, ...]

_PERSONAL = frozenset({"publisher", "contactPoint"})
"""Fields that may name persons: nothing in them is quoted, and nothing anywhere that looks like a mail address."""
_KINDS = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


@dataclass(frozen=True, slots=True)
class ProfileError:
    """One departure from the profile: the path of the value, the rule that it breaks, and what is there and what to do.

    For a missing field (`rule` is `required`) the path is that of the object that lacks it. Contacts are never quoted.
    """

    path: Path
    rule: str
    reason: str

    @property
    def place(self) -> str:
        """The path as people write it: `dataset[0].distribution[1].title`; `catalogue` for the document itself."""
        written = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return written.lstrip(".") or "catalogue"

    @property
    def kind(self) -> str:
        """What departures of one kind share: the place without the numbers of its items, and the rule or the missing field."""
        steps = "".join("[]" if isinstance(step, int) else f".{step}" for step in self.path)
        said = self.reason.partition(";")[0] if self.rule == "required" else self.rule
        return f"{steps.lstrip('.') or 'catalogue'} {said}"

    @property
    def message(self) -> str:
        """Place, what is there and what to do, in one sentence."""
        return f"{self.place} {self.reason}"


def validate_profile(catalogue: object) -> tuple[ProfileError, ...]:
    """All departures of a catalogue (the value of its JSON) from the profile, in the order of their paths; none: it is valid."""
    if _is_deep(catalogue):
        return (
            ProfileError((), "nesting", f"is nested deeper than {NESTING_LIMIT} levels; write it as the profile does"),
        )
    found = [*_schema_errors(catalogue), *_repeated_themes(catalogue), *_repeated_datasets(catalogue)]
    return tuple(sorted(dict.fromkeys(found), key=lambda error: [_rank(step) for step in error.path]))


def _is_deep(value: object) -> bool:
    """Whether lists and objects stand inside each other deeper than is checked."""
    level = [value]
    for _ in range(NESTING_LIMIT):
        inside = (
            outer.values() if isinstance(outer, dict) else outer for outer in level if isinstance(outer, dict | list)
        )
        level = [inner for items in inside for inner in items if isinstance(inner, dict | list)]
        if not level:
            return False
    return True


def _rank(step: str | int) -> tuple[int, str]:
    return (step, "") if isinstance(step, int) else (-1, step)


@cache
def profile_schema() -> dict[str, Any]:
    """The profile's rules as a JSON Schema (draft 4)."""
    text = resources.files("atalaya").joinpath("data", "schemas", SCHEMA).read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _is_email(text: str) -> bool:
    """As jsonschema judges the format `email`."""
    return "@" in text


FORMATS: Final[Mapping[str, Callable[[str], bool]]] = {"email": _is_email, "uri": is_uri, "iso-8601": is_moment}
"""How the formats that the schema names are judged."""


@cache
def _validator() -> Draft4Validator:
    """Tells every error; a value that keeps the rules of the definition it refers to is not looked into."""
    formats = FormatChecker(formats=())
    for name, judge in FORMATS.items():
        formats.checks(name)(lambda value, judge=judge: not isinstance(value, str) or judge(value))
    quick = QuickSchema(profile_schema(), FORMATS)
    look = Draft4Validator.VALIDATORS["$ref"]

    def refer(validator: Validator, reference: str, instance: object, schema: object) -> Iterator[ValidationError]:
        if not quick.holds(reference, instance):
            yield from look(validator, reference, instance, schema)

    kind: Any = extend(Draft4Validator, {"$ref": refer})  # type: ignore[no-untyped-call]
    built: Draft4Validator = kind(profile_schema(), format_checker=formats)
    return built


def _schema_errors(catalogue: object) -> Iterator[ProfileError]:
    told: set[tuple[Path, str]] = set()
    for error in _validator().iter_errors(catalogue):
        path: Path = tuple(error.absolute_path)
        if error.validator != "required":
            rule = str(_schema(error).get("rule", error.validator))
            yield ProfileError(path, rule, f"{_what(error, path)}; {_schema(error)['description']}")
            continue
        for name in _missing(error):
            if (path, name) not in told:
                told.add((path, name))
                yield ProfileError(path, "required", f"lacks {name}; {_advice(_schema(error)['properties'][name])}")


def _schema(error: ValidationError) -> dict[str, Any]:
    """The rule that was broken."""
    schema: Any = error.schema
    return dict(schema)


def _missing(error: ValidationError) -> list[str]:
    wanted: Any = error.validator_value
    instance: Any = error.instance
    return [name for name in wanted if name not in instance]


def _advice(rule: Mapping[str, Any]) -> str:
    """What to write under a property, whose rule may stand among the definitions."""
    named = rule.get("$ref")
    if named is None:
        return str(rule["description"])
    return str(profile_schema()["definitions"][named.rpartition("/")[2]]["description"])


def _what(error: ValidationError, path: Path) -> str:
    """What stands there, without anything personal."""
    value: Any = error.instance
    if value is None:
        return "is null"
    if not isinstance(value, str):
        kind = "an empty list" if value == [] else _KINDS.get(type(value), "another value")
        return _what_item(error, path) or f"is {kind}"
    if not value:
        return "is empty"
    if error.validator == "maxLength":
        return f"has {len(value)} characters"
    return f"says {_quoted(value)}" if _is_public(value, path) else "holds another text"


def _what_item(error: ValidationError, path: Path) -> str | None:
    """Of a list whose items break the rule, what stands in the first that does; None where the list itself is wrong."""
    inner = next((each for each in error.context or () if each.path), None)
    return None if inner is None else f"has an item that {_what(inner, path)}"


def _is_public(value: str, path: Path) -> bool:
    return "@" not in value and not _PERSONAL.intersection(path)


def _quoted(value: str) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 3]}…"


def _repeated_themes(catalogue: object) -> Iterator[ProfileError]:
    """Ids of the catalogue's own themes must tell them apart."""
    themes = catalogue.get("themeTaxonomy") if isinstance(catalogue, dict) else None
    listed = themes if isinstance(themes, list) else []
    ids = Counter(theme["id"] for theme in listed if isinstance(theme, dict) and isinstance(theme.get("id"), str))
    repeated = [name for name, count in ids.items() if count > 1]
    if repeated:
        names = ", ".join(_quoted(name) for name in repeated[:5])
        yield ProfileError(("themeTaxonomy",), "repeated", f"repeats the id {names}; give every theme an id of its own")


def _repeated_datasets(catalogue: object) -> Iterator[ProfileError]:
    """The list of datasets may not hold the same dataset twice."""
    datasets = catalogue.get("dataset") if isinstance(catalogue, dict) else None
    places: defaultdict[bytes, list[int]] = defaultdict(list)
    for place, dataset in enumerate(datasets if isinstance(datasets, list) else []):
        places[_digest(dataset)].append(place)
    twice = [found for found in places.values() if len(found) > 1]
    if twice:
        first, second = twice[0][:2]
        said = f"holds the same dataset at {first} and {second}; list every dataset once"
        yield ProfileError(("dataset",), "repeated", said)


def _digest(value: object) -> bytes:
    """The same for values that are the same JSON; keys may stand in another order."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).digest()
