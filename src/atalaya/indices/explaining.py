"""Why a unit has its score, and what would raise it: contributions, strengths and weaknesses, and the plan that pays most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from atalaya.exceptions import MethodologyError
from atalaya.indices.aggregation import AGGREGATIONS
from atalaya.indices.batches import Batch, rerun
from atalaya.indices.engine import Computed, applying
from atalaya.indices.language.definition import Item
from atalaya.indices.series import STATES, Flags, Floats, Series, State, plain_figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One node of one unit. `weight` is its share among the siblings that count, `points` what it brings to its parent (only
    where the parent is a mean or a sum), `without` the parent's figure were it left out.

    `raw` is the cell of an indicator before any step. `peers` is the mean of the units it is compared with.
    """

    id: str
    state: str
    value: float | None
    low: float | None
    high: float | None
    weight: float
    points: float | None
    without: float | None
    raw: float | None
    imputed: bool
    peers: float | None
    children: tuple["Explained", ...] = ()


def explain(computed: Computed, unit: str, group: str | None = None) -> Explained:
    """The tree of one unit from its score down to the cells. `group` is a column: peers are the units of the same word.

    Raises MethodologyError for a unit that is not in the table.
    """
    place = place_of(computed, unit)
    peers: Flags = np.ones(len(computed.table.units), dtype=np.bool_)
    if group is not None:
        words = np.array(computed.table.words(group), dtype=object)
        peers = words == words[place]
    return _explained(computed, computed.index.root, place, peers, 1.0, None, None)


def place_of(computed: Computed, unit: str) -> int:
    """Where a unit stands in the table, by id or by name. Raises MethodologyError where it does not."""
    for names in (computed.table.units, computed.table.names):
        if unit in names:
            return names.index(unit)
    raise MethodologyError(f"there is no unit {unit!r} in the table; it has {', '.join(computed.table.units[:12])}…")


def _explained(
    computed: Computed,
    item: Item,
    place: int,
    peers: Flags,
    weight: float,
    points: float | None,
    without: float | None,
) -> Explained:
    series = computed.nodes[item.id]
    raw = computed.stages.get("raw", {}).get(item.id)
    known = peers & series.known
    return Explained(
        id=item.id,
        state=STATES[State(int(series.state[place]))],
        value=plain_figure(series.values[place]),
        low=plain_figure(series.low[place]),
        high=plain_figure(series.high[place]),
        weight=weight,
        points=points,
        without=without,
        raw=None if raw is None else plain_figure(raw.values[place]),
        imputed=bool(computed.leaves[item.id].imputed[place]) if item.is_leaf else False,
        peers=plain_figure(series.values[known].mean()) if known.any() else None,
        children=tuple(_children(computed, item, place, peers)),
    )


def _children(computed: Computed, item: Item, place: int, peers: Flags) -> list[Explained]:
    if item.is_leaf:
        return []
    shares = _counted(computed, item, place)
    found = []
    for number, child in enumerate(item.present):
        value = plain_figure(computed.nodes[child.id].values[place])
        found.append(
            _explained(
                computed,
                child,
                place,
                peers,
                shares[number],
                _points(item, child, shares[number], value),
                _without(computed, item, place, number),
            )
        )
    return found


def _counted(computed: Computed, item: Item, place: int) -> list[float]:
    """The shares of the children that count for the unit; they sum to 1."""
    weights = np.array(
        [abs(child.weight) if computed.nodes[child.id].known[place] else 0.0 for child in item.present],
        dtype=np.float64,
    )
    if item.missing.unknown == "zero" or item.aggregation.method == "sum":
        weights = np.array([abs(child.weight) for child in item.present], dtype=np.float64)
    total = float(weights.sum())
    return [float(weight / total) if total else 0.0 for weight in weights]


def _points(item: Item, child: Item, share: float, value: float | None) -> float | None:
    if value is None or item.aggregation.of != "children":
        return None
    if item.aggregation.method == "sum":
        return child.weight * value
    return share * value if item.aggregation.method == "arithmetic" else None


def _without(computed: Computed, item: Item, place: int, number: int) -> float | None:
    """What the parent's figure would be without one child, before the parent's own steps."""
    values = np.array([computed.nodes[child.id].values[place] for child in item.present])
    values[number] = np.nan
    weights = np.array([child.weight for child in item.present])
    found = AGGREGATIONS[item.aggregation.method](values, weights, item.aggregation.options)
    return plain_figure(float(found))


@dataclass(frozen=True, slots=True)
class Compared:
    """An indicator of a unit beside its peers: by how many of their standard deviations it is above them."""

    id: str
    value: float
    peers: float
    deviations: float


