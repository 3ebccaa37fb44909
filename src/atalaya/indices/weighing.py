"""The same index with other weights of its dimensions: what becomes of the scores and the ranks of all."""

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite

from atalaya.exceptions import MethodologyError
from atalaya.indices.engine import Computed, compute_again
from atalaya.indices.faults import nearest
from atalaya.indices.language.definition import Index


def reweighed(index: Index, weights: Mapping[str, float]) -> Index:
    """The index with other weights of nodes below its root, by id; those that are not named keep theirs.

    It is a trial, no version of the methodology: it has no hash and no uncertainty. Raises MethodologyError for a node that is
    not there, a weight below 0 or no number, and where all are 0.
    """
    known = [child.id for child in index.root.present]
    for name, weight in weights.items():
        if name not in known:
            raise MethodologyError(f"{index.id} has no node {name!r} below its root; {nearest(name, known)}")
        if not isfinite(weight) or weight < 0:
            raise MethodologyError(f"the weight of {name} is {weight}; give a number from 0 on")
    children = tuple(replace(child, weight=weights.get(child.id, child.weight)) for child in index.root.children)
    root = replace(index.root, children=children)
    if not any(child.weight for child in root.present):
        raise MethodologyError("all weights are 0; give one of them more")
    return replace(index, root=root, sha256="", uncertainty=None)


def weighed(computed: Computed, weights: Mapping[str, float]) -> Computed:
    """The index computed again with other weights of nodes below its root. Raises MethodologyError as `reweighed` does."""
    return compute_again(reweighed(computed.index, weights), computed)
