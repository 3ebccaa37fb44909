"""Table Schema: what columns a table should have and what may stand in them, read strictly from a JSON descriptor.

Versions 1 and 2 of the standard are read (https://specs.frictionlessdata.io/table-schema, https://datapackage.org/standard/table-schema).
A key that neither has is reported, not passed over. Texts may have translations beside them (`title@en`).
"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from atalaya.catalogue.descriptors import DescriptorProblem, Kinds, StrictReader, shown, texts_of

TYPES = frozenset(
    {
        "string", "number", "integer", "boolean", "date", "time", "datetime", "year", "yearmonth", "duration", "geopoint",
        "geojson", "object", "array", "list", "any",
    }
)  # fmt: skip
_FORMATS: Mapping[str, frozenset[str]] = {
    "string": frozenset({"default", "email", "uri", "binary", "uuid"}),
    "geopoint": frozenset({"default", "array", "object"}),
    "geojson": frozenset({"default", "topojson"}),
}
"""Formats of the types that have a closed list; those of dates and times are patterns."""
_PATTERNED = frozenset({"date", "time", "datetime"})
FIELDS_MATCH = frozenset({"exact", "equal", "subset", "superset", "partial"})
_SCHEMA_KEYS: Kinds = {
    "fields": list, "primaryKey": (str, list), "uniqueKeys": list, "foreignKeys": list, "missingValues": list,
    "fieldsMatch": (str, list), "$schema": str, "name": str, "title": str, "description": str, "homepage": str, "version": str,
    "created": str, "keywords": list, "contributors": list, "licenses": list, "sources": list, "examples": list,
    "example": object, "profile": str,
}  # fmt: skip
_FIELD_KEYS: Kinds = {
    "name": str, "type": str, "format": str, "title": str, "description": str, "example": object, "constraints": dict,
    "missingValues": list, "rdfType": str, "decimalChar": str, "groupChar": str, "bareNumber": bool, "trueValues": list,
    "falseValues": list, "arrayItem": dict, "delimiter": str, "itemType": str, "categories": list, "categoriesOrdered": bool,
    "unit": str, "currency": str,
}  # fmt: skip
_CONSTRAINT_KEYS: Kinds = {
    "required": bool, "unique": bool, "minLength": int, "maxLength": int, "minimum": object, "maximum": object,
    "exclusiveMinimum": object, "exclusiveMaximum": object, "pattern": str, "enum": list, "jsonSchema": dict,
}  # fmt: skip
_ONLY_FOR: Mapping[str, frozenset[str]] = {
    "decimalChar": frozenset({"number"}),
    "groupChar": frozenset({"number", "integer"}),
    "bareNumber": frozenset({"number", "integer"}),
    "trueValues": frozenset({"boolean"}),
    "falseValues": frozenset({"boolean"}),
    "arrayItem": frozenset({"array"}),
    "delimiter": frozenset({"list"}),
    "itemType": frozenset({"list"}),
}
"""Keys that mean something for some types only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """What the values of a field must be. Bounds and choices are as written: they are read as values of the field's type."""

    required: bool = False
    unique: bool = False
    min_length: int | None = None
    max_length: int | None = None
    minimum: Any = None
    maximum: Any = None
    exclusive_minimum: Any = None
    exclusive_maximum: Any = None
    pattern: str | None = None
    enum: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column: its name, type and format, texts by language, constraints, and the options of its type as written.

    `missing` are texts that stand for no value here; None where those of the schema do.
    """

    name: str
    type: str = "any"
    format: str = "default"
    title: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    description: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    constraints: Constraints = field(default_factory=Constraints)
    missing: tuple[str, ...] | None = None
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """Fields whose values must occur in fields of another table; `resource` is empty for the table itself."""

    fields: tuple[str, ...]
    resource: str
    reference: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSchema:
    """The columns of a table and what holds of its rows. `match` is how columns and fields must agree (`fieldsMatch`)."""

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    missing: tuple[str, ...] = ("",)
    match: str = "exact"


@dataclass(frozen=True, slots=True)
class SchemaReading:
    """A schema, None where an error stands against it, and everything that was found wrong or unknown."""

    schema: TableSchema | None
    problems: tuple[DescriptorProblem, ...]

    @property
    def errors(self) -> tuple[DescriptorProblem, ...]:
        """The problems that make it unusable."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def read_table_schema(value: object, extra: Iterable[str] = ()) -> SchemaReading:
    """Read a descriptor that JSON gave. `extra` are keys at its top that the caller reads itself. Never raises."""
    reader = StrictReader()
    if not isinstance(value, Mapping):
        reader.error("", f"{shown(value)} is not an object", "write an object with the key `fields`")
        return SchemaReading(None, tuple(reader.problems))
    known = reader.checked(value, _SCHEMA_KEYS, "", extra)
    if "fields" not in value:
        reader.error("fields", "the schema has no fields", "add the list `fields`, one object for each column")
    fields = tuple(
        read
        for number, each in enumerate(known.get("fields", ()))
        if (read := _field(reader, each, f"fields[{number}]"))
    )
    _unique_names(reader, fields)
    names = {each.name for each in fields}
    schema = TableSchema(
        fields=fields,
        primary_key=_field_names(reader, known.get("primaryKey", []), names, "primaryKey"),
        unique_keys=tuple(
            _field_names(reader, key, names, f"uniqueKeys[{number}]")
            for number, key in enumerate(known.get("uniqueKeys", ()))
        ),
        foreign_keys=tuple(
            key
            for number, each in enumerate(known.get("foreignKeys", ()))
            if (key := _foreign_key(reader, each, names, f"foreignKeys[{number}]")) is not None
        ),
        missing=_missing(reader, known.get("missingValues", [""]), "missingValues"),
        match=_match(reader, known.get("fieldsMatch", "exact")),
    )
    usable = not any(problem.severity == "error" for problem in reader.problems)
    return SchemaReading(schema if usable else None, tuple(reader.problems))


