"""The report: one HTML file of one observation, without scripts and without anything from outside."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from atalaya.checks.check import AnyCheck
from atalaya.checks.registry import CHECKS
from atalaya.indices.editions import MQA
from atalaya.indices.language.reading import read_shipped_index
from atalaya.indices.rounding import rounded
from atalaya.indices.what_if import Gain
from atalaya.publish.bars import bar
from atalaya.publish.phrases import facts, failure_text, reason_text, state_text, why
from atalaya.publish.points import band_of
from atalaya.publish.report_data import ReportData, Row
from atalaya.publish.sentences import explainer, rule_texts
from atalaya.publish.standing import Standing, Table, anchors_of, number, slug, standings, tables
from atalaya.publish.templates import render
from atalaya.publish.words import Words, words

FEW = 20
"""Institutions with a section of their own up to which each shows several examples of a finding; above it, one."""

EXAMPLES = 3
"""Cases shown of one check for one institution."""

SHOWN = 8
"""Cases shown in full for one institution over all checks; the rest are listed by name."""

LISTED = 60
"""Further cases listed by name for one check of one institution; beyond, the command that lists them all is named."""

LISTED_IN_ALL = 2000
"""Cases listed by name on the whole page: what a telephone still opens at once."""

CHANGES = 12
"""Rows shown in each list of differences."""

NAMES = 12
"""Institutions listed openly; a longer list is folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The findings of one check for one institution: the cases shown in full, those listed by name, how many there are in all,
    and the points of mending them.
    """

    check: str
    measure: str
    gain: Gain | None
    shown: tuple[Row, ...]
    listed: tuple[Row, ...]
    count: int


def render_report(data: ReportData, language: str = "es", checks: Iterable[AnyCheck] = CHECKS) -> str:
    """The whole page as text, in Spanish or English; `checks` explain the findings."""
    checks = tuple(checks)
    explain = explainer(checks, data.country)
    say = words(language, data.country)
    found = standings(data)
    groups = tables(data, found)
    headline = next((table for table in groups if table.group.headline), groups[0] if groups else None)
    scored = [s for s in found.values() if s.index.value is not None]
    budget, european = [LISTED_IN_ALL], read_shipped_index(MQA)
    rules = _rules(data, checks, say)
    return render(
        "report",
        "report.html",
        data=data,
        w=say,
        t=say.t,
        n=say.plural,
        num=lambda value: say.number(value, data.methodology.decimals),
        bar=lambda score: bar(score.value, score.low, score.high, (data.methodology.low, data.methodology.high)),
        european=european,
        band=lambda unit: band_of(european, unit.whole.low, unit.whole.high, language),
        span=lambda node: _span(say, node.low, node.high),
        tables=groups,
        headline=headline,
        notable=_notable(groups, headline),
        sections=_sections(groups, scored),
        found=found,
        grouped=lambda standing: _grouped(standing, EXAMPLES if len(scored) <= FEW else 1, budget),
        contrast=lambda standing: standing.contrast(data.methodology.decimals),
        single=len(found) == 1,
        shown_move=lambda row: _shown_move(data, row),
        explain=lambda row: explain(row, language),
        facts=lambda row: facts(say, row),
        why=lambda standing: why(say, data, standing),
        source_anchors=anchors_of((str(row["source_id"]) for row in data.sources), "s"),
        institution=lambda row: found.get(str(row.get("institution_id"))),
        rule=rules.get,
        first_reader={leaf.measure: leaf.id for leaf in reversed(data.methodology.leaves)},
        rule_anchor=lambda measure: f"r-{slug(str(measure).partition('@')[0])}",
        changes=_changes(data),
        reason=lambda code: reason_text(say, code),
        unattributed=next((row for row in data.measures if str(row["measure_id"]).startswith("unattributed@")), None),
        orphans=_orphans(data),
        other_rules=[rules[f"{row['id']}@{row['version']}"] for row in _others(data)],
        group_name=lambda unit: say.clean(next((g.title for g in data.groups if g.id == unit), unit)),
        group_anchors=anchors_of((table.group.id for table in groups), "g"),
        by_reason=lambda table: _by_reason(say, data, table),
        homes=_homes(groups),
        state=lambda state: state_text(say, state),
        failure=lambda code: failure_text(say, code),
        owner=lambda unit: _owner(say, found, unit),
        limits={"changes": CHANGES, "names": NAMES, "attributions": LISTED},
    )


def _span(say: Words, low: float, high: float) -> str:
    """Points, or the range in which they lie where it shows."""
    ends = dict.fromkeys(say.number(end, 1) for end in (low, high))
    return " – ".join(ends)


def _orphans(data: ReportData) -> int:
    """How many records have no institution yet."""
    rows = (row for row in data.measures if str(row["measure_id"]).startswith("unattributed@"))
    return sum(int(number(row.get("passed")) or 0) for row in rows)


def _owner(say: Words, found: Mapping[str, Standing], unit: object) -> Markup:
    """An institution by name, with a link where the page speaks of it; words where there is none."""
    standing = found.get(str(unit))
    if unit is None or standing is None:
        return say.t("no institution") if unit is None else say.quote(unit, 80)
    return Markup('<a href="#{}">{}</a>').format(standing.anchor, say.quote(standing.name, 80))


def _notable(groups: Sequence[Table], headline: Table | None) -> Table | None:
    """The group whose best and worst are named: the headline group, else the first with anyone ranked."""
    if headline is not None and headline.ranked:
        return headline
    return next((table for table in groups if table.ranked), None)


def _sections(groups: Sequence[Table], scored: Iterable[Standing]) -> list[Standing]:
    """Institutions with a figure, each once, in the order in which the tables list them."""
    wanted = {standing.id for standing in scored}
    ordered: dict[str, Standing] = {}
    for table in groups:
        for standing in (*table.ranked, *table.unranked):
            if standing.id in wanted:
                ordered.setdefault(standing.id, standing)
    return list(ordered.values())


def _grouped(standing: Standing, examples: int, budget: list[int]) -> list[Group]:
    """The findings of an institution by check: what adds most points first, then what has most cases.

    `budget` holds how many cases the page may still list by name.
    """
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in standing.findings:
        rows[f"{row['check_id']}@{row['check_version']}"].append(row)
    gains = {gain.measure: gain for gain in standing.gains}

    def order(measure: str) -> tuple[float, int, str]:
        return (-gains[measure].points if measure in gains else 0.0, -len(rows[measure]), measure)

    groups, left = [], SHOWN
    for measure in sorted(rows, key=order):
        ordered = _examples(rows[measure])
        shown = ordered[: min(examples, left)]
        listed = ordered[len(shown) :][: min(LISTED, budget[0])]
        left -= len(shown)
        budget[0] -= len(listed)
        check = measure.partition("@")[0]
        groups.append(
            Group(
                check=check,
                measure=measure,
                gain=gains.get(measure),
                shown=shown,
                listed=listed,
                count=len(rows[measure]),
            )
        )
    return groups


def _examples(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The first cases of each reason in turn, so that different faults are seen before the same one twice."""
    seen: Counter[str] = Counter()
    ordered: list[tuple[int, int, Row]] = []
    for row in sorted(rows, key=lambda row: str(row.get("subject_id"))):
        ordered.append((seen[str(row.get("reason"))], len(ordered), row))
        seen[str(row.get("reason"))] += 1
    return tuple(row for _, _, row in sorted(ordered, key=lambda item: item[:2]))


