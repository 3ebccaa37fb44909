"""What changed between two published versions of a commitment, as a numbered list in the order of the template.

What the earlier version does not state is not a change, and neither is another number for the same milestone. A list of which
only a part is known can lose a name and never gain one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from atalaya.catalogue.folding import fold
from atalaya.commitments.comparing import likeness
from atalaya.commitments.partial_dates import DateRange
from atalaya.commitments.plan import ABSENT, Listing, Milestone, StandIn, Text, Version
from atalaya.commitments.template import COMMITMENT, MILESTONE, Field

SAME_MILESTONE = 0.2
"""Likeness of two texts from which they may be the same milestone where their numbers agree too; half the words where not."""
SAME_TEXT = 0.5

MODIFIED, EDITED, ADDED, REMOVED = "modified", "edited", "added", "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One numbered change. `path` is the field (`end`, `milestones.1.text`, `milestones.3`).

    `kind` is modified (a short value), edited (a long text), added or removed; `before` and `after` are values as the versions
    hold them, None where not there.
    """

    number: int
    path: str
    kind: str
    field: Field | None
    milestone: str | None = None
    before: Any = None
    after: Any = None


def changes(earlier: Version, later: Version, language: str = "es") -> tuple[Change, ...]:
    """The list of changes from one version to a later one. `language` is the one that the texts are written in."""
    found = [*_fields(COMMITMENT, earlier, later, ""), *_milestones(earlier, later, language)]
    return tuple(replace(change, number=number) for number, change in enumerate(found, 1))


def pairs(
    earlier: Sequence[Milestone], later: Sequence[Milestone], language: str = "es"
) -> tuple[tuple[Milestone | None, Milestone | None], ...]:
    """Milestones of two versions put side by side, in the order of the later one; None where one has no counterpart.

    Text decides before number, so that a milestone that moved is not taken for a new one.
    """
    scored = sorted(
        (
            (score, -abs(i - j), -i, -j)
            for i, old in enumerate(earlier)
            for j, new in enumerate(later)
            if (score := _alike(old, new, language)) > 0
        ),
        reverse=True,
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in scored:
        if -j not in partner and -i not in taken:
            partner[-j] = -i
            taken.add(-i)
    found: list[tuple[Milestone | None, Milestone | None]] = [
        (earlier[partner[j]] if j in partner else None, new) for j, new in enumerate(later)
    ]
    return (*found, *((old, None) for i, old in enumerate(earlier) if i not in taken))


def short_number(number: str) -> str:
    """The number of a milestone within its commitment: `1` for `2.1` and for `1`.

    >>> short_number("2.10")
    '10'
    """
    return number.rpartition(".")[2]


def _alike(one: Milestone, other: Milestone, language: str) -> float:
    """How surely two milestones are the same, 0 where they are not."""
    numbered = short_number(one.number) == short_number(other.number)
    if not isinstance(one.text, str) or not isinstance(other.text, str):
        return 0.5 if numbered else 0.0
    like = 1.0 if _plain(one.text) == _plain(other.text) else likeness(one.text, other.text, language)
    enough = SAME_MILESTONE if numbered else SAME_TEXT
    return like + (0.25 if numbered else 0.0) if like >= enough else 0.0


def _milestones(earlier: Version, later: Version, language: str) -> Iterator[Change]:
    for old, new in pairs(earlier.milestones, later.milestones, language):
        if old is not None and new is not None:
            yield from _fields(MILESTONE, old, new, short_number(new.number))
        elif new is not None and earlier.all_milestones and earlier.milestones:
            yield _whole(ADDED, new)
        elif old is not None and later.all_milestones and later.milestones:
            yield _whole(REMOVED, old)


def _whole(kind: str, milestone: Milestone) -> Change:
    number = short_number(milestone.number)
    sides: dict[str, Any] = {"after": milestone.text} if kind == ADDED else {"before": milestone.text}
    return Change(number=0, path=f"milestones.{number}", kind=kind, field=None, milestone=number, **sides)


def _fields(fields: Sequence[Field], earlier: object, later: object, milestone: str) -> Iterator[Change]:
    for field in fields:
        before, after = getattr(earlier, field.name), getattr(later, field.name)
        path = f"milestones.{milestone}.{field.name}" if milestone else field.name
        for kind, old, new in _differences(field, before, after):
            yield Change(
                number=0, path=path, kind=kind, field=field, milestone=milestone or None, before=old, after=new
            )


def _differences(field: Field, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    """Kind, value before and value after of each change of one field."""
    if before is None or after is None or before == after:
        return
    if before is ABSENT or after is ABSENT:
        yield (ADDED, None, after) if before is ABSENT else (REMOVED, before, None)
    elif field.kind == "names":
        yield from _names(before, after)
    elif field.kind == "date":
        yield MODIFIED, before, after
    elif _different(before, after):
        yield EDITED if field.kind == "long" else MODIFIED, before, after


def _names(before: Listing, after: Listing) -> Iterator[tuple[str, Any, Any]]:
    old, new = ({fold(name): name for name in listing.items} for listing in (before, after))
    if after.whole:
        yield from ((REMOVED, name, None) for key, name in old.items() if key not in new)
    if before.whole:
        yield from ((ADDED, None, name) for key, name in new.items() if key not in old)


def _different(before: Text, after: Text) -> bool:
    if isinstance(before, StandIn) or isinstance(after, StandIn):
        return before != after
    return _plain(str(before)) != _plain(str(after))


def _plain(text: str) -> str:
    return " ".join(text.split())


def is_slip(change: Change) -> bool:
    """Whether a change looks like a correction of a slip: letter case, accents, marks and blanks, and nothing that is said.

    People decide whether a version is a correction; this only tells what can be offered as one.
    """
    if change.kind not in (MODIFIED, EDITED) or not isinstance(change.before, str) or not isinstance(change.after, str):
        return False
    return fold(change.before) == fold(change.after)


def later_dates(changed: Sequence[Change]) -> tuple[Change, ...]:
    """The changes that put an end off: what was promised for one day is promised for a later one."""
    return tuple(
        change
        for change in changed
        if change.path.rpartition(".")[2] == "end"
        and isinstance(change.before, DateRange)
        and isinstance(change.after, DateRange)
        and change.after.last() > change.before.last()
    )
