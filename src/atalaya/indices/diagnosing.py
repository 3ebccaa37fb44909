"""What a careful index publishes about itself: what is available, imputed, correlated, reliable, and what really counts."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from atalaya.indices.diagnostics.availability import availability
from atalaya.indices.diagnostics.components import principal_components
from atalaya.indices.diagnostics.correlation import Flag, correlations, flags
from atalaya.indices.diagnostics.reliability import cronbach_alpha
from atalaya.indices.diagnostics.weights import importance
from atalaya.indices.engine import Computed
from atalaya.indices.language.definition import Item
from atalaya.indices.series import Floats, plain_figure

Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Rows for tables. `units`: measured and imputed share of each. `indicators`: measured and imputed share, nominal weight in
    the whole, correlation with the index, what it explains of it. `branches`: consistency of the children of each branch.
    `flags`: pairs of indicators that speak against each other, say the same, or hardly hang together.
    """

    units: tuple[Row, ...]
    indicators: tuple[Row, ...]
    branches: tuple[Row, ...]
    flags: tuple[Row, ...]


def diagnose(computed: Computed) -> Diagnosis:
    """Diagnose a computed index. Correlations and reliability are of the indicators after all steps, less never being better."""
    index = computed.index
    names = [leaf.id for leaf in index.leaves]
    values = np.stack([computed.nodes[name].values for name in names], axis=1)
    states = np.stack([computed.nodes[name].state for name in names], axis=1)
    imputed = np.stack([computed.leaves[name].imputed for name in names], axis=1)
    there = availability(states, imputed)
    moved = importance(values, computed.scores.values)
    parents = {child.id: item.id for item in index.root.walk() for child in item.present}
    groups = [parents.get(name, "") for name in names]
    found = flags(correlations(values), groups) if len(names) > 1 else ()
    return Diagnosis(
        units=tuple(
            {
                "unit": unit,
                "name": computed.table.names[place],
                "measured": plain_figure(there.measured[place]),
                "imputed": plain_figure(there.imputed[place]),
            }
            for place, unit in enumerate(computed.table.units)
        ),
        indicators=tuple(
            {
                "indicator": name,
                "branch": groups[place],
                "measured": plain_figure(there.indicator_measured[place]),
                "imputed": plain_figure(there.indicator_imputed[place]),
                "nominal_weight": index.root.shares.get(name, 0.0),
                "correlation": plain_figure(moved.correlation[place]),
                "explains": plain_figure(moved.linear[place]),
                "explains_in_bins": plain_figure(moved.binned[place]),
                "relative": plain_figure(moved.relative[place]),
                "reason": moved.reasons[place],
            }
            for place, name in enumerate(names)
        ),
        branches=tuple(_branches(computed)),
        flags=tuple(_flag(each, names) for each in found),
    )


def _flag(each: Flag, names: list[str]) -> Row:
    return {
        "kind": each.kind,
        "first": names[each.first],
        "second": names[each.second],
        "same_branch": each.same_group,
        "correlation": each.coefficient,
        "p_value": each.p_value,
        "units": each.count,
    }


def _branches(computed: Computed) -> Iterator[Row]:
    """Reliability and first component of the children of each branch that has several."""
    for item in computed.index.root.walk():
        if len(item.present) < 2:
            continue
        values = _children(computed, item)
        alpha = cronbach_alpha(values)
        parts = principal_components(values)
        yield {
            "branch": item.id,
            "children": len(item.present),
            "alpha": plain_figure(alpha.alpha),
            "alpha_standardised": plain_figure(alpha.standardised),
            "alpha_units": alpha.least_units,
            "alpha_reason": alpha.reason,
            "first_component": plain_figure(parts.explained[0]) if parts.explained.size else None,
            "component_units": parts.units,
            "component_reason": parts.reason,
        }


def _children(computed: Computed, item: Item) -> Floats:
    found: Floats = np.stack([computed.nodes[child.id].values for child in item.present], axis=1)
    return found
