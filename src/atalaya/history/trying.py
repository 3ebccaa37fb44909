"""A methodology tried on sealed observations before anybody adopts it: what would have come out, beside what did.

The figures of an observation stay what they are; only the rule changes, so that every difference is the rule's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from atalaya.exceptions import AtalayaError
from atalaya.history.read import open_sealed
from atalaya.history.recompute import index_of, measures_of, wanting
from atalaya.indices.chaining import Change, Link, chained
from atalaya.indices.editions import headline_of
from atalaya.indices.language.definition import Index


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A methodology on one observation, beside the one that ranked it.

    `change` has every institution under both; None where it could not be computed, and then `problem` says why. `lacking` are the
    measures that the methodology reads and the observation does not have.
    """

    observation: str
    as_of: str
    beside: str
    change: Change | None = None
    lacking: tuple[str, ...] = ()
    problem: str = ""


def tried(index: Index, folders: Sequence[Path]) -> tuple[Tried, ...]:
    """Try a methodology on the observations of some folders, in their order; whatever fails for one is told of that one."""
    return tuple(_on(index, folder) for folder in folders)


def _on(index: Index, folder: Path) -> Tried:
    try:
        sealed = open_sealed(folder)
    except (AtalayaError, OSError) as error:
        return Tried(observation=folder.name, as_of="", beside="", problem=str(error))
    name, as_of = sealed.manifest.observation, sealed.manifest.as_of
    beside = headline_of(sealed.manifest.methodologies) if sealed.manifest.methodologies else ""
    lacking = wanting(index, sealed)
    if not beside or lacking:
        problem = "" if beside else f"no index was computed of {name}; there is nothing to set this one beside"
        return Tried(observation=name, as_of=as_of, beside=beside, lacking=lacking, problem=problem)
    try:
        now, table = index_of(sealed, beside), measures_of(sealed)
        chain = chained([Link(name=beside, index=now, table=table), Link(name=index.id, index=index, table=table)])
    except AtalayaError as error:
        return Tried(observation=name, as_of=as_of, beside=beside, problem=str(error))
    return Tried(observation=name, as_of=as_of, beside=beside, change=chain.changes[0])
