"""Scores of an observation: its measures and a methodology → one row for each node of each unit and of each group.

A row names its node as the methodology does, the whole as `index`, and the node above it, so that the table holds the whole tree.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from atalaya.indices.details import Detail, branch_details, gate_details, leaf_detail
from atalaya.indices.engine import Computed, compute
from atalaya.indices.groups import GroupFigures, figures_of
from atalaya.indices.language.definition import Index, Item, RankRule
from atalaya.indices.places import place_units
from atalaya.indices.series import STATES, Flags, Series, State, plain_figure
from atalaya.indices.table import Row, UnitTable, of_measures

ROOT = "index"
"""The node that stands for the whole, whatever the methodology calls it."""

ALL = "all"
"""The name under which the place among all units together is kept in `detail`."""

GROUP = "group"
"""The column of groups in methodologies of the observatory; a unit may be of several groups."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What gets a score. It is ranked in each of its groups, of which the first gives its `rank` column.

    `words` are further columns by which a methodology may ask: name, kind, branch.
    """

    id: str
    groups: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


def institution_units(rows: Iterable[Row]) -> list[Unit]:
    """The units of rows of the table `institutions`."""
    return [
        Unit(
            str(row["institution_id"]),
            tuple(map(str, groups)) if isinstance(groups := row.get("groups"), list | tuple) else (),
            {name: str(row.get(name) or "") for name in ("name", "kind", "branch")},
        )
        for row in rows
    ]


def unit_table(measures: Iterable[Row], units: Sequence[Unit]) -> UnitTable:
    """The table that an index of the observatory is computed from: units in the order given, with their first group."""
    columns = {
        name: [unit.words.get(name, "") for unit in units] for name in sorted({n for u in units for n in u.words})
    }
    columns[GROUP] = [unit.groups[0] if unit.groups else "" for unit in units]
    table = of_measures(measures, [unit.id for unit in units], columns)
    return replace(table, names=tuple(columns["name"])) if "name" in columns else table


def score_units(
    index: Index, measures: Iterable[Row], units: Iterable[Unit], kind: str = "institution"
) -> list[dict[str, object]]:
    """Rows of the table `scores`: every node of every unit, then of every group, sorted by unit and node.

    A unit without any measure is unknown throughout: listed, never skipped. Figures of groups are made by the first rule of
    groups; units without one open the interval of the group. `kind` is what the units are.

    Raises MethodologyError where the methodology asks for a column that units do not have.
    """
    everyone = sorted(units, key=lambda unit: unit.id)
    if not everyone:
        return []
    computed = compute(index, unit_table(measures, everyone))
    rows = [*_unit_rows(computed, everyone, kind), *_group_rows(computed, everyone)]
    return sorted(rows, key=lambda row: (str(row["unit_id"]), str(row["node"])))


def node_name(index: Index, item: Item) -> str:
    """The node as rows of scores name it."""
    return ROOT if item.id == index.root.id else item.id


def _unit_rows(computed: Computed, units: Sequence[Unit], kind: str) -> list[dict[str, object]]:
    places = _places(computed, units)
    rows: list[dict[str, object]] = []
    for item, parent in _with_parents(computed.index):
        figures = _figures(computed.index, item, parent, computed.nodes[item.id])
        details = _details(computed, item)
        for unit, row, detail in zip(units, figures, details, strict=True):
            group = unit.groups[0] if unit.groups else ALL
            row |= {"unit_id": unit.id, "kind": kind, "group": group, "detail": detail}
            if item is computed.index.root:
                row |= _ranks(places[unit.id], group)
                detail["ranks"] = places[unit.id]
            rows.append(row)
    return rows


def _with_parents(index: Index) -> list[tuple[Item, Item | None]]:
    """Every node with the one above it, parents first."""
    above = {child.id: item for item in index.root.walk() for child in item.present}
    return [(item, above.get(item.id)) for item in index.root.walk()]


def _figures(index: Index, item: Item, parent: Item | None, series: Series) -> list[dict[str, object]]:
    """The columns of one node for every unit that are the same for units and groups."""
    shares = index.root.shares
    common: dict[str, object] = {
        "methodology_id": index.id,
        "node": node_name(index, item),
        "parent": None if parent is None else node_name(index, parent),
        "level": item.level,
        "weight": sum(shares[leaf.id] for leaf in item.leaves),
        "ranked": None,
        "rank": None,
        "rank_low": None,
        "rank_high": None,
    }
    columns = [array.tolist() for array in (series.values, series.low, series.high, series.coverage)]
    names = ("value", "low", "high", "coverage")
    return [
        {**common, **{name: plain_figure(number) for name, number in zip(names, figures, strict=True)}}
        for figures in zip(*columns, strict=True)
    ]


def _details(computed: Computed, item: Item) -> list[Detail]:
    if item.is_leaf:
        rows = computed.table.measured.get(item.measure or "", {})
        states = computed.nodes[item.id].state.tolist()
        return [
            leaf_detail(item, rows.get(unit), STATES[State(state)])
            for unit, state in zip(computed.table.units, states, strict=True)
        ]
    found = branch_details(computed, item)
    for gate in computed.index.gates:
        if gate.at == item.id:
            for detail, told in zip(found, gate_details(computed, gate), strict=True):
                detail.setdefault("gates", []).append(told)
    if item is computed.index.root:
        left_out = [each.id for each in computed.index.not_collected]
        for detail, value in zip(found, computed.scores.values.tolist(), strict=True):
            detail |= {"band": _band(computed.index, value), "not_collected": left_out}
    return found


def _band(index: Index, value: float) -> str | None:
    band = None if np.isnan(value) else index.band(value)
    return None if band is None else band.id


def _places(computed: Computed, units: Sequence[Unit]) -> dict[str, list[dict[str, object]]]:
    """The places of each unit by every rule of ranks: in each of its groups, or among all together."""
    found: dict[str, list[dict[str, object]]] = {unit.id: [] for unit in units}
    inside = sorted(computed.index.rankings, key=lambda rule: rule.within is None)
    for rule in inside:
        for group, members in _members(computed, units, rule).items():
            placed = place_units(computed.scores, computed.ranked & members, replace(rule, within=None), computed.table)
            for place in np.flatnonzero(~np.isnan(placed.rank)).tolist():
                ends = {"rank": placed.rank, "low": placed.best, "high": placed.worst, "among": placed.among}
                told: dict[str, object] = {name: _whole(array[place]) for name, array in ends.items()}
                found[units[place].id].append({"rule": rule.id, "group": group, **told})
    return {unit.id: sorted(found[unit.id], key=lambda each: _order(unit, each)) for unit in units}


def _whole(place: float) -> int | float:
    """A place as a whole number; half a place, which some rules of ties give, stays one."""
    return int(place) if float(place).is_integer() else float(place)


def _order(unit: Unit, place: Mapping[str, object]) -> int:
    """Groups in the order of the unit's, then other columns and all together."""
    group = str(place["group"])
    return unit.groups.index(group) if group in unit.groups else len(unit.groups) + (group == ALL)


