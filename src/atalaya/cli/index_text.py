"""What `atalaya index` prints: rankings, trees, tables, and the same as plain values for JSON."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from atalaya.cli.output import console, id_column, plain
from atalaya.indices.analysis import Analysis
from atalaya.indices.engine import Computed
from atalaya.indices.explaining import Explained
from atalaya.indices.language.definition import Item
from atalaya.indices.rows import ranking_rows, sensitivity_rows, uncertainty_rows
from atalaya.publish.indices.page import in_language

SHOWN = 20
"""Rows shown to people."""


def print_ranking(computed: Computed, language: str, analysis: Analysis | None) -> None:
    index, rows = computed.index, ranking_rows(computed)
    rule = index.rankings[0].id
    out = console()
    ranked = int(computed.ranked.sum())
    out.print(
        f"[bold]{plain(index.id)}[/] {plain(in_language(index.title, language))}: {len(rows)} units, {ranked} ranked"
    )
    likely = {} if analysis is None else {row["unit"]: row for row in uncertainty_rows(computed, analysis.uncertain)}
    more = [] if analysis is None else ["rank in reruns"]
    units = id_column("unit", [row["unit"] for row in rows[:SHOWN]])
    table = Table("rank", *more, units, "name", "score", "between", box=None)
    for row in rows[:SHOWN]:
        often = likely.get(row["unit"])
        span = "–" if often is None else f"{often['rank_low']:g} to {often['rank_high']:g}"
        table.add_row(
            "–" if row[rule] is None else f"{row[rule]:g}",
            *([] if analysis is None else [span]),
            plain(row["unit"]),
            plain(row["name"]),
            figure(row["published"], index.decimals),
            f"{figure(row['low'], index.decimals)} to {figure(row['high'], index.decimals)}",
        )
    out.print(table)
    if len(rows) > SHOWN:
        out.print(f"… and {len(rows) - SHOWN} more; --out writes them all")
    if analysis is not None:
        out.print(
            f"[bold]what moves the ranks[/] ({analysis.sensitive.reruns:,} reruns): share alone, share with all others"
        )
        for each in sensitivity_rows(analysis.sensitive):
            out.print(f"  {plain(each['input'])}: {figure(each['first'], 2)}, {figure(each['total'], 2)}")


def figure(value: object, decimals: int) -> str:
    return "–" if value is None else f"{float(str(value)):.{decimals}f}"


def print_tree(computed: Computed, node: Explained, language: str, depth: int = 0) -> None:
    title = in_language(computed.index.items[node.id].title, language)
    value = node.state.replace("_", " ") if node.value is None else f"{node.value:.2f}"
    more = [] if depth == 0 else [f"weight {node.weight:.0%}"]
    if node.points is not None:
        more.append(f"{node.points:.2f} points")
    if node.raw is not None:
        more.append(f"from {node.raw:g}")
    if node.peers is not None:
        more.append(f"others {node.peers:.2f}")
    console().print(f"{'  ' * depth}{plain(title)}: [bold]{value}[/] [dim]{', '.join(more)}[/]")
    for child in node.children:
        print_tree(computed, child, language, depth + 1)


def way(item: Item, leaf: str) -> list[Item]:
    """The nodes from the root down to an indicator."""
    if item.id == leaf:
        return [item]
    for child in item.present:
        below = way(child, leaf)
        if below:
            return [item, *below]
    return []


def tree_json(node: Explained) -> dict[str, object]:
    return {
        "id": node.id,
        "state": node.state,
        "value": node.value,
        "low": node.low,
        "high": node.high,
        "weight": node.weight,
        "points": node.points,
        "without": node.without,
        "raw": node.raw,
        "imputed": node.imputed,
        "peers": node.peers,
        "children": [tree_json(child) for child in node.children],
    }


def gain_json(gain: object) -> dict[str, object]:
    return {name: getattr(gain, name) for name in ("indicator", "now", "best", "points", "score", "rank")}


def print_rows(out: Console, title: str, rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> None:
    out.print(f"\n[bold]{title}[/]" + ("" if rows else ": none"))
    table = Table(*(column.replace("_", " ") for column in columns), box=None)
    for row in rows[:SHOWN]:
        table.add_row(*(_cell(row[column]) for column in columns))
    if rows:
        out.print(table)
    if len(rows) > SHOWN:
        out.print(f"… and {len(rows) - SHOWN} more; --json tells them all")


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return "–" if value is None else plain(value)
