"""Ties the questions of a questionnaire to duties: by their words, by what they hang from, and by their place among others.

A question alone often says too little (*¿Está actualizado?*); a questionnaire is a text with an order. What hangs from a question
asks of the same duty, mostly; a questionnaire stays with a duty for some questions, then moves on, and seldom returns. The course
through the law that is the likeliest as a whole tells (`duties.courses`). `docs/explanation/duty-matching.md` tells how well.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from atalaya.duties.courses import Chain, Points, Seat
from atalaya.duties.matches import Reason
from atalaya.duties.matching import TELLING, Matcher, ranked
from atalaya.duties.mentions import Mention, MentionKind
from atalaya.duties.tally import MARGIN, NEEDED
from atalaya.exceptions import MethodologyError

DOUBT = 1.0
"""Points by which the words of a question may speak more for another duty than for that of its place."""


class Ground(StrEnum):
    """What a question is tied to its duty by."""

    WORDS = "words"
    """Its own words speak for the duty more than for any other."""
    REPEATED = "repeated"
    """Its own words speak for a duty that this one repeats, and that was asked of before."""
    LINK = "link"
    """It hangs from a question of the duty."""
    ORDER = "order"
    """Its place: after a question of the duty, or of the one before it in the law."""
    NOTHING = "nothing"
    """It is about no duty."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question: its id, its text, and the id of the question before it that it hangs from."""

    id: str
    text: str
    above: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What duty a question is asked of, None where it is about none.

    `repeats` is the duty whose information it asks for, where the duty repeats others. `lead` are the points by which the duty is
    before the best of the others that come into question, all other questions as they are. `sure` tells that no person needs to
    look: the lead is one of `tally.MARGIN`, no words speak for another duty, and its own or a sure question that it hangs from
    speak for this one. `reasons` are those of its own words.
    """

    id: str
    duty_id: str | None
    repeats: str | None
    ground: Ground
    lead: float
    sure: bool
    reasons: tuple[Reason, ...]


def asked_of(questions: Sequence[Asking], matcher: Matcher) -> tuple[Asked, ...]:
    """The duty of each question, in the order given, which is that of the questionnaire.

    Raises MethodologyError for an id that stands twice, and for a question that hangs from none before it.
    """
    above = _above(questions)
    if not questions:
        return ()
    matches = [ranked(_mention(each), matcher) for each in questions]
    spoken = [{one.duty_id: _points(one.score) for one in found} for found in matches]
    chain = Chain(matcher, above, spoken)
    seats = chain.likeliest()
    told: list[Asked] = []
    for place, (question, seat, lead) in enumerate(zip(questions, seats, chain.leads(seats), strict=True)):
        over = above[place]
        hangs = over is not None and seats[over] == seat
        told.append(
            Asked(
                id=question.id,
                duty_id=seat.duty,
                repeats=seat.spoken if seat.spoken != seat.duty else None,
                ground=_ground(seat, spoken[place], hangs=hangs),
                lead=round(lead, 3),
                sure=lead >= MARGIN
                and _undoubted(seat, spoken[place], upheld=hangs and over is not None and told[over].sure),
                reasons=next((one.reasons for one in matches[place] if one.duty_id == seat.spoken), ()),
            )
        )
    return tuple(told)


def _undoubted(seat: Seat, spoken: Points, *, upheld: bool) -> bool:
    """Whether a place can be trusted: no words speak for another duty; and its own speak for this one, or a sure question
    of the same duty that it hangs from upholds it, or it is about no duty."""
    own = spoken.get(seat.spoken or "", 0.0)
    loudest = max(spoken.values(), default=0.0)
    if loudest >= TELLING and loudest - own >= DOUBT:
        return False
    return seat.duty is None or own >= TELLING or upheld


def _above(questions: Sequence[Asking]) -> list[int | None]:
    """The place of the question that each hangs from."""
    places: dict[str, int] = {}
    for place, each in enumerate(questions):
        if each.id in places:
            raise MethodologyError(f"the question {each.id!r} stands twice; give each an id of its own")
        if each.above is not None and each.above not in places:
            raise MethodologyError(
                f"the question {each.id!r} hangs from {each.above!r}, which does not stand before it; correct it"
            )
        places[each.id] = place
    return [None if each.above is None else places[each.above] for each in questions]


def _mention(question: Asking) -> Mention:
    return Mention(id=question.id, source_id="", kind=MentionKind.HEADING, url="", page_url="", text=question.text)


def _points(score: float) -> float:
    """The points of a score, which is rounded."""
    held = min(max(score, 0.0001), 0.9999)
    return NEEDED + math.log(held / (1 - held))


def _ground(seat: Seat, spoken: Points, *, hangs: bool) -> Ground:
    if seat.duty is None:
        return Ground.NOTHING
    own = spoken.get(seat.spoken or "", 0.0)
    if own > 0 and own >= max(spoken.values()):
        return Ground.WORDS if seat.spoken == seat.duty else Ground.REPEATED
    return Ground.LINK if hangs else Ground.ORDER
