"""A schema as a workbook to be filled in: its header, lists to choose from, what each column is, and nothing else in the way."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from atalaya.catalogue.table_schema import Field
from atalaya.countries.pack import RegisteredSchema

_ROWS = 10_000
"""Rows below the header that get the formats and rules of their columns."""
_LONGEST_LIST = 255
"""Characters of all choices of a list together that a workbook takes."""
_NOTE = 250
_WORDS: Mapping[str, tuple[str, ...]] = {
    "es": ("Columnas", "columna", "tipo", "obligatoria", "qué es", "qué puede decir", "sí"),
    "en": ("Columns", "column", "type", "required", "what it is", "what may stand in it", "yes"),
}
_NUMBERS = {"integer": "0", "number": "General", "year": "0"}
_DATES = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm:ss"}


def write_template(
    path: Path, schema: RegisteredSchema, language: str, example: Mapping[str, Any] | None = None
) -> None:
    """Write the workbook; `example` is the descriptor whose examples fill one row. Raises OSError where it cannot be written.

    Columns of text are formatted as text, so that codes keep their zeros; what must be chosen is a list; numbers and dates are
    held to their bounds by a warning, never by a refusal. Nothing becomes a formula or a link.
    """
    words = _WORDS[language if language in _WORDS else "en"]
    fields = schema.schema.fields
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(schema.id.rpartition(":")[2][:31])
        head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        sheet.freeze_panes(1, 0)
        for place, each in enumerate(fields):
            sheet.set_column(
                place, place, max(12, min(40, len(each.name) + 4)), book.add_format({"num_format": _format(each)})
            )
            sheet.write_string(0, place, each.name, head)
            told = _text(each.description, language)
            if told:
                sheet.write_comment(0, place, told[:_NOTE])
            rule = _rule(each)
            if rule:
                sheet.data_validation(1, place, _ROWS, place, rule)
        for place, value in enumerate(
            [] if example is None else [each.get("example", "") for each in example["fields"]]
        ):
            sheet.write(1, place, value) if isinstance(value, int | float) else sheet.write_string(1, place, str(value))
        _dictionary(book, fields, words, language)


def _format(each: Field) -> str:
    return _NUMBERS.get(each.type) or _DATES.get(each.type) or "@"


def _rule(each: Field) -> dict[str, Any]:
    """The rule of a column: a list, whole or decimal numbers, dates; empty where a workbook has none for it."""
    limits = each.constraints
    if limits.enum is not None:
        choices = [str(choice) for choice in limits.enum]
        fits = len(",".join(choices)) <= _LONGEST_LIST and not any("," in choice for choice in choices)
        return {"validate": "list", "source": choices, "error_type": "warning"} if fits else {}
    kind = {"integer": "integer", "number": "decimal", "date": "date"}.get(each.type)
    ends = [_bound(each, end) for end in (limits.minimum, limits.maximum)]
    if kind is None or ends == [None, None]:
        return {}
    rule: dict[str, Any] = {"validate": kind, "error_type": "warning"}
    if None not in ends:
        return {**rule, "criteria": "between", "minimum": ends[0], "maximum": ends[1]}
    return {**rule, "criteria": ">=" if ends[1] is None else "<=", "value": ends[0] if ends[1] is None else ends[1]}


def _bound(each: Field, end: Any) -> Any:
    if end is None:
        return None
    try:
        return date.fromisoformat(str(end)) if each.type == "date" else float(end)
    except ValueError:
        return None


def _dictionary(book: Any, fields: tuple[Field, ...], words: tuple[str, ...], language: str) -> None:
    """A second sheet that says what each column is."""
    sheet = book.add_worksheet(words[0])
    head, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    for place, (title, width) in enumerate(zip(words[1:6], (24, 12, 12, 60, 40), strict=True)):
        sheet.set_column(place, place, width, wrapped)
        sheet.write_string(0, place, title, head)
    for row, each in enumerate(fields, start=1):
        required = words[6] if each.constraints.required else ""
        cells = (each.name, each.type, required, _text(each.description, language), _allowed(each))
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell)
    sheet.freeze_panes(1, 0)


def _allowed(each: Field) -> str:
    limits = each.constraints
    if limits.enum is not None:
        return ", ".join(str(choice) for choice in limits.enum)
    told = [f"{sign} {end}" for sign, end in (("≥", limits.minimum), ("≤", limits.maximum)) if end is not None]
    return ", ".join([*told, *([limits.pattern] if limits.pattern else [])])


def _text(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("") or next(iter(texts.values()), "")
