"""The header of a table beside the fields of a schema: which column is which field, and what differs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.catalogue.table_schema import Field, TableSchema


@dataclass(frozen=True, slots=True)
class SchemaError:
    """One way in which a table differs from its schema.

    `code` is the class, `row` the number of the row as a person sees it (None for the header and for the whole table), `column`
    that of the column from 1 (None for whole rows), `detail` a sentence without values of cells, `field` the column's name.
    """

    code: str
    row: int | None
    column: int | None
    detail: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The field of each column in the order of the table, None where neither a header nor a schema tells; and what differs."""

    fields: tuple[Field, ...] | None
    errors: tuple[SchemaError, ...] = ()


def match_columns(labels: Sequence[str] | None, schema: TableSchema | None) -> Columns:
    """The field of each column: by position where they must be exact, else by name."""
    if labels is None:
        return Columns(schema.fields if schema is not None else None)
    if not any(label.strip() for label in labels):
        blank = SchemaError("blank_header", None, None, "all labels of the header are empty")
        return Columns(schema.fields if schema is not None else _inferred(labels), (blank,))
    if schema is None:
        return Columns(_inferred(labels), tuple(_form(labels)))
    if schema.match == "exact":
        return Columns(schema.fields, tuple(_exact(labels, schema.fields)))
    return _by_name(labels, schema)


def _inferred(labels: Sequence[str]) -> tuple[Field, ...]:
    return tuple(Field(name=label or f"field{number}") for number, label in enumerate(labels, 1))


def _form(labels: Sequence[str]) -> Iterator[SchemaError]:
    """Labels that are empty or stand twice."""
    for number, label in enumerate(labels, 1):
        if (found := _form_of(labels, number, label)) is not None:
            yield found


def _form_of(labels: Sequence[str], number: int, label: str) -> SchemaError | None:
    if not label.strip():
        return SchemaError("blank_label", None, number, "the label is empty")
    if label in labels[: number - 1]:
        first = labels.index(label) + 1
        return SchemaError("duplicate_label", None, number, f"the label is that of column {first}", label)
    return None


def _exact(labels: Sequence[str], fields: Sequence[Field]) -> Iterator[SchemaError]:
    for number in range(len(fields) + 1, len(labels) + 1):
        yield SchemaError("extra_label", None, number, f"the schema has {len(fields)} fields")
    for number, each in enumerate(fields, 1):
        if number > len(labels):
            yield SchemaError(
                "missing_label", None, number, f"the header ends before the field {each.name!r}", each.name
            )
            continue
        label = labels[number - 1]
        form = _form_of(labels, number, label)
        if form is not None:
            yield form
        elif label != each.name:
            yield SchemaError("incorrect_label", None, number, f"the schema has {each.name!r} here", each.name)


def _by_name(labels: Sequence[str], schema: TableSchema) -> Columns:
    known = {each.name: each for each in schema.fields}
    errors = list(_form(labels))
    fields = []
    used: set[str] = set()
    for number, label in enumerate(labels, 1):
        found = known.get(label) if label not in used else None
        if found is None and label not in known and label.strip() and schema.match in ("equal", "superset"):
            errors.append(SchemaError("extra_label", None, number, "the schema has no field of this name"))
        used.add(label)
        fields.append(found or Field(name=label or f"field{number}"))
    asked = schema.match in ("equal", "subset")
    errors += [
        SchemaError("missing_label", None, None, f"no column is called {each.name!r}", each.name)
        for each in schema.fields
        if each.name not in used and (asked or each.constraints.required)
    ]
    if schema.match == "partial" and not used & known.keys():
        errors.append(SchemaError("missing_label", None, None, "no column is called as a field of the schema is"))
    return Columns(tuple(fields), tuple(errors))
