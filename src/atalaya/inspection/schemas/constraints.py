"""The constraints of a field, each as a question that is asked of a value."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from atalaya.catalogue.table_schema import Field
from atalaya.inspection.schemas.moments import Unfit
from atalaya.inspection.schemas.values import Reader, reader_of


@dataclass(frozen=True, slots=True)
class Constraint:
    """A question with the sentence that says what was broken, without the value that broke it."""

    holds: Callable[[Any], bool]
    broken: str


@dataclass(frozen=True, slots=True)
class Misfit:
    """A bound or choice that is no value of the field's own type."""

    key: str
    why: str


def constraints_of(field: Field) -> tuple[tuple[Constraint, ...], tuple[Misfit, ...]]:
    """The constraints of a field on values that are there, and what of them cannot be used."""
    read = _lenient(reader_of(field), field)
    misfits: list[Misfit] = []
    found = [*_lengths(field), *_bounds(field, read, misfits), *_choices(field, read, misfits)]
    if field.constraints.pattern is not None:
        pattern = re.compile(field.constraints.pattern)
        found.append(
            Constraint(lambda value: pattern.fullmatch(str(value)) is not None, "it does not follow the pattern")
        )
    if field.type == "array" and (item := field.options.get("arrayItem")):
        enum = (item.get("constraints") or {}).get("enum")
        if enum is not None:
            found.append(
                Constraint(lambda value: all(each in enum for each in value), "an item is none of the choices")
            )
    return tuple(found), tuple(misfits)


def _lenient(read: Reader, field: Field) -> Reader:
    """Bounds and choices in JSON may stand as numbers and as texts, and dates always in their ISO form too."""

    def read_written(written: Any) -> Any:
        try:
            return read(written)
        except Unfit:
            if field.type in ("date", "time", "datetime") and field.format != "default":
                return reader_of(Field(name=field.name, type=field.type))(written)
            raise

    return read_written


def _lengths(field: Field) -> Iterator[Constraint]:
    least, most = field.constraints.min_length, field.constraints.max_length
    if least is not None:
        yield Constraint(lambda value: len(value) >= least, f"it is shorter than {least}")
    if most is not None:
        yield Constraint(lambda value: len(value) <= most, f"it is longer than {most}")


def _bounds(field: Field, read: Reader, misfits: list[Misfit]) -> Iterator[Constraint]:
    given = field.constraints
    bounds: tuple[tuple[str, Any, Callable[[Any, Any], bool], str], ...] = (
        ("minimum", given.minimum, lambda value, bound: value >= bound, "it is below the minimum"),
        ("maximum", given.maximum, lambda value, bound: value <= bound, "it is above the maximum"),
        (
            "exclusiveMinimum",
            given.exclusive_minimum,
            lambda value, bound: value > bound,
            "it is not above the minimum",
        ),
        (
            "exclusiveMaximum",
            given.exclusive_maximum,
            lambda value, bound: value < bound,
            "it is not below the maximum",
        ),
    )
    for key, written, holds, broken in bounds:
        if written is None:
            continue
        try:
            bound = read(written)
            holds(bound, bound)
        except (Unfit, TypeError):
            misfits.append(Misfit(key, f"{written!r} is no bound of the type {field.type!r}"))
            continue
        yield Constraint(_compared(holds, bound), f"{broken} {written}")


def _compared(holds: Callable[[Any, Any], bool], bound: Any) -> Callable[[Any], bool]:
    """A bound asked of a value; what is not a number has no order and is outside every bound."""

    def within(value: Any) -> bool:
        try:
            return holds(value, bound)
        except ArithmeticError:
            return False

    return within


def _choices(field: Field, read: Reader, misfits: list[Misfit]) -> Iterator[Constraint]:
    written = field.constraints.enum
    listed = [] if written is None else [("enum", each) for each in written]
    categories = field.options.get("categories") or ()
    listed += [("categories", each.get("value") if isinstance(each, dict) else each) for each in categories]
    if written is None and not categories:
        return
    choices = []
    for key, each in listed:
        try:
            choices.append(read(each))
        except Unfit:
            misfits.append(Misfit(key, f"{each!r} is no value of the type {field.type!r}"))
    yield Constraint(lambda value: value in choices, f"it is none of the {len(choices)} choices")
