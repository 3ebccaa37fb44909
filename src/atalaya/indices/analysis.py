"""Uncertainty and sensitivity of an index: scores and ranks under everything that might have been decided otherwise."""

from dataclasses import dataclass

import numpy as np

from atalaya.indices.engine import Computed
from atalaya.indices.places import ranks_of
from atalaya.indices.reruns import Reruns, declared
from atalaya.indices.series import Floats
from atalaya.indices.steps.transforming import rounded_array
from atalaya.indices.uncertainty.designs import saltelli_design, sobol_points
from atalaya.indices.uncertainty.intervals import Intervals, intervals
from atalaya.indices.uncertainty.pairs import pairwise_probability
from atalaya.indices.uncertainty.ranks import first_probability, mean_rank_change, ranks
from atalaya.indices.uncertainty.sobol import Sensitivity, sensitivity

_RESAMPLES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """What the reruns say; all arrays are in the order of the units that are ranked, whose ids are `units`.

    `first` is the probability of being among the first `k`; `pairs` (units, units) that the one of the row is above the one of
    the column, ties counted half. `draws` is the number of reruns, `seed` where their coordinates come from.
    """

    units: tuple[str, ...]
    draws: int
    seed: int
    scores: Intervals
    ranks: Intervals
    k: int
    first: Floats
    pairs: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitive:
    """How much of the mean change of ranks each input explains, alone and with all others, with bootstrap intervals."""

    inputs: tuple[str, ...]
    draws: int
    reruns: int
    indices: Sensitivity


def uncertain(computed: Computed, reruns: Reruns, draws: int | None = None, k: int = 10) -> Uncertain:
    """Run the index again `draws` times (as the methodology declares) over quasi-random coordinates of all its inputs.

    Only units that are ranked take part. Raises MethodologyError where the methodology declares no uncertainty.
    """
    told = declared(computed.index)
    count = draws or told.draws
    points = sobol_points(count, len(told.inputs), told.seed)
    ranked = np.flatnonzero(computed.ranked)
    scores = reruns.scores(points)[:, ranked]
    nominal = computed.scores.values[ranked]
    placed = _ranks(computed, scores)
    low, high = (end / 100.0 for end in told.interval)
    return Uncertain(
        units=tuple(computed.table.units[place] for place in ranked),
        draws=count,
        seed=told.seed,
        scores=intervals(scores, nominal, low=low, high=high),
        ranks=intervals(placed, _nominal(computed, nominal), low=low, high=high),
        k=k,
        first=np.asarray(first_probability(placed, k), dtype=np.float64),
        pairs=np.asarray(pairwise_probability(placed), dtype=np.float64),
    )


def sensitive(computed: Computed, reruns: Reruns, draws: int = 256) -> Sensitive:
    """Variance-based sensitivity of the mean absolute change of ranks: `draws` × (inputs + 2) reruns.

    Raises MethodologyError where the methodology declares no uncertainty, ArraysUnusable for too few draws.
    """
    told = declared(computed.index)
    design = saltelli_design(draws, len(told.inputs), told.seed)
    ranked = np.flatnonzero(computed.ranked)
    scores = reruns.scores(design.points())[:, ranked]
    nominal = _nominal(computed, computed.scores.values[ranked])
    change = mean_rank_change(_ranks(computed, scores), nominal)
    low, high = (end / 100.0 for end in told.interval)
    found = sensitivity(change, len(told.inputs), resamples=_RESAMPLES, seed=told.seed, ends=(low, high))
    return Sensitive(inputs=tuple(each.id for each in told.inputs), draws=draws, reruns=len(scores), indices=found)


def _ranks(computed: Computed, scores: Floats) -> Floats:
    rule = computed.index.rankings[0]
    found = ranks(scores, ties=rule.ties, decimals=rule.decimals, descending=not rule.ascending)  # type: ignore[arg-type]
    return np.asarray(found)


def _nominal(computed: Computed, scores: Floats) -> Floats:
    rule = computed.index.rankings[0]
    sign = -1.0 if rule.ascending else 1.0
    return ranks_of(rounded_array(scores * sign, rule.decimals), rule.ties)


@dataclass(frozen=True, slots=True)
class OneAtATime:
    """One alternative of one input alone: the mean absolute change of ranks, the greatest, and the scores (units ranked,)."""

    input: str
    alternative: str
    mean_change: float
    greatest_change: float
    scores: Floats


def one_at_a_time(computed: Computed, reruns: Reruns) -> tuple[OneAtATime, ...]:
    """Each alternative of each choice by itself, all other inputs as the methodology decides; first the choices, then dropping.

    What is not a choice stays as it is: weights and unknown figures are not varied.
    """
    ranked = np.flatnonzero(computed.ranked)
    nominal = _nominal(computed, computed.scores.values[ranked])
    found = []
    for name, alternative, scores in reruns.alternatives():
        mine = scores[ranked]
        change = np.abs(_nominal(computed, mine) - nominal)
        found.append(
            OneAtATime(name, alternative, float(np.nanmean(change)), float(np.nanmax(change, initial=0.0)), mine)
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that the reruns of an index say."""

    uncertain: Uncertain
    sensitive: Sensitive
    alternatives: tuple[OneAtATime, ...]


def analyse(computed: Computed, draws: int | None = None) -> Analysis:
    """Uncertainty over `draws` reruns (as the methodology declares), sensitivity over as many, and one alternative at a time.

    Raises MethodologyError where the methodology declares no uncertainty.
    """
    reruns = Reruns(computed.index, computed.table)
    found = uncertain(computed, reruns, draws)
    inputs = len(declared(computed.index).inputs)
    return Analysis(
        found, sensitive(computed, reruns, max(8, found.draws // (inputs + 2))), one_at_a_time(computed, reruns)
    )
