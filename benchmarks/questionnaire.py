"""The questionnaire of the monitoring of 2017 as texts with the numerals that they are asked of; digits are taken out.

Numerals 24 and 25 of its first article ask international and private bodies for *the information of the numerals before* about
what they buy. The questionnaire asks those numerals' questions again for them, in their order, some in other words. What numeral
such a question repeats is read from the questionnaire alone: each group of questions (one without a question above it, and those
below) repeats the numeral that its first question is asked of elsewhere, else that of most of the others, else that of the group
before it.
"""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPEATING = frozenset({"laip-10-24", "laip-10-25"})
"""Duties of bodies outside the register that repeat what is asked of others, word for word: no text alone tells them apart."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its text without digits, the question above it, and the numerals that its text is asked of; `repeats` are
    those whose question it repeats where it is asked of repeating numerals only."""

    text: str
    above: str
    duties: tuple[str, ...]
    part: str
    repeats: tuple[str, ...] = ()


def part_of(text: str) -> str:
    """The part of the labels that a question is in."""
    digest = hashlib.sha256(text.encode()).digest()
    return "tuned" if digest[0] % 2 == 0 else ("seen" if digest[1] % 2 else "held")


def read_questions(path: Path, law: str) -> list[Question]:
    """All questions of an instrument; those that are asked of no article of the law have no duties."""
    instrument = json.loads(path.read_text(encoding="utf-8"))
    numerals = {}
    for numeral in instrument["numerals"]:
        number = re.search(r"\d+", numeral["name"])
        numerals[numeral["id"]] = f"{law}-{numeral['article']}-{number[0]}" if number else None
    asked: dict[str, dict[str, None]] = defaultdict(dict)
    texts = {each["id"]: each["question"].strip() for each in instrument["indicators"]}
    for each in instrument["indicators"]:
        if (duty := numerals[each["numeral_id"]]) is not None:
            asked[texts[each["id"]]][duty] = None
    repeats = _repeated(instrument["indicators"], numerals, asked)
    return [
        Question(
            text=re.sub(r"\d+", "", texts[each["id"]]),
            above=re.sub(r"\d+", "", texts.get(each["parent_indicator_id"], "")),
            duties=tuple(asked[texts[each["id"]]]),
            part=part_of(texts[each["id"]]),
            repeats=repeats.get(texts[each["id"]], ()),
        )
        for each in instrument["indicators"]
    ]


def _repeated(
    indicators: Iterable[Mapping[str, Any]], numerals: Mapping[int, str | None], asked: Mapping[str, Iterable[str]]
) -> dict[str, tuple[str, ...]]:
    """Texts asked of repeating numerals only → the numerals that they repeat."""
    groups: dict[str, dict[int, list[str]]] = defaultdict(dict)
    firsts: dict[int, int] = {}
    for each in sorted(indicators, key=lambda each: int(each["id"])):
        firsts[each["id"]] = firsts.get(each["parent_indicator_id"], each["id"])
        duty = numerals[each["numeral_id"]]
        if duty in REPEATING:
            groups[duty].setdefault(firsts[each["id"]], []).append(each["question"].strip())
    found: dict[str, set[str]] = defaultdict(set)
    for of_duty in groups.values():
        repeated: list[str] = []
        for first, *others in of_duty.values():
            repeated = _elsewhere([first], asked) or _elsewhere(others, asked) or repeated
            for text in (first, *others):
                if set(asked[text]) <= REPEATING:
                    found[text].update(repeated)
    return {text: tuple(sorted(duties)) for text, duties in found.items()}


def _elsewhere(texts: Iterable[str], asked: Mapping[str, Iterable[str]]) -> list[str]:
    """The numeral that most of the texts are asked of, but for the repeating ones; all of them where they are as many."""
    counted = Counter(duty for text in texts for duty in asked[text] if duty not in REPEATING)
    most = max(counted.values(), default=0)
    return [duty for duty, count in counted.items() if count == most]
