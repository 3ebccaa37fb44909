"""Scores: measures of units and a methodology → one row for each node of each unit and of each group."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from atalaya.indices.figures import AGGREGATIONS, NOT_APPLICABLE, Figure, arithmetic, figure_of, points_of
from atalaya.indices.methodology import Methodology, Node
from atalaya.indices.ranks import Place, rank

Row = Mapping[str, object]
"""A row by column names; measures bring measure_id, institution_id, value, low, high, applied, unknown and reason."""

ALL = "all"
"""The name under which the rank among all units together is kept in `detail`."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What gets a score, and the groups that it is ranked in; the first one gives its `rank` column."""

    id: str
    groups: tuple[str, ...] = ()


Figures = dict[str, Figure]
"""The figures of one unit by the name of the node."""


def compute(
    methodology: Methodology, measures: Iterable[Row], units: Iterable[Unit], kind: str = "institution"
) -> list[dict[str, object]]:
    """Rows of the table `scores`: every node of every unit, then of every group, sorted by unit and node.

    A unit without any measure is unknown throughout: listed, never skipped. Groups are the mean of their units with a
    figure; units without one open the interval of the group. `kind` is what the units are.
    """
    everyone = sorted(units, key=lambda unit: unit.id)
    by_unit = _by_unit(methodology, measures)
    figures = {unit.id: evaluate(methodology, by_unit.get(unit.id, {})) for unit in everyone}
    ranks = _ranks(methodology, everyone, figures)
    rows = []
    for unit in everyone:
        rows += _unit_rows(methodology, unit, by_unit.get(unit.id, {}), figures[unit.id], ranks, kind)
    members: dict[str, list[Figures]] = defaultdict(list)
    for unit in everyone:
        for group in unit.groups:
            members[group].append(figures[unit.id])
    for group in sorted(members):
        rows += _group_rows(methodology, group, members[group])
    return sorted(rows, key=lambda row: (str(row["unit_id"]), str(row["node"])))


def evaluate(methodology: Methodology, measures: Mapping[str, Row]) -> Figures:
    """The figures of every node for one unit, from its measures by id; gates are applied to the index."""
    figures: Figures = {}
    _evaluate(methodology, methodology.root, measures, figures)
    for gate in methodology.gates:
        figures["index"] = _hold_down(
            figures["index"], gate_figure(measures.get(gate.measure)), gate.threshold, gate.cap
        )
    return figures


def gate_figure(row: Row | None) -> Figure:
    """A measure that guards a gate, on its own scale from 0 to 1."""
    return figure_of(row, 0.0, 1.0, "indicators")


def is_closed(gate: Figure, threshold: float) -> bool:
    """Whether a gate holds the score down as far as is known: by its figure, else by its upper end."""
    reached = gate.high if gate.value is None else gate.value
    return gate.applies and reached is not None and reached < threshold


def is_ranked(methodology: Methodology, figure: Figure) -> bool:
    """Whether enough of the weight was measured for a rank."""
    return figure.value is not None and figure.coverage is not None and figure.coverage >= methodology.floor


def _evaluate(methodology: Methodology, node: Node, measures: Mapping[str, Row], figures: Figures) -> Figure:
    if node.measure is not None:
        row = measures.get(node.measure)
        if methodology.points:
            figure = points_of(row, node.weight, methodology.counts)
        else:
            figure = figure_of(row, methodology.low, methodology.high, methodology.counts)
    else:
        children = [_evaluate(methodology, child, measures, figures) for child in node.children]
        figure = AGGREGATIONS[methodology.aggregation](children, [child.weight for child in node.children])
    figures[node.name] = figure
    return figure


def _hold_down(figure: Figure, gate: Figure, threshold: float, cap: float) -> Figure:
    """The index after a gate: closed caps value and interval, but leaves the upper end while the gate may yet open; unknown caps
    only the lower end; open changes nothing.
    """
    if not figure.applies or not gate.applies or (gate.low is not None and gate.low >= threshold):
        return figure
    low = min(figure.low or 0.0, cap)
    high = figure.high if gate.high is not None and gate.high >= threshold else min(figure.high or 0.0, cap)
    if gate.value is None or figure.value is None or gate.value >= threshold:
        return Figure(figure.value, low, high, figure.coverage)
    return Figure(min(figure.value, cap), low, high, figure.coverage)


def _by_unit(methodology: Methodology, measures: Iterable[Row]) -> dict[str, dict[str, Row]]:
    cited = set(methodology.measures)
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in measures:
        measure = str(row["measure_id"])
        if measure in cited:
            found[str(row["institution_id"])][measure] = row
    return found


def _ranks(
    methodology: Methodology, units: Sequence[Unit], figures: Mapping[str, Figures]
) -> dict[str, dict[str, Place]]:
    """Places by group, and among all together; only units with enough measured."""
    groups: dict[str, dict[str, Figure]] = defaultdict(dict)
    for unit in units:
        figure = figures[unit.id]["index"]
        if is_ranked(methodology, figure):
            for group in (*unit.groups, ALL):
                groups[group][unit.id] = figure
    return {group: rank(members, methodology.ranking) for group, members in groups.items()}