def _by_reason(say: Words, data: ReportData, table: Table) -> list[tuple[Markup, list[Standing]]]:
    """The institutions of a group that are not ranked, by the sentence that says why; the most common reason last."""
    reasons: dict[Markup, list[Standing]] = defaultdict(list)
    for standing in table.unranked:
        reasons[why(say, data, standing)].append(standing)
    return sorted(reasons.items(), key=lambda pair: (len(pair[1]), str(pair[0])))


def _homes(groups: Sequence[Table]) -> dict[str, str]:
    """For each institution that is not ranked, the group in which its name carries its anchor."""
    homes: dict[str, str] = {}
    for table in groups:
        for standing in table.unranked:
            homes.setdefault(standing.id, table.group.id)
    return homes


def _others(data: ReportData) -> list[Row]:
    """Rules of checks that the methodology does not cite, in order of their ids."""
    cited = set(data.methodology.measures)
    rows = [
        row
        for row in data.rules
        if row.get("kind", "check") == "check" and f"{row['id']}@{row['version']}" not in cited
    ]
    return sorted(rows, key=lambda row: str(row["id"]))


def _rules(data: ReportData, checks: Sequence[AnyCheck], say: Words) -> Mapping[str, Row]:
    """The rules of checks by measure id, their texts in the page's language."""
    return {f"{row['id']}@{row['version']}": {**row, **rule_texts(row, checks, say)} for row in data.rules}


def _changes(data: ReportData) -> Mapping[str, list[Row]]:
    """The differences in lists: datasets and findings by change, and scores that moved visibly, largest first."""
    keys = (
        "new",
        "changed",
        "vanished",
        "returned",
        "migrated",
        "failing",
        "mended",
        "attributions",
        "institution",
        "group",
    )
    lists: dict[str, list[Row]] = {key: [] for key in keys}
    if data.differences is None:
        return lists
    for row in (*data.differences.datasets, *data.differences.findings):
        lists.setdefault(str(row["change"]), []).append(row)
    lists["attributions"] = list(data.differences.attributions)
    groups = {group.id for group in data.groups}
    moved = (row for row in data.differences.scores if row.get("before") != row.get("after"))
    for row in sorted(moved, key=lambda row: (-_distance(data, row), str(row["unit_id"]))):
        kind = row.get("kind") or ("group" if row["unit_id"] in groups else "institution")
        if _distance(data, row):
            lists[str(kind)].append(row)
    return lists


def _shown_move(data: ReportData, row: Row) -> float | None:
    """How far a score moved, from the figures that the page shows; None where there was or is none."""
    before, after = number(row.get("before")), number(row.get("after"))
    if before is None or after is None:
        return None
    decimals = data.methodology.decimals
    return rounded(after, decimals) - rounded(before, decimals)


def _distance(data: ReportData, row: Row) -> float:
    """The size of a visible move; a score that appeared or went moved farthest."""
    move = _shown_move(data, row)
    return math.inf if move is None else abs(move)
