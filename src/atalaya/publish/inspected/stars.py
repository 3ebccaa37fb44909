"""How open a file is by its bytes, and what brings it to the next of the five stars of open data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from atalaya.catalogue.records import Dataset, Distribution
from atalaya.checks.cases import ResourceCase
from atalaya.checks.dataset.five_stars import stars_of
from atalaya.checks.outcomes import Verdict
from atalaya.checks.resource import machine_readable, open_format
from atalaya.inspection.findings import Inspection
from atalaya.publish.inspected.speech import Speech

MOST = 5

NEXT: Mapping[int | None, str] = {
    None: "It could not be judged how open it is.",
    0: "There are no data in it. Publish the table itself, as CSV.",
    1: "For the second star, publish the table from which it was made, as a workbook; as CSV it has the third at once.",
    2: "For the third star, publish it also as CSV, an open format.",
    3: "For the fourth star, publish it also as RDF, with an address for every thing that it speaks of.",
    4: "For the fifth star, link it to the data of others.",
}
"""What to do for the next star, by the stars that the file reaches."""


@dataclass(frozen=True, slots=True)
class Openness:
    """What the checks of a round would say of a file with these bytes; None where undecided. `stars` are those that it reaches
    under an open licence."""

    open: bool | None
    machine_readable: bool | None
    stars: int | None


def openness_of(inspection: Inspection) -> Openness:
    """The openness of a file by its bytes."""
    case = ResourceCase(as_of=date.min, distribution=Distribution(), dataset=Dataset(), inspection=inspection)
    decided = {Verdict.PASS: True, Verdict.FAIL: False}
    return Openness(
        open=decided.get(open_format.rule(case).verdict),
        machine_readable=decided.get(machine_readable.rule(case).verdict),
        stars=stars_of(case),
    )


def open_text(speech: Speech, openness: Openness) -> str:
    """Whether the format is open, in words."""
    if openness.open is None:
        return speech.say("not known whether the format is open")
    return speech.say("open format") if openness.open else speech.say("not an open format")


def machine_text(speech: Speech, openness: Openness) -> str:
    """Whether programs can read it, in words."""
    if openness.machine_readable is None:
        return speech.say("not known whether programs can read it")
    return speech.say("machine-readable") if openness.machine_readable else speech.say("not machine-readable")


def stars_text(speech: Speech, openness: Openness) -> str:
    """How many stars, in words."""
    if openness.stars is None:
        return speech.say("no stars known")
    return speech.say("up to {stars} of {most} stars", stars=openness.stars, most=MOST)


def next_text(speech: Speech, openness: Openness) -> str:
    """What to do for the next star."""
    return speech.say(NEXT[openness.stars])
