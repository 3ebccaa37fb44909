"""What a row of scores tells beside its figures: the cases behind an indicator, the parts of a branch, and the gates."""

from typing import Any

from atalaya.indices.engine import Computed, is_closed
from atalaya.indices.language.definition import Item, NodeGate
from atalaya.indices.series import STATES, State, plain_figure
from atalaya.indices.table import Row

Detail = dict[str, Any]
"""Plain values by name, as JSON takes them."""

_COUNTS = ("passed", "applied", "unknown", "not_applicable")


def leaf_detail(item: Item, row: Row | None, state: str) -> Detail:
    """The state of an indicator, its measure, why it is so, and its cases; `not_measured` where there is no row."""
    counts = {name: None if row is None else row.get(name) for name in _COUNTS}
    reason = "not_measured" if row is None else row.get("reason")
    return {"state": state, "measure": item.measure, "reason": reason, **counts}


def branch_details(computed: Computed, item: Item) -> list[Detail]:
    """The state of a branch for every unit and its parts: weight, figure and the points that each brings.

    The weight is the share among the parts that are known; under a sum it is the part's own, the most that it can bring. Points
    are told where the branch is the mean or the sum of its children.
    """
    children = item.present
    figures = [computed.nodes[child.id].values.tolist() for child in children]
    states = [computed.nodes[child.id].state.tolist() for child in children]
    own = computed.nodes[item.id].state.tolist()
    found = []
    for place, state in enumerate(own):
        values = [plain_figure(column[place]) for column in figures]
        weights = _weights(item, values)
        parts = [
            {
                "node": child.id,
                "state": STATES[State(states[number][place])],
                "weight": weights[number],
                "value": values[number],
                "points": _points(item, weights[number], values[number]),
            }
            for number, child in enumerate(children)
        ]
        found.append({"state": STATES[State(state)], "contributions": parts})
    return found


def _weights(item: Item, values: list[float | None]) -> list[float]:
    if item.aggregation.method == "sum":
        return [child.weight for child in item.present]
    known = [abs(child.weight) if value is not None else 0.0 for child, value in zip(item.present, values, strict=True)]
    total = sum(known)
    return [weight / total if total else 0.0 for weight in known]


def _points(item: Item, weight: float, value: float | None) -> float | None:
    if value is None or item.aggregation.of != "children" or item.aggregation.method not in ("arithmetic", "sum"):
        return None
    return weight * value


def gate_details(computed: Computed, gate: NodeGate) -> list[Detail]:
    """A gate for every unit: the node that it looks at and whether it is open, closed, unknown or does not apply."""
    series = computed.nodes[gate.node]
    closed, applies, low = is_closed(series, gate.below).tolist(), series.applies.tolist(), series.low.tolist()
    found = []
    for shut, counts, least in zip(closed, applies, low, strict=True):
        state = "closed" if shut else "open" if least >= gate.below else "unknown"
        found.append({"node": gate.node, "state": state if counts else "not_applicable"})
    return found
