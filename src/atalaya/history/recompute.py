"""Scores computed again from a sealed observation: those it holds, figure by figure, and any other index from its measures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from atalaya.exceptions import MethodologyError
from atalaya.history.read import Sealed
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import read_index, read_shipped_index
from atalaya.indices.scores import institution_units, score_units, unit_table
from atalaya.indices.table import UnitTable
from atalaya.store.tables import Row

_COMPARED = ("parent", "value", "low", "high", "coverage", "ranked", "rank", "rank_low", "rank_high", "weight")
_BODY = ("institution_id", "name", "kind", "branch", "groups")
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """One methodology of an observation: how many figures were compared, and the first of those that differ, as sentences.

    `problem` tells why it could not be computed again; empty where it was.
    """

    methodology: str
    sha256: str
    compared: int = 0
    differing: int = 0
    differences: tuple[str, ...] = ()
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Whether every figure came out as it is stored."""
        return not self.problem and not self.differing and self.compared > 0


def recompute(observation: Sealed) -> tuple[Recomputed, ...]:
    """Compute the scores of institutions and groups again from the stored measures, and compare every figure exactly.

    A methodology is taken from the folder `methodologies` beside the manifest, which a dump has, else from those that come with
    Atalaya; where its bytes are not those that the manifest names it is not computed: its edition is not at hand. Scores of
    sources rest on outcomes, not on measures, and are left out.
    """
    return tuple(
        _again(observation, name, sha256) for name, sha256 in sorted(observation.manifest.methodologies.items())
    )


def measures_of(observation: Sealed) -> UnitTable:
    """The measures of an observation as the table of an index: institutions with their name, kind, branch and first group."""
    units = institution_units(observation.rows("institutions", columns=_BODY))
    return unit_table(observation.rows("measures"), units)


def wanting(index: Index, observation: Sealed) -> tuple[str, ...]:
    """The measures that an index reads and an observation does not have."""
    there = {str(row["measure_id"]) for row in observation.rows("measures", columns=("measure_id",))}
    return tuple(name for name in index.measures if name not in there)


def index_of(observation: Sealed, name: str) -> Index:
    """The methodology of an observation, from beside its manifest or as it is shipped.

    Raises MethodologyError where there is none, or its bytes are not those that the manifest names.
    """
    beside = observation.folder / "methodologies" / f"{name}.yml"
    index = read_index(beside) if beside.is_file() else read_shipped_index(name)
    sha256 = observation.manifest.methodologies[name]
    if index.sha256 != sha256:
        raise MethodologyError(f"the edition has the hash {sha256[:12]}, the file at hand {index.sha256[:12]}")
    return index


def _again(observation: Sealed, name: str, sha256: str) -> Recomputed:
    try:
        index = index_of(observation, name)
    except MethodologyError as error:
        return Recomputed(methodology=name, sha256=sha256, problem=str(error))
    units = institution_units(observation.rows("institutions", columns=_BODY))
    rows = score_units(index, observation.rows("measures"), units)
    stored = {
        (str(row["unit_id"]), str(row["node"])): row
        for row in observation.rows("scores", "methodology_id = ? AND kind <> 'source'", (name,))
    }
    differences = list(_differences(stored, rows))
    return Recomputed(
        methodology=name,
        sha256=sha256,
        compared=len(stored) * len(_COMPARED),
        differing=len(differences),
        differences=tuple(differences[:_SHOWN]),
    )


def _differences(stored: Mapping[tuple[str, str], Row], rows: list[dict[str, object]]) -> Iterator[str]:
    seen = set()
    for row in rows:
        key = (str(row["unit_id"]), str(row["node"]))
        seen.add(key)
        before = stored.get(key)
        if before is None:
            yield f"{key[0]} {key[1]}: not stored"
            continue
        for column in _COMPARED:
            if before[column] != row[column]:
                yield f"{key[0]} {key[1]} {column}: stored {before[column]}, computed {row[column]}"
    for key in sorted(set(stored) - seen):
        yield f"{key[0]} {key[1]}: stored, and not computed"
