"""From one version of a commitment to the next, in the words of a page: each change, and what is no longer promised."""

from collections.abc import Iterable
from dataclasses import dataclass

from atalaya.commitments.changes import Change, changes
from atalaya.commitments.inline import compared
from atalaya.commitments.plan import Commitment, Version
from atalaya.commitments.scope import Loss, scope_lost
from atalaya.commitments.wording import loss_sentence, sentence
from atalaya.publish.words import Words


@dataclass(frozen=True, slots=True)
class Said:
    """A change as a page shows it: its sentence, and for a long text both versions word by word."""

    number: int
    text: str
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """From one version to the next: what changed, and what is no longer promised."""

    earlier: Version
    later: Version
    changes: tuple[Said, ...]
    lost: tuple[str, ...]


def steps_of(found: Commitment, say: Words) -> list[Step]:
    """Every step from a version to the next, the last one first."""
    pairs = zip(found.versions, found.versions[1:], strict=False)
    return [step_of(old, new, changes(old, new), scope_lost(old, new), say) for old, new in pairs][::-1]


def step_of(earlier: Version, later: Version, found: Iterable[Change], lost: Iterable[Loss], say: Words) -> Step:
    """One step in words."""
    return Step(
        earlier,
        later,
        tuple(Said(c.number, sentence(c, say.language, say.locale), _pieces(c)) for c in found),
        tuple(loss_sentence(each, say.language) for each in lost),
    )


def _pieces(change: Change) -> tuple[tuple[str, str], ...]:
    both = isinstance(change.before, str) and isinstance(change.after, str)
    return compared(change.before, change.after) if change.kind == "edited" and both else ()
