"""Questionnaires read from files: a monitor's instrument (JSON), or a plain list of questions (CSV)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from atalaya.duties.answering import numerals_of
from atalaya.duties.questionnaires import Asking
from atalaya.exceptions import MethodologyError
from atalaya.indices.imports.instrument import read_instrument

COLUMNS = ("id", "question", "above")
"""Columns of a list of questions; only `question` is needed. Others are passed over."""
MOST = 5_000
"""Questions of a questionnaire; the longest known has 428."""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Questions in the order of their file, and the article and numeral that it states for them, by their ids."""

    questions: tuple[Asking, ...]
    stated: dict[str, tuple[str, str]]


def read_questions(path: Path) -> Questionnaire:
    """The questions of a file.

    Of an instrument, whose faults `atalaya index questionnaire` tells, questions that have no text or repeat an id are left out,
    and so are links to what does not stand before. Of a list all of this is an error. Raises MethodologyError naming the place
    for what cannot be read.
    """
    found = _of_instrument(path) if path.suffix.lower() == ".json" else Questionnaire(_of_list(path), {})
    if not found.questions:
        raise MethodologyError(f"{path}: there is no question in it; write one a row")
    if len(found.questions) > MOST:
        raise MethodologyError(f"{path}: {len(found.questions)} questions, more than {MOST}; divide the file")
    for each in found.questions:
        if any(0xD800 <= ord(sign) <= 0xDFFF for sign in each.id + each.text):
            raise MethodologyError(f"{path}: the question {each.id!a} has half a sign (a surrogate); write it out")
    return found


def _of_instrument(path: Path) -> Questionnaire:
    instrument = read_instrument(path)
    numerals = numerals_of(instrument)
    asking: dict[str, Asking] = {}
    stated: dict[str, tuple[str, str]] = {}
    for each in instrument.questions:
        if each.id in asking or not each.text:
            continue
        asking[each.id] = Asking(each.id, each.text, each.parent if each.parent in asking else None)
        if each.duty in numerals:
            stated[each.id] = numerals[each.duty]
    return Questionnaire(tuple(asking.values()), stated)


def _of_list(path: Path) -> tuple[Asking, ...]:
    asking: dict[str, Asking] = {}
    for line, id_, text, above in _rows(path):
        where = f"{path}, line {line}"
        if not text:
            raise MethodologyError(f"{where}: the question {id_!r} has no text; write it, or leave the row out")
        if id_ in asking:
            raise MethodologyError(f"{where}: the id {id_!r} stands twice; give each question one of its own")
        if above and above not in asking:
            raise MethodologyError(
                f"{where}: the question {id_!r} hangs from {above!r}, which does not stand before it; correct `above`"
            )
        asking[id_] = Asking(id_, text, above or None)
    return tuple(asking.values())


def _rows(path: Path) -> Iterator[tuple[int, str, str, str]]:
    """Line, id, question and what it hangs from, of each row. One without an id is called after its line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            names = [name.strip() for name in next(reader, [])]
            places = _places(path, names)
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) > len(names):
                    raise MethodologyError(
                        f"{path}, line {reader.line_num}: {len(cells)} cells where the header has {len(names)}; put a question "
                        "that holds a comma in quotation marks"
                    )
                told = {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
                line = reader.line_num
                yield line, told.get("id") or f"line {line}", told["question"], told.get("above", "")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MethodologyError(f"{path}: cannot be read as CSV in UTF-8 ({error}); correct it there") from error


def _places(path: Path, names: list[str]) -> dict[str, int]:
    """Where the columns stand. Raises MethodologyError where `question` is missing, or one stands twice."""
    if "question" not in names:
        told = ", ".join(repr(each) for each in names) or "none"
        hint = (
            "separate cells by commas"
            if any(";" in name or "\t" in name for name in names)
            else "write the questions under it"
        )
        raise MethodologyError(f"{path}: there is no column 'question' (it has {told}); {hint}")
    for name in COLUMNS:
        if names.count(name) > 1:
            raise MethodologyError(f"{path}: the column {name!r} stands twice; keep one")
    return {name: names.index(name) for name in COLUMNS if name in names}
