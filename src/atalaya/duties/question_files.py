"""Questionnaires read from files: a monitor's instrument (JSON), or a plain list of questions (CSV)."""

import csv
from pathlib import Path

from atalaya.duties.answering import numerals_of
from atalaya.duties.questionnaires import Asking
from atalaya.exceptions import MethodologyError
from atalaya.indices.imports.instrument import read_instrument

COLUMNS = ("id", "question", "above")
"""Columns of a list of questions; only `question` is needed. Others are passed over."""


def read_questions(path: Path) -> tuple[tuple[Asking, ...], dict[str, tuple[str, str]]]:
    """The questions of a file in its order, and the article and numeral that it states for them, by their ids.

    A link to a question that is not there or does not stand before is left out, as in the scoring of instruments; of a list,
    which nobody else checks, it is an error. Raises MethodologyError naming the place for what cannot be read.
    """
    if path.suffix.lower() == ".json":
        return _of_instrument(path)
    return _of_list(path), {}


def _of_instrument(path: Path) -> tuple[tuple[Asking, ...], dict[str, tuple[str, str]]]:
    instrument = read_instrument(path)
    numerals = numerals_of(instrument)
    asking: dict[str, Asking] = {}
    for each in instrument.questions:
        asking.setdefault(each.id, Asking(each.id, each.text, each.parent if each.parent in asking else None))
    stated = {each.id: numerals[each.duty] for each in instrument.questions if each.duty in numerals}
    return tuple(asking.values()), stated


def _of_list(path: Path) -> tuple[Asking, ...]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            rows, names = list(reader), reader.fieldnames or ()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MethodologyError(f"{path}: cannot be read as CSV ({error}); write it in UTF-8 with a header") from error
    if "question" not in names:
        told = ", ".join(repr(each) for each in names) or "none"
        raise MethodologyError(f"{path}: there is no column 'question' (it has {told}); write the questions under it")
    cells = ([(row.get(name) or "").strip() for name in COLUMNS] for row in rows)
    asking = tuple(
        Asking(id_ or str(line), text, above or None) for line, (id_, text, above) in enumerate(cells, start=2)
    )
    for line, each in enumerate(asking, start=2):
        if not each.text:
            raise MethodologyError(
                f"{path}: the question {each.id!r} (row {line}) has no text; write it, or leave the row out"
            )
    return asking