def _field(reader: StrictReader, value: object, place: str) -> Field | None:
    if not isinstance(value, Mapping):
        reader.error(place, f"{shown(value)} is not an object", "write an object with `name` and `type`")
        return None
    known = reader.checked(value, _FIELD_KEYS, place)
    name = known.get("name")
    if not name:
        if "name" not in value or value["name"] == "":
            reader.error(f"{place}.name", "the field has no name", "add `name`, the text of the column's header")
        return None
    kind = known.get("type", "any" if "type" not in value else None)
    if kind is not None and kind not in TYPES:
        near = difflib.get_close_matches(kind, TYPES, n=1)
        remedy = f"did you mean {near[0]!r}?" if near else f"the types are {', '.join(sorted(TYPES))}"
        reader.error(f"{place}.type", f"{kind!r} is no type of Table Schema", remedy)
        return None
    kind = kind or "any"
    for key in known.keys() & _ONLY_FOR.keys():
        if kind not in _ONLY_FOR[key]:
            wanted = " or ".join(sorted(_ONLY_FOR[key]))
            reader.warning(f"{place}.{key}", f"{key!r} means nothing for the type {kind!r}", f"it belongs to {wanted}")
    return Field(
        name=name,
        type=kind,
        format=_format(reader, kind, known.get("format", "default"), f"{place}.format"),
        title=MappingProxyType(texts_of(value, "title")),
        description=MappingProxyType(texts_of(value, "description")),
        constraints=_constraints(reader, known.get("constraints", {}), f"{place}.constraints"),
        missing=_missing(reader, known["missingValues"], f"{place}.missingValues")
        if "missingValues" in known
        else None,
        options=MappingProxyType({key: known[key] for key in known.keys() & (_ONLY_FOR.keys() | {"categories"})}),
    )


