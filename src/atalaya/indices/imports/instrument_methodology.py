"""The questions of an instrument written into a methodology: head, titles, articles and numerals stand there by hand."""

import re
from collections.abc import Iterator

from atalaya.exceptions import MethodologyError
from atalaya.indices.imports.instrument import Instrument, Question

DUTY, QUESTION = "num", "q"
"""How the ids of nodes begin that are numerals and questions of the instrument; what follows is its id there."""

_SPANISH = {"Y": "sí", "N": "no", "NA": "no aplica"}
_ENGLISH = {"Y": "yes", "N": "no", "NA": "not applicable"}


def rewritten(text: str, instrument: Instrument) -> str:
    """A methodology with the questions under its numerals as the instrument has them.

    Each numeral is a node `num…` in block style whose last line is `children:`; its questions stand one a line below. Only
    questions that are enabled and score are written, each with the answers that lead to it. Running it again changes nothing.

    Raises MethodologyError where a numeral stands on one side only.
    """
    lines, seen = [], set()
    duty = ""
    for line in text.splitlines():
        if re.match(rf"\s*- \{{id: {QUESTION}\w+,", line):
            continue
        lines.append(line)
        if found := re.match(rf"\s*- id: {DUTY}(\w+)$", line):
            duty = found[1]
        elif duty and (found := re.match(r"(\s*)children:$", line)):
            lines.extend(_lines(instrument, duty, found[1] + "  "))
            seen.add(duty)
            duty = ""
    differing = sorted(seen.symmetric_difference(each.id for each in instrument.duties if instrument.scoring(each.id)))
    if differing:
        told = ", ".join(f"{DUTY}{each}" for each in differing)
        raise MethodologyError(f"these numerals stand in the instrument or in the methodology, and not in both: {told}")
    return "\n".join(lines) + "\n"


def _lines(instrument: Instrument, duty: str, indent: str) -> Iterator[str]:
    for question in instrument.scoring(duty):
        route = instrument.route(question)
        applies = f"applies_when: {_conditions(route)}, " if route else ""
        yield (
            f'{indent}- {{id: {QUESTION}{question.id}, level: question, range: [0, 100], source: {{column: "{question.id}"}}, '
            f"{applies}title: {_title(question, route)}}}"
        )


def _conditions(route: tuple[tuple[str, str], ...]) -> str:
    each = [f'{{column: "{parent}", in: ["{answer}"]}}' for parent, answer in route]
    return each[0] if len(each) == 1 else f"[{', '.join(each)}]"


def _title(question: Question, route: tuple[tuple[str, str], ...]) -> str:
    """The number of the question and the nearest answer that leads to it, in both languages."""
    spanish, english = f"Pregunta {question.id}", f"Question {question.id}"
    if route:
        parent, answer = route[0]
        spanish += f", si la {parent} es «{_SPANISH[answer]}»"
        english += f", if {parent} is ‘{_ENGLISH[answer]}’"
    return f'{{es: "{spanish}", en: "{english}"}}'
