"""Everything that an index says, as rows for tables: scores, steps, what was done, and what was not collected."""

from collections.abc import Iterator, Mapping

import numpy as np

from atalaya.indices.analysis import OneAtATime, Sensitive, Uncertain
from atalaya.indices.engine import Computed
from atalaya.indices.series import STATES, Floats, Series, State, plain_figure
from atalaya.indices.steps.transforming import rounded_array


def score_rows(computed: Computed) -> Iterator[dict[str, object]]:
    """One row for each node of each unit, then each view: unit, node, figure, ends, coverage, state, and ranks of the index.

    Figures are not rounded; `published` is the figure as the methodology rounds it.
    """
    for item in computed.index.root.walk():
        yield from _rows(computed, item.id, item.level, computed.nodes[item.id], is_root=item is computed.index.root)
    for (view, node), series in computed.views.items():
        yield from _rows(computed, f"{view}@{node}", "view", series, is_root=False)


def _rows(computed: Computed, node: str, level: str, series: Series, *, is_root: bool) -> Iterator[dict[str, object]]:
    published = rounded_array(series.values, computed.index.decimals, even=computed.index.half_even)
    for place, unit in enumerate(computed.table.units):
        row: dict[str, object] = {
            "unit": unit,
            "name": computed.table.names[place],
            "node": node,
            "level": level,
            "state": STATES[State(int(series.state[place]))],
            "value": plain(series.values, place),
            "published": plain(published, place),
            "low": plain(series.low, place),
            "high": plain(series.high, place),
            "coverage": plain(series.coverage, place),
        }
        for rule in computed.index.rankings:
            placed = computed.ranks[rule.id]
            row[rule.id] = plain(placed.rank, place) if is_root else None
            row[f"{rule.id}_best"] = plain(placed.best, place) if is_root else None
            row[f"{rule.id}_worst"] = plain(placed.worst, place) if is_root else None
        yield row


def ranking_rows(computed: Computed) -> list[dict[str, object]]:
    """One row for each unit, ranked ones first and best first: figure, ends, ranks, band, and its children's figures."""
    score, published = computed.scores, _published(computed, computed.scores)
    rows = []
    for place, unit in enumerate(computed.table.units):
        value = plain(score.values, place)
        band = None if value is None else computed.index.band(value)
        row: dict[str, object] = {
            "unit": unit,
            "name": computed.table.names[place],
            "state": STATES[State(int(score.state[place]))],
            "ranked": bool(computed.ranked[place]),
            "value": value,
            "published": plain(published, place),
            "low": plain(score.low, place),
            "high": plain(score.high, place),
            "coverage": plain(score.coverage, place),
            "band": None if band is None else band.id,
        }
        for rule in computed.index.rankings:
            row[rule.id] = plain(computed.ranks[rule.id].rank, place)
            row[f"{rule.id}_best"] = plain(computed.ranks[rule.id].best, place)
            row[f"{rule.id}_worst"] = plain(computed.ranks[rule.id].worst, place)
        for child in computed.index.root.present:
            row[child.id] = plain(computed.nodes[child.id].values, place)
        rows.append(row)
    first = computed.index.rankings[0].id
    return sorted(rows, key=lambda row: _order(row, first))


def _order(row: Mapping[str, object], rule: str) -> tuple[bool, float, float, str]:
    rank, value = row[rule], row["value"]
    return (
        not row["ranked"],
        rank if isinstance(rank, float) else np.inf,
        -value if isinstance(value, float) else np.inf,
        str(row["unit"]),
    )


def _published(computed: Computed, series: Series) -> Floats:
    return rounded_array(series.values, computed.index.decimals, even=computed.index.half_even)


def step_rows(computed: Computed) -> dict[str, list[dict[str, object]]]:
    """The indicators after every step, a unit a row: by the name of the step; empty where stages were not kept."""
    return {
        step: [
            {
                "unit": unit,
                "name": computed.table.names[place],
                **{leaf: plain(series.values, place) for leaf, series in leaves.items()},
            }
            for place, unit in enumerate(computed.table.units)
        ]
        for step, leaves in computed.stages.items()
    }


def log_rows(computed: Computed) -> list[dict[str, object]]:
    """What every step did to every indicator and node: step, item, and what is told of it."""
    return [{"step": line.step, "item": line.item, **line.note} for line in computed.log]


def item_rows(computed: Computed) -> list[dict[str, object]]:
    """The structure: every node with its parent, weight, share of the whole, direction, unit, source and aggregation."""
    index = computed.index
    rows: list[dict[str, object]] = []
    parents = {child.id: item for item in index.root.walk() for child in item.present}
    for item in index.root.walk():
        parent = parents.get(item.id)
        rows.append(
            {
                "node": item.id,
                "parent": None if parent is None else parent.id,
                "level": item.level,
                "title": next(iter(item.title.values()), item.id),
                "weight": item.weight,
                "share": sum(index.root.shares[leaf.id] for leaf in item.leaves)
                if item.children
                else index.root.shares[item.id],
                "direction": ("decreasing" if item.decreasing else "increasing") if item.is_leaf else None,
                "unit": next(iter(item.unit.values()), None),
                "source": None if item.source is None else f"{item.source.kind}: {item.source.name}",
                "aggregation": None if item.is_leaf else item.aggregation.method,
                "collected": True,
            }
        )
    left_out = ((item.id, next(iter(item.title.values()), item.id)) for item in index.not_collected)
    return [*rows, *({"node": node, "title": title, "collected": False} for node, title in left_out)]


def uncertainty_rows(computed: Computed, found: Uncertain) -> list[dict[str, object]]:
    """One row for each ranked unit: score and rank as published, and over the reruns their mean, median and interval."""
    names = dict(zip(computed.table.units, computed.table.names, strict=True))
    rows: list[dict[str, object]] = []
    for place, unit in enumerate(found.units):
        row: dict[str, object] = {"unit": unit, "name": names[unit]}
        for what, told in (("score", found.scores), ("rank", found.ranks)):
            for key in ("nominal", "mean", "median", "low", "high"):
                row[f"{what}_{key}"] = plain(np.asarray(getattr(told, key), dtype=np.float64), place)
        row[f"among_first_{found.k}"] = plain(found.first, place)
        rows.append(row)
    return sorted(rows, key=lambda row: (float(str(row["rank_nominal"])), str(row["unit"])))


def sensitivity_rows(found: Sensitive) -> list[dict[str, object]]:
    """One row for each input: how much of the change of ranks it explains alone and with all others, with intervals."""
    indices = found.indices
    return [
        {
            "input": name,
            "first": plain(np.ravel(indices.first), place),
            "first_low": plain(np.ravel(indices.first_low), place),
            "first_high": plain(np.ravel(indices.first_high), place),
            "total": plain(np.ravel(indices.total), place),
            "total_low": plain(np.ravel(indices.total_low), place),
            "total_high": plain(np.ravel(indices.total_high), place),
        }
        for place, name in enumerate(found.inputs)
    ]


def alternative_rows(found: tuple[OneAtATime, ...]) -> list[dict[str, object]]:
    """One row for each alternative alone: the mean and the greatest change of ranks."""
    return [
        {
            "input": each.input,
            "alternative": each.alternative,
            "mean_change": each.mean_change,
            "greatest_change": each.greatest_change,
        }
        for each in found
    ]


def plain(values: Floats, place: int) -> float | None:
    """One figure, None where there is none or where nothing bounds it."""
    return plain_figure(values[place])