def _format(reader: StrictReader, kind: str, text: str, place: str) -> str:
    if kind in _PATTERNED:
        if text not in ("default", "any") and "%" not in text:
            reader.error(place, f"{text!r} is no pattern of dates", "write default, any, or a pattern such as %d/%m/%Y")
        return text.removeprefix("fmt:")
    if text != "default" and text not in _FORMATS.get(kind, ()):
        known = ", ".join(sorted(_FORMATS.get(kind, {"default"})))
        reader.error(place, f"{text!r} is no format of the type {kind!r}", f"the formats are {known}")
    return text


def _constraints(reader: StrictReader, value: Mapping[str, Any], place: str) -> Constraints:
    known = reader.checked(value, _CONSTRAINT_KEYS, place)
    pattern = known.get("pattern")
    if pattern is not None:
        try:
            re.compile(pattern)
        except re.error as error:
            reader.error(f"{place}.pattern", f"the pattern cannot be read: {error}", "write a regular expression")
    if "jsonSchema" in known:
        reader.warning(f"{place}.jsonSchema", "the constraint jsonSchema is not checked", "use the other constraints")
    return Constraints(
        required=known.get("required", False),
        unique=known.get("unique", False),
        min_length=known.get("minLength"),
        max_length=known.get("maxLength"),
        minimum=known.get("minimum"),
        maximum=known.get("maximum"),
        exclusive_minimum=known.get("exclusiveMinimum"),
        exclusive_maximum=known.get("exclusiveMaximum"),
        pattern=pattern,
        enum=tuple(known["enum"]) if "enum" in known else None,
    )


def _missing(reader: StrictReader, value: Sequence[Any], place: str) -> tuple[str, ...]:
    """Texts, or objects with a value and a label (version 2)."""
    found = []
    for number, each in enumerate(value):
        text = each.get("value") if isinstance(each, Mapping) else each
        if isinstance(text, str):
            found.append(text)
        else:
            reader.error(f"{place}[{number}]", f"{shown(each)} is not a text", "put it in quotes")
    return tuple(found)


def _match(reader: StrictReader, value: str | list[Any]) -> str:
    text = value[0] if isinstance(value, list) and len(value) == 1 else value
    if isinstance(text, str) and text in FIELDS_MATCH:
        return text
    reader.error("fieldsMatch", f"{shown(value)} is no way to match", f"write one of {', '.join(sorted(FIELDS_MATCH))}")
    return "exact"


def _unique_names(reader: StrictReader, fields: Sequence[Field]) -> None:
    seen: set[str] = set()
    for number, each in enumerate(fields):
        if each.name in seen:
            reader.error(
                f"fields[{number}].name", f"the name {each.name!r} stands twice", "give each field its own name"
            )
        seen.add(each.name)


def _field_names(reader: StrictReader, value: object, names: set[str], place: str) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        reader.error(place, f"{shown(value)} is no name of a field and no list of them", "write names of fields")
        return ()
    for name in listed:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            remedy = f"did you mean {near[0]!r}?" if near else "name a field of the schema"
            reader.error(place, f"the schema has no field {name!r}", remedy)
    return tuple(listed)


def _foreign_key(reader: StrictReader, value: object, names: set[str], place: str) -> ForeignKey | None:
    reference = value.get("reference") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or not isinstance(reference, Mapping) or "fields" not in value:
        reader.error(place, "the foreign key lacks `fields` or `reference`", "write both")
        return None
    reader.checked(value, {"fields": (str, list), "reference": dict}, place)
    known = reader.checked(reference, {"fields": (str, list), "resource": str}, f"{place}.reference")
    resource = known.get("resource", "")
    fields = _field_names(reader, value["fields"], names, f"{place}.fields")
    other = names if not resource else set(_listed(known.get("fields", [])))
    referred = _field_names(reader, known.get("fields", []), other, f"{place}.reference.fields")
    if len(fields) != len(referred):
        reader.error(place, f"{len(fields)} fields refer to {len(referred)}", "name as many fields on both sides")
        return None
    return ForeignKey(fields=fields, resource=resource, reference=referred)


def _listed(value: object) -> list[str]:
    return (
        [value]
        if isinstance(value, str)
        else [each for each in value if isinstance(each, str)]
        if isinstance(value, list)
        else []
    )
