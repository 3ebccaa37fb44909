"""Figures of groups of units: the mean of their figures, or all their answers together, for everyone and for each group."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from atalaya.exceptions import MethodologyError
from atalaya.indices.engine import Computed
from atalaya.indices.language.definition import AggregationCall, GroupRule, Item
from atalaya.indices.series import Flags, Floats, Series, State, plain_figure
from atalaya.indices.steps.context import members
from atalaya.indices.tree import STACKED, aggregate, combined

EVERYONE = ("", "")
"""The group of all units: no column, no word."""

_NO_MEAN = frozenset({"sum", "product"})
"""Aggregations that grow with the number of answers, so that answers of several units cannot be pooled under them."""

Group = tuple[str, str]
"""A column of the table and the word that the units of the group have there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigures:
    """Figures of the groups by one rule. Arrays and series have shape (groups,), in the order of `groups`, everyone first.

    `units` counts the members that were not screened out, `scored` those that have a score, `weightless` those that the rule
    leaves out because they have no weight. `nodes` are the figures of every node by id.
    """

    rule: GroupRule
    groups: tuple[Group, ...]
    units: np.ndarray
    scored: np.ndarray
    weightless: np.ndarray
    nodes: Mapping[str, Series] = field(repr=False)


def group_figures(computed: Computed) -> tuple[GroupFigures, ...]:
    """The figures of every group by every rule of the methodology.

    The groups are everyone and, for each of the methodology's columns of groups that the table has, the words there. A unit
    without a score opens the interval of the mean. Raises MethodologyError for a column of weights that is not there or has
    negative numbers, and for pooled sums.
    """
    groups = _groups(computed)
    return tuple(figures_of(computed, rule, groups) for rule in computed.index.group_rules)


def group_rows(computed: Computed) -> list[dict[str, object]]:
    """A row for each rule, group and node, everyone first and nodes in the order of the tree.

    `column` and `group` name the group, empty for everyone; `units` are its members, `scored` those with a score, `weightless`
    those without a weight. `value`, `low` and `high` are None where there is none.
    """
    rows: list[dict[str, object]] = []
    for figures in group_figures(computed):
        for place, (column, word) in enumerate(figures.groups):
            common = {
                "rule": figures.rule.id,
                "column": column,
                "group": word,
                "units": int(figures.units[place]),
                "scored": int(figures.scored[place]),
                "weightless": int(figures.weightless[place]),
            }
            for item in computed.index.root.walk():
                series = figures.nodes[item.id]
                numbers = {
                    name: plain_figure(getattr(series, f"{name}s" if name == "value" else name)[place])
                    for name in _SHOWN
                }
                rows.append({**common, "node": item.id, "level": item.level, **numbers})
    return rows


_SHOWN = ("value", "low", "high", "coverage")


def _groups(computed: Computed) -> dict[Group, Flags]:
    """The members of each group, without the units that screening removed."""
    table = computed.table
    here: Flags = computed.scores.state != State.SCREENED
    found = {EVERYONE: here}
    for column in computed.index.groups:
        if column in table.columns:
            found.update({(column, word): of & here for word, of in members(table.words(column)).items()})
    return found


def figures_of(computed: Computed, rule: GroupRule, groups: Mapping[Group, Flags]) -> GroupFigures:
    """The figures by one rule of groups whose members (units,) are given; a unit may be of several. Raises as `group_figures`."""
    weights = _weights(computed, rule)
    weighing = {group: of & ~np.isnan(weights) for group, of in groups.items()}
    rows = [_figures(computed, rule, of, weights) for of in weighing.values()]
    nodes = {item.id: _joined([row[item.id] for row in rows]) for item in computed.index.root.walk()}
    return GroupFigures(
        rule=rule,
        groups=tuple(groups),
        units=np.array([of.sum() for of in groups.values()]),
        scored=np.array([(of & computed.scores.known).sum() for of in groups.values()]),
        weightless=np.array([(groups[group] & ~of).sum() for group, of in weighing.items()]),
        nodes=nodes,
    )


def _weights(computed: Computed, rule: GroupRule) -> Floats:
    """The weight of every unit (units,), NaN where the column has none."""
    if rule.weight is None:
        return np.ones(len(computed.table.units))
    weights = computed.table.numbers(rule.weight)
    if (weights < 0).any():
        unit = computed.table.units[int(np.flatnonzero(weights < 0)[0])]
        raise MethodologyError(f"{rule.weight} of {unit} is negative; a unit cannot weigh less than nothing")
    return weights


def _figures(computed: Computed, rule: GroupRule, of: Flags, weights: Floats) -> dict[str, Series]:
    """The figure of one group at every node, each a series of one."""
    if rule.pooled:
        found: dict[str, Series] = {}
        _pool_up(computed, computed.index.root, rule, of, weights, found)
        return found
    return {item.id: _mean(item, computed.nodes[item.id], of, weights) for item in computed.index.root.walk()}


def _mean(item: Item, series: Series, of: Flags, weights: Floats) -> Series:
    """The weighted mean of the members' figures."""
    plain = Item(id=item.id, title=item.title)
    return _together(plain, [series], np.ones(1), of, weights, AggregationCall("arithmetic"))


def _pool_up(
    computed: Computed, item: Item, rule: GroupRule, of: Flags, weights: Floats, found: dict[str, Series]
) -> bool:
    """Put the figures of an item and of all below it into `found`; whether answers are pooled there or further up."""
    for child in item.present:
        _pool_up(computed, child, rule, of, weights, found)
    if rule.at is None or item.is_leaf or item.level == rule.at or not _reaches(item, rule.at):
        found[item.id] = _pooled(computed, item, of, weights)
        return True
    found[item.id] = aggregate(item, [found[part.id] for part in item.parts], item.part_weights)
    return False


def _reaches(item: Item, level: str) -> bool:
    """Whether a node of the level is below."""
    return any(child.level == level or _reaches(child, level) for child in item.present)


def _pooled(computed: Computed, item: Item, of: Flags, weights: Floats) -> Series:
    """All answers of all members below an item at once, as the item makes its figure of its indicators."""
    call = AggregationCall("arithmetic") if item.is_leaf else item.aggregation
    if call.method in _NO_MEAN:
        raise MethodologyError(f"{item.id} is a {call.method}; answers are pooled under a mean: use groups: arithmetic")
    leaves = [computed.nodes[leaf.id] for leaf in item.leaves]
    shares = np.array([item.shares[leaf.id] for leaf in item.leaves])
    return _together(item, leaves, shares, of, weights, call)


def _together(
    item: Item, parts: list[Series], shares: Floats, of: Flags, weights: Floats, call: AggregationCall
) -> Series:
    """Parts (units,) of all members as the parts of one unit."""
    stacked = [np.stack([getattr(part, name)[of] for part in parts]).reshape(1, -1) for name in STACKED]
    if not of.any():
        stacked = [np.append(array, [[end]], axis=1) for array, end in zip(stacked, _NOTHING, strict=True)]
        return combined(item, stacked, np.ones(1), call=call)
    return combined(item, stacked, (shares[:, None] * weights[of][None, :]).reshape(-1), call=call)


_NOTHING = (np.nan, np.nan, np.nan, np.nan, State.NOT_APPLICABLE)
"""A part that does not apply, in the order of STACKED."""


def _joined(rows: list[Series]) -> Series:
    """Series of one in one."""
    names = ("values", "low", "high", "state", "coverage", "imputed")
    return Series(**{name: np.concatenate([getattr(row, name) for row in rows]) for name in names})