def _members(computed: Computed, units: Sequence[Unit], rule: RankRule) -> dict[str, Flags]:
    """Whom a rule ranks together."""
    if rule.within is None:
        return {ALL: np.ones(len(units), dtype=np.bool_)}
    if rule.within == GROUP:
        return _of_groups(units)
    words = np.array(computed.table.words(rule.within), dtype=object)
    return {word: np.asarray(words == word, dtype=np.bool_) for word in sorted(set(words)) if word}


def _of_groups(units: Sequence[Unit]) -> dict[str, Flags]:
    names = sorted({group for unit in units for group in unit.groups})
    return {name: np.array([name in unit.groups for unit in units], dtype=np.bool_) for name in names}


def _ranks(places: Sequence[Mapping[str, object]], group: str) -> dict[str, object]:
    """The columns of ranks: the place in the unit's first group, else the first that there is."""
    if not places:
        return {"ranked": False}
    place = next((each for each in places if each["group"] == group), places[0])
    return {"ranked": True, "rank": place["rank"], "rank_low": place["low"], "rank_high": place["high"]}


def _group_rows(computed: Computed, units: Sequence[Unit]) -> list[dict[str, object]]:
    members = _of_groups(units)
    if not members:
        return []
    found = figures_of(computed, computed.index.group_rules[0], {(GROUP, name): of for name, of in members.items()})
    rows: list[dict[str, object]] = []
    for item, parent in _with_parents(computed.index):
        columns = _figures(computed.index, item, parent, found.nodes[item.id])
        for place, ((name, of), row) in enumerate(zip(members.items(), columns, strict=True)):
            detail = _group_detail(computed, item, of, found, place)
            rows.append(row | {"unit_id": name, "kind": "group", "group": name, "detail": detail})
    return rows


def _group_detail(computed: Computed, item: Item, of: Flags, found: GroupFigures, place: int) -> Detail:
    state, series = computed.nodes[item.id].state[of], found.nodes[item.id]
    detail: Detail = {
        "state": STATES[State(int(series.state[place]))],
        "members": int(of.sum()),
        "with_value": int((state == State.VALUE).sum()),
        "unknown": int((state == State.UNKNOWN).sum()),
    }
    if item is computed.index.root:
        band = _band(computed.index, float(series.values[place]))
        detail |= {"rule": found.rule.id, "ranked": int((computed.ranked & of).sum()), "band": band}
    return detail
