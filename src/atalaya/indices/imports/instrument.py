"""Questionnaires of monitors of legal duties: read from JSON, and their faults told before anything is scored.

The shape is that of the monitors that grew from Infopública: `articles` (id, name) hold `numerals` (id, article, name, text), and
these hold `indicators` (id, numeral_id, type, parent_indicator_id, applies_when_parent_is, enabled, question). A question of the
type `child` scores; one of the type `parent` only routes: its children apply where it was answered as they say.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from atalaya.exceptions import MethodologyError

ANSWERS = ("Y", "N", "NA")
"""What a question may be answered with: yes, no, does not apply. Nothing at all is unknown."""


@dataclass(frozen=True, slots=True)
class Section:
    """An article of the law."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A numeral: one thing that must be published."""

    id: str
    section: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `scores` tells those that count from those that route; it applies where `parent` was answered `answer`."""

    id: str
    duty: str
    text: str
    scores: bool
    parent: str | None = None
    answer: str | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class InstrumentFault:
    """A fault: its kind, the questions or duties that have it, what is wrong and what to do."""

    kind: str
    ids: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A questionnaire, in the order of its file."""

    source: str
    sections: tuple[Section, ...]
    duties: tuple[Duty, ...]
    questions: tuple[Question, ...]
    by_id: Mapping[str, Question] = field(repr=False, compare=False)

    def scoring(self, duty: str) -> tuple[Question, ...]:
        """The questions that count for a duty: enabled, and not those that only route."""
        return tuple(each for each in self.questions if each.duty == duty and each.enabled and each.scores)

    def route(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Questions and the answers that lead to this one, the nearest first.

        A faulty link leads nowhere and is left out: the question then counts by its own answer, as it does in the monitor, whose
        figures know nothing of links.
        """
        found: list[tuple[str, str]] = []
        here, seen = question, {question.id}
        while self.leads(here):
            assert here.parent is not None, "held by leads"
            assert here.answer is not None, "held by leads"
            if here.parent in seen:
                return ()
            found.append((here.parent, here.answer))
            seen.add(here.parent)
            here = self.by_id[here.parent]
        return tuple(found)

    def leads(self, question: Question) -> bool:
        """Whether a question hangs, as it should, from an enabled question of its own duty, under an answer."""
        parent = self.by_id.get(question.parent or "")
        fits = parent is not None and parent.enabled and parent.duty == question.duty
        return fits and question.answer in ANSWERS


def read_instrument(path: Path) -> Instrument:
    """Read one file. Raises MethodologyError for one that cannot be read or is of another shape."""
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise MethodologyError(f"{path}: cannot be read ({error}); give a JSON file in UTF-8") from error
    return instrument_of(value, str(path))


def instrument_of(value: object, name: str = "instrument") -> Instrument:
    """An instrument from plain values. Raises MethodologyError naming the entry that is of another shape."""
    if not isinstance(value, Mapping):
        raise MethodologyError(f"{name}: this is no instrument; it needs articles, numerals and indicators")
    sections = tuple(Section(*_words(each, where, "id", "name")) for where, each in _entries(value, "articles", name))
    duties = tuple(_duty(each, where) for where, each in _entries(value, "numerals", name))
    questions = tuple(_question(each, where) for where, each in _entries(value, "indicators", name))
    first = {each.id: each for each in reversed(questions)}
    return Instrument(
        source=str(value.get("source", "")), sections=sections, duties=duties, questions=questions, by_id=first
    )


def _entries(value: Mapping[str, Any], key: str, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    listed = value.get(key)
    if not isinstance(listed, list):
        raise MethodologyError(f"{name}: {key} is not a list; write the {key} there")
    for place, each in enumerate(listed, start=1):
        if not isinstance(each, Mapping):
            raise MethodologyError(f"{name}: {key} number {place} is not an object; write its fields by name")
        yield f"{name}: {key} number {place}", each


def _words(entry: Mapping[str, Any], where: str, *keys: str) -> list[str]:
    lacking = [key for key in keys if entry.get(key) in (None, "")]
    if lacking:
        raise MethodologyError(f"{where} has no {', '.join(lacking)}; add it")
    return [str(entry[key]) for key in keys]


def _duty(entry: Mapping[str, Any], where: str) -> Duty:
    id_, section, name = _words(entry, where, "id", "article", "name")
    return Duty(id_, section, name, str(entry.get("text") or ""))


def _question(entry: Mapping[str, Any], where: str) -> Question:
    id_, duty, kind = _words(entry, where, "id", "numeral_id", "type")
    if kind not in ("child", "parent"):
        raise MethodologyError(f"{where} is of the type {kind!r}; write child for what scores, parent for what routes")
    parent, answer = entry.get("parent_indicator_id"), entry.get("applies_when_parent_is")
    return Question(
        id=id_,
        duty=duty,
        text=" ".join(str(entry.get("question") or "").split()),
        scores=kind == "child",
        parent=None if parent in (None, "") else str(parent),
        answer=None if answer in (None, "") else str(answer),
        enabled=bool(entry.get("enabled", True)),
    )


def wide_rows(
    instrument: Instrument, subjects: Sequence[Mapping[str, object]], answers: Sequence[tuple[str, str, str]]
) -> list[dict[str, str]]:
    """Subjects in rows with a column for each question; `answers` are (subject, question, answer), subjects have an `id`.

    Raises MethodologyError for an answer that is none of ANSWERS, to a question or of a subject that is not there, or two answers
    of one subject to one question.
    """
    rows = {str(each["id"]): {key: str(cell) for key, cell in each.items()} for each in subjects}
    blank = {each.id: "" for each in instrument.questions}
    found = {subject: {**row, **blank} for subject, row in rows.items()}
    for subject, question, answer in answers:
        if subject not in found:
            raise MethodologyError(f"there is an answer of {subject!r}, which is none of the subjects; add it there")
        if question not in blank:
            raise MethodologyError(f"{subject} answers the question {question!r}, which the instrument does not have")
        if answer not in ANSWERS:
            raise MethodologyError(f"{subject} answers {question} with {answer!r}; answers are {', '.join(ANSWERS)}")
        if found[subject][question]:
            raise MethodologyError(f"{subject} answers the question {question} twice; keep one of them")
        found[subject][question] = answer
    return list(found.values())
