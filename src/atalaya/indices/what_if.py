"""What mending would add: for each indicator of a unit, the points of the index when all its failing cases are mended."""

from collections.abc import Mapping
from dataclasses import dataclass

from atalaya.indices.figures import NOISE
from atalaya.indices.methodology import Methodology, Node
from atalaya.indices.scores import Row, evaluate, gate_figure, is_closed


@dataclass(frozen=True, slots=True)
class Gain:
    """One thing to mend. `points` are added to the index; `at_least` tells that opening a gate may add more.

    `failing` counts the cases to mend.
    """

    indicator: str
    measure: str
    points: float
    failing: int
    at_least: bool = False


def what_if(methodology: Methodology, measures: Mapping[str, Row]) -> list[Gain]:
    """The gains of one unit from its measures by id, greatest first, ties by indicator; none where nothing was measured.

    Each gain stands alone: mending one indicator leaves the others as they are. Behind a closed gate only the gate can be
    mended; what it hides is then unknown, so its gain is the least that can follow.
    """
    before = evaluate(methodology, measures)["index"]
    if before.value is None:
        return []
    closed = _closed(methodology, measures)
    gains = []
    for node in methodology.root.walk():
        if node.measure is None or (closed and node.measure not in closed):
            continue
        row = measures.get(node.measure)
        if row is None or row.get("value") is None:
            continue
        mended = _mended(row)
        after = evaluate(
            methodology, _opened(methodology, measures, node, mended) if closed else {**measures, node.measure: mended}
        )
        reached = after["index"].low if closed else after["index"].value
        points = round((reached or 0.0) - before.value, NOISE)
        if points > 0:
            gains.append(
                Gain(node.id, node.measure, points, _count(row, "applied") - _count(row, "passed"), bool(closed))
            )
    return sorted(gains, key=lambda gain: (-gain.points, gain.indicator))


def _closed(methodology: Methodology, measures: Mapping[str, Row]) -> set[str]:
    """The measures whose gates are closed for the unit."""
    closed = set()
    for gate in methodology.gates:
        if is_closed(gate_figure(measures.get(gate.measure)), gate.threshold):
            closed.add(gate.measure)
    return closed


def _mended(row: Row) -> dict[str, object]:
    """The measure with every failing case passing; unknown cases stay unknown."""
    decided, undecided = _count(row, "applied"), _count(row, "unknown")
    low = decided / (decided + undecided) if decided + undecided else 1.0
    return {**row, "value": 1.0, "low": low, "high": 1.0, "passed": decided}


def _opened(methodology: Methodology, measures: Mapping[str, Row], node: Node, mended: Row) -> dict[str, Row]:
    """The measures once a gate opens: what did not apply behind it is unknown until it is seen."""
    opened: dict[str, Row] = {}
    for leaf in methodology.root.walk():
        row = None if leaf.measure is None else measures.get(leaf.measure)
        if leaf.measure is not None and row is not None and gate_figure(row).applies:
            opened[leaf.measure] = row
    return {**opened, str(node.measure): mended}


def _count(row: Row, column: str) -> int:
    value = row.get(column)
    return int(value) if isinstance(value, int | float) else 0