def _unit_rows(
    methodology: Methodology,
    unit: Unit,
    measures: Mapping[str, Row],
    figures: Figures,
    ranks: Mapping[str, Mapping[str, Place]],
    kind: str,
) -> list[dict[str, object]]:
    shares = _nominal(methodology.root, 1.0)
    main = unit.groups[0] if unit.groups else ALL
    place = ranks.get(main, {}).get(unit.id)
    rows = []
    for node in methodology.root.walk():
        figure = figures[node.name]
        row = _row(methodology, unit.id, node, kind, main, figure, shares[node.name])
        if node.measure:
            row["detail"] = _leaf_detail(node, measures, figure)
        else:
            row["detail"] = _branch_detail(methodology, node, figures)
        if node.kind == "index":
            row |= {"ranked": place is not None}
            if place is not None:
                row |= {"rank": place.rank, "rank_low": place.low, "rank_high": place.high}
            row["detail"] = _index_detail(methodology, unit, measures, figures, ranks)
        rows.append(row)
    return rows


def _row(
    methodology: Methodology, unit_id: str, node: Node, kind: str, group: str, figure: Figure, weight: float
) -> dict[str, object]:
    return {
        "methodology_id": methodology.id,
        "unit_id": unit_id,
        "node": node.name,
        "kind": kind,
        "group": group,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "coverage": figure.coverage,
        "ranked": None,
        "rank": None,
        "rank_low": None,
        "rank_high": None,
        "weight": weight,
        "detail": {},
    }


def _nominal(node: Node, share: float) -> dict[str, float]:
    """The share of the whole weight that each node carries as declared; the index carries 1."""
    shares = {node.name: share}
    total = sum(child.weight for child in node.children)
    for child in node.children:
        shares |= _nominal(child, share * child.weight / total)
    return shares


def _leaf_detail(node: Node, measures: Mapping[str, Row], figure: Figure) -> dict[str, object]:
    row = measures.get(node.measure or "", {})
    counts = {key: row.get(key) for key in ("passed", "applied", "unknown", "not_applicable")}
    reason = row.get("reason") if row else "not_measured"
    return {"state": figure.state, "measure": node.measure, "reason": reason, **counts}


def _branch_detail(methodology: Methodology, node: Node, figures: Figures) -> dict[str, object]:
    """How the children make the figure: their weight among the known ones and the points that each brings.

    Where points add up, the weight is the most that a child can bring.
    """
    known = {child.name: figures[child.name].value for child in node.children}
    total = sum(child.weight for child in node.children if known[child.name] is not None)
    contributions: list[dict[str, object]] = []
    for child in node.children:
        value = known[child.name]
        share = child.weight / total if value is not None else 0.0
        points = None if value is None else value if methodology.points else value * share
        weight = child.weight if methodology.points else share
        contributions.append(
            {"node": child.name, "state": figures[child.name].state, "weight": weight, "value": value, "points": points}
        )
    return {"state": figures[node.name].state, "contributions": contributions}


def _index_detail(
    methodology: Methodology,
    unit: Unit,
    measures: Mapping[str, Row],
    figures: Figures,
    ranks: Mapping[str, Mapping[str, Place]],
) -> dict[str, object]:
    detail = _branch_detail(methodology, methodology.root, figures)
    value = figures["index"].value
    detail["band"] = None if value is None else methodology.band(value).id
    detail["gates"] = [
        {"measure": gate.measure, "state": _gate_state(gate_figure(measures.get(gate.measure)), gate.threshold)}
        for gate in methodology.gates
    ]
    places: list[dict[str, object]] = []
    for group in (*unit.groups, ALL):
        place = ranks.get(group, {}).get(unit.id)
        if place is not None:
            places.append(
                {"group": group, "rank": place.rank, "low": place.low, "high": place.high, "among": place.among}
            )
    detail["ranks"] = places
    return detail


def _gate_state(gate: Figure, threshold: float) -> str:
    if not gate.applies:
        return "not_applicable"
    if gate.low is not None and gate.low >= threshold:
        return "open"
    return "closed" if is_closed(gate, threshold) else "unknown"


def _group_rows(methodology: Methodology, group: str, members: Sequence[Figures]) -> list[dict[str, object]]:
    shares = _nominal(methodology.root, 1.0)
    rows = []
    for node in methodology.root.walk():
        figures = [figures[node.name] for figures in members]
        figure = arithmetic(figures, [1.0] * len(figures)) if figures else NOT_APPLICABLE
        row = _row(methodology, group, node, "group", group, figure, shares[node.name])
        detail: dict[str, object] = {
            "state": figure.state,
            "members": len(figures),
            "with_value": sum(f.value is not None for f in figures),
            "unknown": sum(f.state == "unknown" for f in figures),
        }
        if node.kind == "index":
            detail["ranked"] = sum(is_ranked(methodology, f) for f in figures)
            detail["band"] = None if figure.value is None else methodology.band(figure.value).id
        row["detail"] = detail
        rows.append(row)
    return rows
