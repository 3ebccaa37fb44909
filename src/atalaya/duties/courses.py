"""The likeliest course through the duties of a law: a hidden Markov chain over the questions of a questionnaire.

Words speak for duties with points; the order of the questions speaks for staying, for going on to the next duty of the law, for
others, with chances that are learned from the questionnaire itself, for some follow the law and others topics of their own. The
memory of what was treated before makes the chain one of a higher order, so it is searched by beam.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
REPEATED = 0.01
"""What is left of the chance of a duty where it is told by the words of one that it repeats, on coming to it."""
NO_DUTY, BACK = 0.08, 0.5
"""Chances that a question about no duty follows one about a duty, and the other way round. A questionnaire that comes back goes
on from the duty that it left."""
SILENT = 4.0
"""How many times likelier a question says nothing of any duty where it is about none; not more, for questions leave out what
their neighbours say."""
WIDTH, ALIKE = 40, 6
"""Courses that are kept after each question, and how many of them may end in one seat: what looks worse at first may be right in
the end."""


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
class _Before:
    """What stands before a question: the seat of the one before, the last seat that is a duty, and that of the one that it hangs
    from; None where there is none."""

    seat: Seat | None
    duty: Seat | None
    above: Seat | None


@dataclass(frozen=True, slots=True)
class _Course:
    """A way through the law so far: its points, its last seat, its last one that is a duty, the seats that it has come by,
    those from whose questions more hangs, by their places, and the course that it goes on from."""

    points: float = 0.0
    seat: Seat | None = None
    duty: Seat | None = None
    visited: frozenset[Seat] = frozenset()
    held: tuple[tuple[int, Seat], ...] = ()
    before: "_Course | None" = None

    def seats(self) -> tuple[Seat, ...]:
        """All seats from the first."""
        found, course = [], self
        while course.seat is not None and course.before is not None:
            found.append(course.seat)
            course = course.before
        return tuple(reversed(found))


class Chain:
    """The questions of one questionnaire, and the chances of every step through the law."""

    def __init__(self, matcher: Matcher, above: Sequence[int | None], spoken: Sequence[Points]) -> None:
        """`above` are the places of the questions that each hangs from, before its own; `spoken` what their words say."""
        self._ranks = matcher.ranks
        self._spoken = spoken
        self._above = above
        self._seats_in_all = sum(len(duty.repeats) or 1 for duty in matcher.duties)
        self._next = {one.id: other.id for one, other in pairwise(matcher.duties) if one.law == other.law}
        self._repeating: dict[str, list[str]] = {}
        for duty in matcher.duties:
            for repeated in duty.repeats:
                self._repeating.setdefault(repeated, []).append(duty.id)
        self._heard = _heard(above, spoken)
        self._held = _held(above)
        self.chances: dict[str, float] = dict(FIRST_CHANCES)
        """What was learned last."""
        self._linked, self._order = FIRST_LINKED, ORDER[-1]

    def likeliest(self) -> tuple[Seat, ...]:
        """The seats of the likeliest course, one for each question, by chances learned from courses before."""
        seats: tuple[Seat, ...] = ()
        for self._order in ORDER:
            if seats:
                self._learn(seats)
            seats = self._course()
        return seats

    def leads(self, seats: Sequence[Seat]) -> list[float]:
        """Points by which the seat of each question is before the best of the others that come into question, all other questions
        as they are; below zero where it stands for the sake of what comes later."""
        duties = _last_duties(seats)
        hanging: dict[int, list[int]] = {}
        for place, above in enumerate(self._above):
            if above is not None and above < place - 1:
                hanging.setdefault(above, []).append(place)
        leads: list[float] = []
        visited: frozenset[Seat] = frozenset()
        for place, chosen in enumerate(seats):
            befores = {at: self._before(at, seats, duties[at]) for at in (place, *hanging.get(place, ()))}
            if place + 1 < len(seats):
                befores[place + 1] = self._before(place + 1, seats, duties[place])
            points = {
                seat: self._points(place, seat, seats, befores, visited)
                for seat in (chosen, *seats[place + 1 : place + 2], *self._seats(place, befores[place], visited))
            }
            best = points.pop(chosen)
            leads.append(best - max(points.values(), default=0.0))
            visited = visited if chosen.duty is None else visited | {chosen}
        return leads

    def _points(
        self, place: int, seat: Seat, seats: Sequence[Seat], befores: Mapping[int, _Before], visited: frozenset[Seat]
    ) -> float:
        """What speaks for a seat: its words, the step to it, and the steps from it to the others as they are."""
        told = self._said(place, seat)
        for at, before in befores.items():
            if at == place:
                told += self._step(before, seat, visited)
                continue
            above = seat if self._above[at] == place else before.above
            if at == place + 1:
                before = _Before(seat, before.duty if seat.duty is None else seat, above)
            else:
                before = replace(before, above=above)
            told += self._step(before, seats[at], visited)
        return told

    def _before(self, place: int, seats: Sequence[Seat], duty: Seat | None) -> _Before:
        """What stands before a question of a course that is known; `duty` is its last seat that is one."""
        above = self._above[place]
        return _Before(seats[place - 1] if place else None, duty, None if above is None else seats[above])

    def _course(self) -> tuple[Seat, ...]:
        courses = [_Course()]
        for place in range(len(self._spoken)):
            best: dict[tuple[Seat, frozenset[Seat]], _Course] = {}
            for course in courses:
                before = _Before(course.seat, course.duty, _at(course.held, self._above[place]))
                for seat in self._seats(place, before, course.visited):
                    points = course.points + self._said(place, seat) + self._step(before, seat, course.visited)
                    visited = course.visited if seat.duty is None else course.visited | {seat}
                    known = best.get((seat, visited))
                    if known is None or known.points < points:
                        best[seat, visited] = self._gone(place, course, seat, points, visited)
            courses = _kept(best.values())
        return courses[0].seats()

    def _gone(self, place: int, course: _Course, seat: Seat, points: float, visited: frozenset[Seat]) -> _Course:
        """A course gone one step on."""
        held = tuple((at, kept) for at, kept in (*course.held, (place, seat)) if self._held[at] > place)
        return _Course(points, seat, course.duty if seat.duty is None else seat, visited, held, course)

    def _learn(self, seats: Sequence[Seat]) -> None:
        """Take the chances from the steps of a course, with those of before as `HELD` questions."""
        taken: Counter[str] = Counter()
        linked: Counter[bool] = Counter()
        for place, (seat, before) in enumerate(zip(seats, _last_duties(seats), strict=True)):
            above = self._above[place]
            if above is not None:
                linked[seat == seats[above]] += 1
            elif seat.duty is not None and before is not None:
                taken[self._way(before, seat)] += 1
        held = taken.total() + HELD
        self.chances = {way: (taken[way] + HELD * chance) / held for way, chance in FIRST_CHANCES.items()}
        self._linked = (linked[True] + HELD * FIRST_LINKED) / (linked.total() + HELD)

    def _seats(self, place: int, before: _Before, visited: frozenset[Seat]) -> Iterator[Seat]:
        """The seats that come into question: what is spoken for, the one before and above, the next of the law; a duty repeats
        another only after that was treated."""
        duties = dict.fromkeys(self._heard[place])
        for seat in (before.duty, before.above):
            if seat is not None and seat.spoken is not None and seat.duty is not None:
                following = (seat.spoken, self._next.get(seat.duty), self._next.get(seat.spoken))
                duties |= dict.fromkeys(each for each in following if each is not None)
        yield NOWHERE
        for duty in duties:
            yield Seat(duty, duty)
            if Seat(duty, duty) in visited:
                for repeating in self._repeating.get(duty, ()):
                    yield Seat(repeating, duty)

    def _said(self, place: int, seat: Seat) -> float:
        if seat.spoken is None:
            silent = self._order * math.log(SILENT) if self._above[place] is None else 0.0
            loudest = max(self._spoken[place].values(), default=0.0)
            return silent - (loudest if loudest >= TELLING else 0.0)
        return self._spoken[place].get(seat.spoken, 0.0)

    def _step(self, before: _Before, seat: Seat, visited: frozenset[Seat]) -> float:
        """The logarithm of the chance of one step, weighed."""
        if before.seat is None:
            return 0.0
        if before.above is None:
            return self._order * math.log(self._chance(before.seat, before.duty, seat, visited))
        if seat == before.above:
            return self._order * math.log(self._linked)
        other = (1 - self._linked) / 2
        return self._order * math.log(other if seat == before.seat else other / self._seats_in_all)

    def _chance(self, last: Seat, duty: Seat | None, seat: Seat, visited: frozenset[Seat]) -> float:
        """The chance of a step from the last seat; where that is no duty, one from the last duty."""
        outside = last.duty is None
        if seat.duty is None:
            return 1 - BACK if outside else NO_DUTY
        if duty is None:
            return BACK / self._seats_in_all
        return (BACK if outside else 1 - NO_DUTY) * self._moved(duty, seat, visited)

    def _moved(self, before: Seat, seat: Seat, visited: frozenset[Seat]) -> float:
        """The chance of a step from one duty to another, or to the same."""
        way, passed = self._way(before, seat), self._passed(before, seat)
        if way == STAY:
            return self.chances[STAY]
        chance = self.chances[ELSEWHERE] / self._seats_in_all
        if way == NEXT:
            chance += self.chances[NEXT]
        elif passed > 1:
            chance += self.chances[LATER] * 0.5 ** (passed - 1)
        if seat in visited:
            chance *= RETURNED
        return chance * REPEATED if seat.duty not in (before.duty, seat.spoken) else chance

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


def _at(held: Iterable[tuple[int, Seat]], place: int | None) -> Seat | None:
    """The seat of a place among those that are held; None for no place."""
    return next((seat for at, seat in held if at == place), None)


def _kept(courses: Iterable[_Course]) -> list[_Course]:
    """The best courses, some of each seat."""
    ending: Counter[Seat | None] = Counter()
    kept: list[_Course] = []
    for course in sorted(courses, key=lambda each: -each.points):
        if ending[course.seat] < ALIKE:
            ending[course.seat] += 1
            kept.append(course)
            if len(kept) == WIDTH:
                break
    return kept


def _last_duties(seats: Sequence[Seat]) -> list[Seat | None]:
    """Before each seat, the last one that is a duty."""
    found: list[Seat | None] = []
    last: Seat | None = None
    for seat in seats:
        found.append(last)
        last = last if seat.duty is None else seat
    return found


def _held(above: Sequence[int | None]) -> list[int]:
    """The place of the last question that hangs from each, -1 where none does."""
    found = [-1] * len(above)
    for place, over in enumerate(above):
        if over is not None:
            found[over] = place
    return found


def _heard(above: Sequence[int | None], spoken: Sequence[Points]) -> list[list[str]]:
    """The duties that the words of a question, or of those that hang from it, speak for; in one order."""
    heard = [{duty for duty, told in points.items() if told > 0} for points in spoken]
    for place in reversed(range(len(above))):
        parent = above[place]
        if parent is not None:
            heard[parent] |= heard[place]
    return [sorted(each) for each in heard]
