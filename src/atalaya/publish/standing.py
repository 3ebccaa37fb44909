"""What the figures of an observation say, before any words: who stands where, why, and what mending would add."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from atalaya.indices.language.definition import Index, Item
from atalaya.indices.rounding import rounded
from atalaya.indices.scores import ROOT, Unit, institution_units, node_name, unit_table
from atalaya.indices.what_if import Gain, what_if
from atalaya.publish.report_data import GroupTitle, ReportData, Row
from atalaya.publish.words import parsed


@dataclass(frozen=True, slots=True)
class Score:
    """One node of one unit: figures on the scale, coverage 0 to 1, and what the row tells in detail."""

    node: Item
    value: float | None
    low: float | None
    high: float | None
    coverage: float | None
    detail: Mapping[str, object]

    @property
    def state(self) -> str:
        """`value`, `unknown` or `not_applicable`."""
        if self.value is not None:
            return "value"
        return "unknown" if self.coverage is not None else "not_applicable"

    @property
    def open(self) -> bool:
        """Whether what is unknown could move the figure by a visible amount."""
        return self.low is not None and self.high is not None and self.high - self.low >= 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One institution or group: its scores by node, its rank where it has one, and what to mend, most points first."""

    id: str
    anchor: str
    name: object
    acronym: str | None = None
    site: str | None = None
    groups: tuple[str, ...] = ()
    scores: Mapping[str, Score] = field(default_factory=dict)
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    ranks: tuple[Row, ...] = ()
    gains: tuple[Gain, ...] = ()
    findings: tuple[Row, ...] = ()
    reason: str = ""
    waiting: int = 0
    """Records without an institution, in sources that could hold its data, where none of its own was found."""

    @property
    def index(self) -> Score:
        """The score as a whole."""
        return self.scores[ROOT]

    @property
    def ranked(self) -> bool:
        """Whether enough was measured for a rank."""
        return self.rank is not None

    @property
    def closed(self) -> bool:
        """Whether a gate holds the whole score down."""
        gates = self.index.detail.get("gates")
        return isinstance(gates, list) and any(isinstance(g, dict) and g.get("state") == "closed" for g in gates)

    def place(self, group: str) -> int:
        """Its rank inside a group: from the detail, else the row's own; 0 where it has none."""
        for rank in self.ranks:
            if rank.get("group") == group:
                return _whole(rank.get("rank")) or 0
        return self.rank or 0

    def dimensions(self) -> list[Score]:
        """Scores of what the whole is made of, in the order of the methodology."""
        return [self.scores[child.id] for child in self.index.node.present if child.id in self.scores]

    def below(self, item: Item) -> list[tuple[int, Score]]:
        """The scores below a node with their depth, from 0; a branch of one part stands for itself alone, by its part."""
        found: list[tuple[int, Score]] = []
        for child in item.present:
            if child.id not in self.scores:
                continue
            if len(child.present) != 1:
                found.append((0, self.scores[child.id]))
            deeper = 0 if len(child.present) == 1 else 1
            found += [(depth + deeper, score) for depth, score in self.below(child)]
        return found

    def contrast(self, decimals: int) -> tuple[Score, Score] | None:
        """The strongest and the weakest dimension; None where the figures that a page shows do not tell them apart."""
        strong, weak = self.strongest(), self.weakest()
        if strong is None or weak is None:
            return None
        apart = rounded(strong.value or 0.0, decimals) != rounded(weak.value or 0.0, decimals)
        return (strong, weak) if apart else None

    def strongest(self) -> Score | None:
        """The dimension with the greatest figure, the first among equals."""
        known = [score for score in self.dimensions() if score.value is not None]
        return max(known, key=lambda score: score.value or 0.0, default=None)

    def weakest(self) -> Score | None:
        """The dimension with the least figure, the first among equals."""
        known = [score for score in self.dimensions() if score.value is not None]
        return min(known, key=lambda score: score.value or 0.0, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One group with its institutions: those ranked, best first, and those not ranked, each list in order of name."""

    group: GroupTitle
    total: Standing | None
    ranked: tuple[Standing, ...]
    unranked: tuple[Standing, ...]

    @property
    def best(self) -> tuple[Standing, ...]:
        """All who share the first place."""
        return tuple(s for s in self.ranked if s.place(self.group.id) == self.ranked[0].place(self.group.id))

    @property
    def worst(self) -> tuple[Standing, ...]:
        """All who share the last place."""
        return tuple(s for s in self.ranked if s.place(self.group.id) == self.ranked[-1].place(self.group.id))

    def gains(self) -> list[tuple[Gain, float]]:
        """For each indicator, the points that the group's figure gains when all its institutions mend it; most first."""
        members = [s for s in (*self.ranked, *self.unranked) if s.index.value is not None]
        points: dict[str, float] = defaultdict(float)
        failing: Counter[str] = Counter()
        kept: dict[str, Gain] = {}
        for gain in (gain for member in members for gain in member.gains):
            points[gain.indicator] += gain.points / len(members)
            failing[gain.indicator] += gain.failing
            if gain.indicator not in kept or gain.at_least:
                kept[gain.indicator] = gain
        return [
            (Gain(name, kept[name].measure, total, failing[name], kept[name].at_least), total)
            for name, total in sorted(points.items(), key=lambda pair: (-round(pair[1], 9), pair[0]))
        ]


def standings(data: ReportData) -> dict[str, Standing]:
    """Every institution by id, in the order of the rows."""
    scores = scores_by_unit(data.methodology, data.scores)
    measures: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in data.measures:
        measures[str(row["institution_id"])][str(row["measure_id"])] = row
    findings: dict[str, list[Row]] = defaultdict(list)
    for row in data.findings:
        findings[str(row.get("institution_id"))].append(row)
    index_rows = {str(row["unit_id"]): row for row in data.scores if row["node"] == ROOT}
    gains = what_if(data.methodology, unit_table(data.measures, _units(data)))
    anchors = anchors_of((str(row["institution_id"]) for row in data.institutions), "i")
    found = {}
    for row in data.institutions:
        unit = str(row["institution_id"])
        if ROOT in scores.get(unit, {}):
            standing = _standing(data, row, anchors[unit], scores[unit], index_rows[unit], measures[unit])
            found[unit] = replace(standing, gains=gains[unit], findings=tuple(findings[unit]))
    return found


def _units(data: ReportData) -> list[Unit]:
    return institution_units({**row, "groups": parsed(row.get("groups"))} for row in data.institutions)


def tables(data: ReportData, found: Mapping[str, Standing]) -> list[Table]:
    """The groups with their institutions, the headline group first; who is in no group stands in a table of its own."""
    groups = sorted(data.groups, key=lambda group: not group.headline)
    scores = scores_by_unit(data.methodology, data.scores)
    shown: list[Table] = []
    for group in groups:
        members = [s for s in found.values() if group.id in s.groups]
        total = None
        if ROOT in scores.get(group.id, {}):
            total = Standing(id=group.id, anchor=f"g-{slug(group.id)}", name=group.title, scores=scores[group.id])
        if members:
            shown.append(_table(group, total, members))
    known = {group.id for group in groups}
    rest = [s for s in found.values() if not known.intersection(s.groups)]
    if rest:
        shown.append(_table(GroupTitle(id="", title={}), None, rest))
    return shown


def scores_by_unit(methodology: Index, rows: Iterable[Row]) -> dict[str, dict[str, Score]]:
    """Unit id → node name → score, nodes in the order of the methodology; rows of other methodologies are left out."""
    nodes = {node_name(methodology, item): item for item in methodology.root.walk()}
    found: dict[str, dict[str, Score]] = defaultdict(dict)
    for row in rows:
        name = str(row["node"])
        node = nodes.get(name)
        if node is None or row.get("methodology_id") != methodology.id:
            continue
        detail = parsed(row.get("detail"))
        low, high, value, coverage = (number(row.get(key)) for key in ("low", "high", "value", "coverage"))
        kept = detail if isinstance(detail, Mapping) else {}
        found[str(row["unit_id"])][name] = Score(node, value, low, high, coverage, kept)
    order = {name: place for place, name in enumerate(nodes)}
    return {unit: dict(sorted(kept.items(), key=lambda item: order[item[0]])) for unit, kept in found.items()}


def anchors_of(ids: Iterable[str], prefix: str) -> dict[str, str]:
    """An anchor for each id, readable and never twice the same."""
    used: Counter[str] = Counter()
    anchors = {}
    for name in ids:
        anchor = f"{prefix}-{slug(name)}"
        used[anchor] += 1
        anchors[name] = anchor if used[anchor] == 1 else f"{anchor}--{used[anchor]}"
    return anchors


def slug(name: str) -> str:
    """A text as an anchor may hold it."""
    return re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-") or "x"


def number(value: object) -> float | None:
    """A number of a row, None where there is none."""
    return float(value) if isinstance(value, int | float) else None


def _standing(
    data: ReportData,
    row: Row,
    anchor: str,
    scores: Mapping[str, Score],
    index_row: Row,
    measures: Mapping[str, Row],
) -> Standing:
    ranks = scores[ROOT].detail.get("ranks")
    groups = parsed(row.get("groups"))
    return Standing(
        id=str(row["institution_id"]),
        anchor=anchor,
        name=row.get("name"),
        acronym=_text(row.get("acronym")),
        site=_text(row.get("site")),
        groups=tuple(map(str, groups)) if isinstance(groups, list | tuple) else (),
        scores=scores,
        rank=_whole(index_row.get("rank")),
        rank_low=_whole(index_row.get("rank_low")),
        rank_high=_whole(index_row.get("rank_high")),
        ranks=tuple(ranks) if isinstance(ranks, list) else (),
        reason=_reason(data.methodology, measures),
        waiting=_waiting(data.methodology, measures),
    )


def _guards(methodology: Index) -> list[str]:
    """The measures that guard the gates of the whole."""
    at_whole = (gate.node for gate in methodology.gates if gate.at == methodology.root.id)
    return [measure for node in at_whole for measure in methodology.measures_under(node)]


def _reason(methodology: Index, measures: Mapping[str, Row]) -> str:
    """Why an institution could not be measured: the reason of the first measure that guards a gate, if it is unknown."""
    for measure in _guards(methodology):
        row = measures.get(measure)
        if row is None:
            return "not_measured"
        if row.get("value") is None:
            return str(row.get("reason") or "not_measured")
    return ""


def _waiting(methodology: Index, measures: Mapping[str, Row]) -> int:
    """How many unattributed records keep a gate from being closed for good, as the reason of its measure counts them."""
    for measure in _guards(methodology):
        kind, _, sources = str(measures.get(measure, {}).get("reason") or "").partition(":")
        if kind == "unattributed":
            counts = (item.rpartition("=")[2] for item in sources.split(","))
            return sum(int(count) for count in counts if count.isdigit())
    return 0


def _table(group: GroupTitle, total: Standing | None, members: list[Standing]) -> Table:
    ranked = sorted((s for s in members if s.ranked), key=lambda s: (s.place(group.id), -(s.index.value or 0.0), s.id))
    unranked = sorted((s for s in members if not s.ranked), key=lambda s: (str(s.name).casefold(), s.id))
    return Table(group=group, total=total, ranked=tuple(ranked), unranked=tuple(unranked))


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None


def _text(value: object) -> str | None:
    return str(value) if value else None
