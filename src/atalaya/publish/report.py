"""The report: one HTML file of one observation, without scripts and without anything from outside."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import jinja2
from markupsafe import Markup

from atalaya.checks.check import AnyCheck
from atalaya.checks.registry import CHECKS
from atalaya.indices.what_if import Gain
from atalaya.publish.bars import bar
from atalaya.publish.phrases import facts, failure_text, state_text, why
from atalaya.publish.report_data import ReportData, Row
from atalaya.publish.sentences import explainer
from atalaya.publish.standing import Standing, Table, anchors_of, number, slug, standings, tables
from atalaya.publish.words import Words, words

FEW = 20
"""Institutions with a section of their own up to which each shows several examples of a finding; above it, one."""

EXAMPLES = 3
"""Cases shown of one check for one institution."""

SHOWN = 8
"""Cases shown for one institution over all checks; the rest are counted, and the table of outcomes has them all."""

CHANGES = 12
"""Rows shown in each list of differences."""

NAMES = 12
"""Institutions listed openly; a longer list is folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The findings of one check for one institution: the cases shown, how many there are, and the points of mending all."""

    check: str
    measure: str
    gain: Gain | None
    shown: tuple[Row, ...]
    count: int


def render_report(data: ReportData, language: str = "es", checks: Iterable[AnyCheck] = CHECKS) -> str:
    """The whole page as text, in Spanish or English; `checks` explain the findings."""
    explain = explainer(checks)
    say = words(language, data.country)
    found = standings(data)
    groups = tables(data, found)
    headline = next((table for table in groups if table.group.headline), groups[0] if groups else None)
    scored = [s for s in found.values() if s.index.value is not None]
    page = (
        _environment()
        .get_template("report.html")
        .render(
            data=data,
            w=say,
            t=say.t,
            n=say.plural,
            num=lambda value: say.number(value, data.methodology.decimals),
            bar=lambda score: bar(score.value, score.low, score.high, (data.methodology.low, data.methodology.high)),
            tables=groups,
            headline=headline,
            notable=_notable(groups, headline),
            sections=_sections(groups, scored),
            found=found,
            grouped=lambda standing: _grouped(standing, EXAMPLES if len(scored) <= FEW else 1),
            explain=lambda row: explain(row, language),
            facts=lambda row: facts(say, row),
            why=lambda standing: why(say, data, standing),
            source_anchors=anchors_of((str(row["source_id"]) for row in data.sources), "s"),
            institution=lambda row: found.get(str(row.get("institution_id"))),
            rule=_rules(data).get,
            rule_anchor=lambda measure: f"r-{slug(str(measure).partition('@')[0])}",
            changes=_changes(data),
            unattributed=next(
                (row for row in data.measures if str(row["measure_id"]).startswith("unattributed@")), None
            ),
            other_rules=_others(data),
            group_name=lambda unit: say.clean(next((g.title for g in data.groups if g.id == unit), unit)),
            group_anchors=anchors_of((table.group.id for table in groups), "g"),
            by_reason=lambda table: _by_reason(say, data, table),
            homes=_homes(groups),
            state=lambda state: state_text(say, state),
            failure=lambda code: failure_text(say, code),
            limits={"changes": CHANGES, "names": NAMES},
        )
    )
    return "\n".join(line.strip() for line in page.splitlines() if line.strip()) + "\n"


@cache
def _environment() -> jinja2.Environment:
    folder = resources.files("atalaya").joinpath("data", "templates", "report")
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(folder)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


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


def _grouped(standing: Standing, examples: int) -> list[Group]:
    """The findings of an institution by check: what adds most points first, then what has most cases."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in standing.findings:
        rows[f"{row['check_id']}@{row['check_version']}"].append(row)
    gains = {gain.measure: gain for gain in standing.gains}

    def order(measure: str) -> tuple[float, int, str]:
        return (-gains[measure].points if measure in gains else 0.0, -len(rows[measure]), measure)

    groups, left = [], SHOWN
    for measure in sorted(rows, key=order):
        shown = _examples(rows[measure], min(examples, left))
        left -= len(shown)
        check = measure.partition("@")[0]
        groups.append(
            Group(check=check, measure=measure, gain=gains.get(measure), shown=shown, count=len(rows[measure]))
        )
    return groups


def _examples(rows: Sequence[Row], limit: int) -> tuple[Row, ...]:
    """The first cases of each reason in turn, so that different faults are seen before the same one twice."""
    seen: Counter[str] = Counter()
    ordered: list[tuple[int, int, Row]] = []
    for row in sorted(rows, key=lambda row: str(row.get("subject_id"))):
        ordered.append((seen[str(row.get("reason"))], len(ordered), row))
        seen[str(row.get("reason"))] += 1
    return tuple(row for _, _, row in sorted(ordered, key=lambda item: item[:2])[:limit])


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


def _rules(data: ReportData) -> Mapping[str, Row]:
    """The texts of checks by measure id."""
    return {f"{row['id']}@{row['version']}": row for row in data.rules}


def _changes(data: ReportData) -> Mapping[str, list[Row]]:
    """The differences in lists: datasets and findings by change, and scores that moved visibly, largest first."""
    lists: dict[str, list[Row]] = {key: [] for key in ("new", "changed", "vanished", "failing", "mended", "scores")}
    if data.differences is None:
        return lists
    for row in (*data.differences.datasets, *data.differences.findings):
        lists.setdefault(str(row["change"]), []).append(row)
    lists["scores"] = sorted(
        (row for row in data.differences.scores if row.get("before") != row.get("after")),
        key=lambda row: (-abs(_moved(row)), str(row["unit_id"])),
    )
    return lists


def _moved(row: Row) -> float:
    """How far a score moved; one that appeared or went moved farthest."""
    before, after = number(row.get("before")), number(row.get("after"))
    return math.inf if before is None or after is None else after - before