def strengths(computed: Computed, unit: str, group: str | None = None) -> tuple[Compared, ...]:
    """The indicators of a unit from the strongest to the weakest against its peers, where these differ at all."""
    place = place_of(computed, unit)
    words = computed.table.words(group) if group is not None else ("",) * len(computed.table.units)
    peers = np.array([word == words[place] for word in words])
    found = []
    for leaf in computed.index.leaves:
        series = computed.nodes[leaf.id]
        known = series.values[peers & series.known]
        if not series.known[place] or len(known) < 2 or known.std() == 0:
            continue
        value, mean = float(series.values[place]), float(known.mean())
        found.append(Compared(leaf.id, value, mean, (value - mean) / float(known.std(ddof=1))))
    return tuple(sorted(found, key=lambda each: (-each.deviations, each.id)))


@dataclass(frozen=True, slots=True)
class Gain:
    """Mending one indicator: its figure now and at its best, what the index gains, and the score and rank then reached."""

    indicator: str
    now: float | None
    best: float
    points: float
    score: float
    rank: int | None


def gains(computed: Computed, unit: str) -> tuple[Gain, ...]:
    """What mending each indicator alone would bring the unit, greatest first; nothing where there is no score."""
    place = place_of(computed, unit)
    return tuple(_tried(computed, place, {}))


def plan(computed: Computed, unit: str, steps: int = 5) -> tuple[Gain, ...]:
    """The mending that pays most, one after the other, each on top of those before it."""
    place = place_of(computed, unit)
    done: dict[str, float] = {}
    chosen: list[Gain] = []
    for _ in range(steps):
        tried = [gain for gain in _tried(computed, place, done) if gain.indicator not in done]
        if not tried:
            break
        chosen.append(tried[0])
        done[tried[0].indicator] = tried[0].best
    return tuple(chosen)


def _tried(computed: Computed, place: int, done: Mapping[str, float]) -> list[Gain]:
    """One run for each indicator that is not at its best, and a first one without any change beyond what is done."""
    scores = computed.scores.values
    if np.isnan(scores[place]):
        return []
    best = {leaf.id: _best(leaf, computed.leaves[leaf.id], computed) for leaf in computed.index.leaves}
    open_ = [
        leaf.id
        for leaf in computed.index.leaves
        if leaf.id not in done
        and computed.leaves[leaf.id].applies[place]
        and not _at_best(computed, leaf.id, place, best)
    ]
    figures = _figures(computed, place, done, open_, best)
    where = np.array([place], dtype=np.intp)
    batch = Batch(runs=len(open_) + 1, drawn={name: (where, column) for name, column in figures.items()})
    applies = applying(computed.index, computed.table)
    leaves = {name: series.bounded() for name, series in computed.leaves.items()}
    reached = rerun(computed.index, leaves, applies, batch)[:, place]
    gains_ = [
        Gain(
            name,
            plain_figure(computed.leaves[name].values[place]),
            best[name],
            round(float(score - reached[0]), 9),
            float(score),
            _rank(computed, place, float(score)),
        )
        for name, score in zip(open_, reached[1:], strict=True)
        if score - reached[0] > 1e-9
    ]
    return sorted(gains_, key=lambda gain: (-gain.points, gain.indicator))


def _figures(
    computed: Computed, place: int, done: Mapping[str, float], open_: Sequence[str], best: Mapping[str, float]
) -> dict[str, Floats]:
    """The figures of the unit (runs, 1) by indicator: as done in every run, at its best in the run of its own."""
    found: dict[str, Floats] = {}
    for number, name in enumerate(open_, start=1):
        column = np.full((len(open_) + 1, 1), computed.leaves[name].values[place])
        column[number, 0] = best[name]
        found[name] = column
    for name, value in done.items():
        found[name] = np.full((len(open_) + 1, 1), value)
    return found


def _at_best(computed: Computed, name: str, place: int, best: Mapping[str, float]) -> bool:
    value = computed.leaves[name].values[place]
    return bool(not np.isnan(value) and abs(value - best[name]) < 1e-12)


def _best(leaf: Item, series: Series, computed: Computed) -> float:
    """The best that an indicator can reach after its steps: the end of its scale, or the best of the sample where it has none."""
    steps = [leaf.overrides.get(step.name, step) for step in computed.index.steps]
    ends: list[float] = []
    for step in [*steps, *leaf.then]:
        if step is not None and step.name == "minmax":
            to = step.parameters.get("to", [0.0, 1.0])
            ends = [float(end) for end in to] if isinstance(to, list) else []
        elif step is not None and step.name == "thresholds":
            points = step.parameters["points"]
            ends = [float(pair[1]) for pair in points] if isinstance(points, list) else []
    if ends:
        return max(ends)
    if leaf.range is not None and not any(steps):
        return leaf.range[0] if leaf.decreasing else leaf.range[1]
    known = series.values[series.known]
    return float(known.max()) if known.size else 0.0


def _rank(computed: Computed, place: int, score: float) -> int | None:
    """The rank that a score would have among the ranked units, were the others unchanged; None where the unit is not ranked."""
    if not computed.ranked[place]:
        return None
    others = np.delete(computed.scores.values, place)[np.delete(computed.ranked, place)]
    return int((others > score + 1e-12).sum()) + 1
