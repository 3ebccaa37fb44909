"""The likeliest course through the duties of a law: a hidden Markov chain over the questions of a questionnaire.

Words speak for duties with points; the order of the questions speaks for staying, for going on to the next duty of the law, for
others, with chances that are learned from the questionnaire itself, for some follow the law and others topics of their own. The
memory of what was treated before makes the chain one of a higher order, so it is searched by beam.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from atalaya.duties.matching import TELLING, Matcher

STAY, NEXT, LATER, ELSEWHERE = "stay", "next", "later", "elsewhere"
FIRST_CHANCES: Mapping[str, float] = {STAY: 0.4, NEXT: 0.27, LATER: 0.12, ELSEWHERE: 0.21}
"""Chances, before anything is learned, that the next question is asked of the same duty, of the next one of the law, of one after
that, or of any other."""
FIRST_LINKED = 0.95
"""The chance, before anything is learned, that a question is asked of the duty of the one that it hangs from."""
HELD = 5.0
"""Questions that these chances weigh as many as, while chances are learned."""
ORDER = (0.2, 0.3, 0.4)
"""How much the order weighs beside the words, whose points are told with caution: little while its chances are learned."""
NEAR = 4
"""Duties of the law that `LATER` reaches over; each that is passed over halves the chance."""
RETURNED = 0.1
"""What is left of the chance of a duty that was treated before."""
REPEATED = 0.03
"""What is left of the chance of a duty where it is told by the words of one that it repeats, on coming to it."""
NO_DUTY, BACK = 0.08, 0.5
"""Chances that a question about no duty follows one about a duty, and the other way round. A questionnaire that comes back goes
on from the duty that it left."""
SILENT = 4.0
"""How many times likelier a question says nothing of any duty where it is about none; not more, for questions leave out what
their neighbours say."""
WIDTH = 40
"""Courses that are kept after each question."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in the law: the duty, and that whose information is asked for, which is another where the duty repeats others;
    both None for no duty."""

    duty: str | None
    spoken: str | None


NOWHERE = Seat(None, None)

Points = Mapping[str, float]
"""Duty → points that the words of a question speak for it with."""


@dataclass(frozen=True, slots=True)
class _Course:
    """A way through the law so far: its points, its seats, and the duties that it has come by."""

    points: float
    seats: tuple[Seat, ...]
    visited: frozenset[str]


class Chain:
    """The questions of one questionnaire, and the chances of every step through the law."""

    def __init__(self, matcher: Matcher, above: Sequence[int | None], spoken: Sequence[Points]) -> None:
        """`above` are the places of the questions that each hangs from, before its own; `spoken` what their words say."""
        self._ranks = matcher.ranks
        self._spoken = spoken
        self._above = above
        self._seats_in_all = sum(len(duty.repeats) or 1 for duty in matcher.duties)
        order = [duty.id for duty in matcher.duties]
        self._next = dict(pairwise(order))
        self._repeating: dict[str, list[str]] = {}
        for duty in matcher.duties:
            for repeated in duty.repeats:
                self._repeating.setdefault(repeated, []).append(duty.id)
        self._heard = _heard(above, spoken)
        self._chances, self._linked, self._order = dict(FIRST_CHANCES), FIRST_LINKED, ORDER[-1]

    def likeliest(self) -> tuple[Seat, ...]:
        """The seats of the likeliest course, one for each question, by chances learned from courses before."""
        seats: tuple[Seat, ...] = ()
        for self._order in ORDER:
            if seats:
                self._learn(seats)
            seats = self._course()
        return seats

    def lead(self, seats: tuple[Seat, ...], place: int) -> float:
        """Points by which the seat of a question is before that of another duty, all others as they are."""
        visited = frozenset(each.duty for each in seats[:place] if each.duty is not None)
        hanging = [at for at, above in enumerate(self._above) if above == place and at > place + 1]
        following = [at for at in (place + 1, *hanging) if at < len(seats)]

        def points(seat: Seat) -> float:
            others = (*seats[:place], seat, *seats[place + 1 :])
            told = self._said(place, seat) + self._step(place, others[:place], seat, visited)
            return told + sum(self._step(at, others[:at], others[at], visited) for at in following)

        others = [points(seat) for seat in self._seats(place, seats[:place], visited) if seat != seats[place]]
        return points(seats[place]) - max(others, default=0.0)

    def _course(self) -> tuple[Seat, ...]:
        courses = [_Course(0.0, (), frozenset())]
        for place in range(len(self._spoken)):
            best: dict[tuple[Seat, frozenset[str]], _Course] = {}
            for course in courses:
                for seat in self._seats(place, course.seats, course.visited):
                    points = (
                        course.points + self._said(place, seat) + self._step(place, course.seats, seat, course.visited)
                    )
                    visited = course.visited if seat.duty is None else course.visited | {seat.duty}
                    held = best.get((seat, visited))
                    if held is None or held.points < points:
                        best[seat, visited] = _Course(points, (*course.seats, seat), visited)
            courses = sorted(best.values(), key=lambda each: -each.points)[:WIDTH]
        return courses[0].seats

    def _learn(self, seats: Sequence[Seat]) -> None:
        """Take the chances from the steps of a course, with those of before as `HELD` questions."""
        taken: Counter[str] = Counter()
        linked: Counter[bool] = Counter()
        for place, seat in enumerate(seats):
            above = self._above[place]
            if above is not None:
                linked[seat == seats[above]] += 1
            elif seat.duty is not None and (before := _last(seats[:place])) is not None:
                taken[self._way(before, seat)] += 1
        held = taken.total() + HELD
        self._chances = {way: (taken[way] + HELD * chance) / held for way, chance in FIRST_CHANCES.items()}
        self._linked = (linked[True] + HELD * FIRST_LINKED) / (linked.total() + HELD)

    def _seats(self, place: int, seats: Sequence[Seat], visited: frozenset[str]) -> Iterator[Seat]:
        """The seats that come into question: what is spoken for, the one before and above, the next of the law; a duty repeats
        another only after that was treated."""
        duties = dict.fromkeys(self._heard[place])
        above = self._above[place]
        for before in (_last(seats), None if above is None else seats[above]):
            if before is not None and before.spoken is not None and before.duty is not None:
                following = (before.spoken, self._next.get(before.duty), self._next.get(before.spoken))
                duties |= dict.fromkeys(each for each in following if each is not None)
        yield NOWHERE
        for duty in duties:
            yield Seat(duty, duty)
            if duty in visited:
                for repeating in self._repeating.get(duty, ()):
                    yield Seat(repeating, duty)

    def _said(self, place: int, seat: Seat) -> float:
        if seat.spoken is None:
            silent = self._order * math.log(SILENT) if self._above[place] is None else 0.0
            loudest = max(self._spoken[place].values(), default=0.0)
            return silent - (loudest if loudest >= TELLING else 0.0)
        return self._spoken[place].get(seat.spoken, 0.0)

    def _step(self, place: int, seats: Sequence[Seat], seat: Seat, visited: frozenset[str]) -> float:
        """The logarithm of the chance of one step, weighed."""
        if not seats:
            return 0.0
        above = self._above[place]
        if above is None:
            return self._order * math.log(self._chance(seats, seat, visited))
        if seat == seats[above]:
            return self._order * math.log(self._linked)
        other = (1 - self._linked) / 2
        return self._order * math.log(other if seat == seats[-1] else other / self._seats_in_all)

    def _chance(self, seats: Sequence[Seat], seat: Seat, visited: frozenset[str]) -> float:
        """The chance of a step from the last seat; where that is no duty, one from the last duty."""
        outside = seats[-1].duty is None
        if seat.duty is None:
            return 1 - BACK if outside else NO_DUTY
        before = _last(seats)
        if before is None:
            return BACK / self._seats_in_all
        return (BACK if outside else 1 - NO_DUTY) * self._moved(before, seat, visited)

    def _moved(self, before: Seat, seat: Seat, visited: frozenset[str]) -> float:
        """The chance of a step from one duty to another, or to the same."""
        way, passed = self._way(before, seat), self._passed(before, seat)
        if way == STAY:
            return self._chances[STAY]
        chance = self._chances[ELSEWHERE] / self._seats_in_all
        if way == NEXT:
            chance += self._chances[NEXT]
        elif passed > 1:
            chance += self._chances[LATER] * 0.5 ** (passed - 1)
        if seat.duty == before.duty:
            return chance
        returned = RETURNED if seat.duty in visited else 1.0
        return chance * returned * (REPEATED if seat.duty != seat.spoken else 1.0)

    def _way(self, before: Seat, seat: Seat) -> str:
        if seat == before:
            return STAY
        passed = self._passed(before, seat)
        return NEXT if passed == 1 else LATER if 1 < passed <= NEAR else ELSEWHERE

    def _passed(self, before: Seat, seat: Seat) -> int:
        """How many duties of the law lie between two seats, backwards below zero; within one that repeats others, of those."""
        if seat.duty == before.duty:
            return self._ranks[seat.spoken or ""] - self._ranks[before.spoken or ""]
        return self._ranks[seat.duty or ""] - self._ranks[before.duty or ""]


def _last(seats: Sequence[Seat]) -> Seat | None:
    """The last of these seats that is a duty."""
    return next((seat for seat in reversed(seats) if seat.duty is not None), None)


def _heard(above: Sequence[int | None], spoken: Sequence[Points]) -> list[list[str]]:
    """The duties that the words of a question, or of those that hang from it, speak for; in one order."""
    heard = [{duty for duty, told in points.items() if told > 0} for points in spoken]
    for place in reversed(range(len(above))):
        parent = above[place]
        if parent is not None:
            heard[parent] |= heard[place]
    return [sorted(each) for each in heard]
