"""A monitor's questionnaire, answered where verdicts can answer it; the rest is left to people.

The questions of a numeral ask for more than whether it is published. So the machine says *no* to all that score where nothing is
published, *yes* to those that no other answer leads to where the institution justifies why not (in these monitors a justification
meets a question), and *yes* to the one question of a numeral that has only one. Otherwise people read what is published.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from atalaya.duties.verdicts import Standing
from atalaya.indices.imports.instrument import Instrument, Question

YES, NO = "Y", "N"

_ABSENT = frozenset({Standing.MISSING, Standing.HEADING_ONLY})
_PUBLISHED = frozenset({Standing.CURRENT, Standing.LATE, Standing.NOT_OPEN})
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of the machine to a question, and the duty whose verdict it rests on."""

    question: str
    answer: str
    duty_id: str


def numerals_of(instrument: Instrument) -> dict[str, tuple[str, str]]:
    """Numeral of the instrument → article and numeral of the law, by the number in its name; those without one are left out."""
    found = {}
    for duty in instrument.duties:
        number = _NUMBER.search(duty.name)
        if number is not None:
            found[duty.id] = (duty.section, number[0])
    return found


def answers_of(
    instrument: Instrument, duties: Mapping[tuple[str, str], str], standings: Mapping[str, str]
) -> Iterator[Answered]:
    """The answers for one institution: `duties` are ids by article and numeral, `standings` those of its duties as a whole.

    Of a duty that does not bind it, or on which nobody can say anything, no question is answered.
    """
    for numeral, pair in numerals_of(instrument).items():
        duty_id = duties.get(pair)
        standing = None if duty_id is None else standings.get(duty_id)
        if duty_id is not None and standing is not None:
            for question, answer in _answers(instrument, instrument.scoring(numeral), Standing(standing)):
                yield Answered(question.id, answer, duty_id)


def _answers(
    instrument: Instrument, questions: Sequence[Question], standing: Standing
) -> Iterator[tuple[Question, str]]:
    if standing in _ABSENT:
        yield from ((question, NO) for question in questions)
    elif standing is Standing.JUSTIFIED:
        yield from ((question, YES) for question in questions if not instrument.route(question))
    elif standing in _PUBLISHED and len(questions) == 1:
        yield questions[0], YES


def applicable(instrument: Instrument, duties: Mapping[tuple[str, str], str], bound: Mapping[str, str]) -> list[str]:
    """The numerals of the instrument that apply to an institution: those whose duties bind it, and those of no duty."""
    pairs = numerals_of(instrument)
    return [duty.id for duty in instrument.duties if duty.id not in pairs or duties.get(pairs[duty.id]) in bound]
