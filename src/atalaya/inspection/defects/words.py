"""Words of the names of columns by what the column is for, and units by how they are written.

The tables are `data/vocabularies/column_words.yml` and `data/vocabularies/units.yml`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from atalaya.catalogue.vocabularies.tables import table
from atalaya.inspection.identity_numbers import identity_names

_TOGETHER = r"^(?:id|cod)[a-z]{3,}$|[a-z]{3,}(?:id|cod)$"
"""Names that are written in one word with what they are codes of."""
_ENDINGS = r"\b(?:number|nro|numero|num|no)$"
"""What ends the name of a number that identifies: *number of* something does not end so."""


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """Patterns of folded names: `code` for codes and numbers that identify, `key` for those of them that may tell rows apart,
    `reference` for those that say whom a row refers to."""

    code: re.Pattern[str]
    key: re.Pattern[str]
    reference: re.Pattern[str]
    coordinate: re.Pattern[str]
    year: re.Pattern[str]
    row_numbers: frozenset[str]


@cache
def column_words() -> ColumnWords:
    """The words of the table, made ready."""
    listed = table("column_words.yml")
    persons = (*listed["persons"], *identity_names())
    references = (*listed["references"], *persons)
    keys = [word for word in listed["codes"] if word not in references]
    return ColumnWords(
        code=re.compile(f"{_words((*listed['codes'], *persons))}|{_TOGETHER}|{_ENDINGS}"),
        key=re.compile(f"{_words(keys)}|{_TOGETHER}"),
        reference=re.compile(_words(references)),
        coordinate=re.compile(_words(listed["coordinates"])),
        year=re.compile(rf"{_words(listed['years'])}|^(?:ano|anio)[a-z]*$"),
        row_numbers=frozenset(listed["row_numbers"]),
    )


@cache
def units() -> Mapping[str, str]:
    """Ways of writing a unit → the unit."""
    return {str(way): str(unit) for unit, ways in table("units.yml").items() for way in ways}


def _words(words: Iterable[str]) -> str:
    return rf"\b(?:{'|'.join(map(re.escape, dict.fromkeys(words)))})\b"
