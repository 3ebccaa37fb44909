"""`atalaya index`: compute, explain and check composite indices written as YAML."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from atalaya.cli.output import JSON_OPTION, console, id_column, plain, print_json
from atalaya.exceptions import MethodologyError
from atalaya.indices.analysis import Analysis, analyse
from atalaya.indices.comparing import compare_editions
from atalaya.indices.diagnosing import diagnose
from atalaya.indices.engine import Computed, compute
from atalaya.indices.explaining import Explained, explain, gains, plan
from atalaya.indices.faults import nearest
from atalaya.indices.groups import group_rows
from atalaya.indices.imports.instrument import read_instrument
from atalaya.indices.imports.instrument_faults import faults_of
from atalaya.indices.imports.instrument_methodology import rewritten
from atalaya.indices.language.definition import Index, Item
from atalaya.indices.language.reading import read_index, read_shipped_index, shipped_indices
from atalaya.indices.rows import ranking_rows, sensitivity_rows, uncertainty_rows
from atalaya.indices.table import read_table
from atalaya.publish.indices.files import as_json as index_as_json
from atalaya.publish.indices.files import write_files
from atalaya.publish.indices.page import in_language, index_page
from atalaya.translations import LANGUAGES

_SHOWN = 20
_LANGUAGE = click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the texts."
)
_METHODOLOGY = click.argument("methodology")
_TABLE = click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group("index")
def COMMAND() -> None:  # noqa: N802
    """Compute composite indices: METHODOLOGY is a YAML file, or one that is shipped, such as odin/2022."""


@COMMAND.command("list")
@JSON_OPTION
def list_indices(as_json: bool) -> None:
    """List the methodologies that come with Atalaya."""
    found = [read_shipped_index(reference) for reference in shipped_indices()]
    if as_json:
        print_json(
            {"methodologies": [{"id": index.id, "title": dict(index.title), "sha256": index.sha256} for index in found]}
        )
        return
    table = Table(id_column("methodology", [index.id for index in found]), "title", "indicators", box=None)
    for index in found:
        table.add_row(index.id, plain(in_language(index.title, "en")), str(len(index.leaves)))
    console().print(table)


@COMMAND.command("check")
@_METHODOLOGY
@JSON_OPTION
def check(methodology: str, as_json: bool) -> None:
    """Read a methodology; it is refused with line, column and what to do where it is wrong."""
    index = _read(methodology)
    told = {
        "id": index.id,
        "sha256": index.sha256,
        "indicators": len(index.leaves),
        "not_collected": [item.id for item in index.not_collected],
        "columns": sorted({leaf.source.name for leaf in index.leaves if leaf.source and leaf.source.kind == "column"}),
        "measures": list(index.measures),
    }
    if as_json:
        print_json(told)
        return
    console().print(f"[bold]{plain(index.id)}[/] {plain(in_language(index.title, 'en'))}")
    console().print(
        f"{len(index.leaves)} indicators; not collected: {len(index.not_collected)}; hash {index.sha256[:12]}"
    )


@COMMAND.command("compute")
@_METHODOLOGY
@_TABLE
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Write CSV, Parquet, JSON, XLSX and a page there."
)
@click.option(
    "--draws", type=click.IntRange(0), help="Reruns of the uncertainty analysis; 0 for none (default: as declared)."
)
@_LANGUAGE
@JSON_OPTION
def compute_index(
    methodology: str, table: Path, out: Path | None, draws: int | None, language: str, as_json: bool
) -> None:
    """Compute an index from a CSV file, TABLE, laid out as the methodology says.

    Where the methodology declares uncertainty, scores and ranks get their intervals over as many reruns.
    """
    index = _read(methodology)
    computed = compute(index, read_table(table, index), stages=True)
    wanted = index.uncertainty is not None and draws != 0 and computed.ranked.any()
    analysis = analyse(computed, draws) if wanted else None
    written: tuple[Path, ...] = ()
    if out is not None:
        written = write_files(out, computed, analysis)
        for each in LANGUAGES:
            page = out / f"index.{each}.html"
            page.write_text(index_page(computed, each, analysis), encoding="utf-8")
            written = (*written, page)
    if as_json:
        print_json({**index_as_json(computed, analysis), "written": [str(path) for path in written]})
        return
    _print_ranking(computed, language, analysis)
    for path in written:
        console().print(f"written: {plain(path)}")


@COMMAND.command("explain")
@_METHODOLOGY
@_TABLE
@click.argument("unit")
@click.option("--group", help="Compare with the units that have the same word in this column.")
@click.option("--steps", type=click.IntRange(1, 20), default=5, show_default=True, help="Length of the plan.")
@_LANGUAGE
@JSON_OPTION
def explain_unit(
    methodology: str, table: Path, unit: str, group: str | None, steps: int, language: str, as_json: bool
) -> None:
    """Tell why UNIT has its score, and which mending would raise it most."""
    index = _read(methodology)
    computed = compute(index, read_table(table, index), stages=True)
    tree, best = explain(computed, unit, group), plan(computed, unit, steps)
    if as_json:
        print_json(
            {
                "unit": unit,
                "tree": _told(tree),
                "gains": [_gain(each) for each in gains(computed, unit)],
                "plan": [_gain(each) for each in best],
            }
        )
        return
    _print_tree(computed, tree, language)
    out = console()
    out.print("\n[bold]what pays most, one after the other[/]")
    for number, gain in enumerate(best, start=1):
        title = " · ".join(in_language(item.title, language) for item in _way(index.root, gain.indicator)[1:])
        place = "" if gain.rank is None else f", rank {gain.rank}"
        out.print(f"{number}. {plain(title)}: {gain.points:+.2f} → {gain.score:.2f}{place}")


@COMMAND.command("groups")
@_METHODOLOGY
@_TABLE
@click.option("--node", help="The node whose figures are told (default: the index itself).")
@JSON_OPTION
def groups_of_index(methodology: str, table: Path, node: str | None, as_json: bool) -> None:
    """Tell the figures of groups of units, everyone first: means, weighted means, or all answers together."""
    index = _read(methodology)
    rows = group_rows(compute(index, read_table(table, index)))
    if as_json:
        print_json({"groups": [row for row in rows if node in (None, row["node"])]})
        return
    known = index.items
    if node is not None and node not in known:
        raise MethodologyError(f"{index.id} has no node {node!r}; {nearest(node, known)}")
    chosen = [{**row, "group": row["group"] or "everyone"} for row in rows if row["node"] == (node or index.root.id)]
    title = in_language(known[node or index.root.id].title, "en")
    _rows(console(), plain(title), chosen, ("rule", "group", "value", "low", "high", "units", "scored"))


@COMMAND.command("questionnaire")
@click.argument("instrument", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--methodology",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Write the questions into this YAML file, under its numerals.",
)
@JSON_OPTION
def questionnaire(instrument: Path, methodology: Path | None, as_json: bool) -> None:
    """Tell the faults of a questionnaire, INSTRUMENT, before anything is scored with it."""
    read = read_instrument(instrument)
    faults = faults_of(read)
    if methodology is not None:
        methodology.write_text(rewritten(methodology.read_text(encoding="utf-8"), read), encoding="utf-8")
    enabled = [each for each in read.questions if each.enabled]
    counts = {
        "questions": len(read.questions),
        "enabled": len(enabled),
        "scoring": sum(each.scores for each in enabled),
    }
    if as_json:
        print_json({**counts, "faults": [asdict(each) for each in faults]})
        return
    out = console()
    out.print(", ".join(f"{count} {name}" for name, count in counts.items()))
    for each in faults:
        out.print(f"[bold]{each.kind.replace('_', ' ')}[/] {plain(each.told)}")


@COMMAND.command("diagnose")
@_METHODOLOGY
@_TABLE
@JSON_OPTION
def diagnose_index(methodology: str, table: Path, as_json: bool) -> None:
    """Tell what an index is worth: availability, correlations, reliability, and which indicators really count."""
    index = _read(methodology)
    found = diagnose(compute(index, read_table(table, index)))
    if as_json:
        print_json(asdict(found))
        return
    out = console()
    _rows(
        out,
        "indicators",
        found.indicators,
        ("indicator", "branch", "measured", "imputed", "nominal_weight", "relative"),
    )
    _rows(out, "branches", found.branches, ("branch", "children", "alpha", "first_component"))
    _rows(out, "pairs to look at", found.flags, ("kind", "first", "second", "correlation", "units"))


@COMMAND.command("compare")
@click.argument("old")
@click.argument("old_table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("new")
@click.argument("new_table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@JSON_OPTION
def compare_index(old: str, old_table: Path, new: str, new_table: Path, as_json: bool) -> None:
    """Compare two editions: what moved because the rule changed from OLD to NEW, and what because the units changed."""
    before, after = _read(old), _read(new)
    found = compare_editions(before, read_table(old_table, before), after, read_table(new_table, after))
    if as_json:
        print_json(asdict(found))
        return
    out = console()
    out.print(f"{len(found.units)} units in both; rank correlation {_figure(found.rank_correlation, 3)}")
    rows = [asdict(each) for each in found.units]
    _rows(out, "greatest changes", rows, ("unit", "name", "old", "new", "by_rule", "by_data", "old_rank", "new_rank"))
    for title, units in (("only before", found.only_old), ("only now", found.only_new)):
        if units:
            out.print(f"{title}: {plain(', '.join(units))}")


def _rows(out: Console, title: str, rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> None:
    out.print(f"\n[bold]{title}[/]" + ("" if rows else ": none"))
    table = Table(*(column.replace("_", " ") for column in columns), box=None)
    for row in rows[:_SHOWN]:
        table.add_row(*(_cell(row[column]) for column in columns))
    if rows:
        out.print(table)
    if len(rows) > _SHOWN:
        out.print(f"… and {len(rows) - _SHOWN} more; --json tells them all")


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return "–" if value is None else plain(value)


def _read(methodology: str) -> Index:
    path = Path(methodology)
    if path.suffix in (".yml", ".yaml") or path.exists():
        return read_index(path)
    return read_shipped_index(methodology)


def _print_ranking(computed: Computed, language: str, analysis: Analysis | None) -> None:
    index, rows = computed.index, ranking_rows(computed)
    rule = index.rankings[0].id
    out = console()
    ranked = int(computed.ranked.sum())
    out.print(
        f"[bold]{plain(index.id)}[/] {plain(in_language(index.title, language))}: {len(rows)} units, {ranked} ranked"
    )
    likely = {} if analysis is None else {row["unit"]: row for row in uncertainty_rows(computed, analysis.uncertain)}
    more = [] if analysis is None else ["rank in reruns"]
    units = id_column("unit", [row["unit"] for row in rows[:_SHOWN]])
    table = Table("rank", *more, units, "name", "score", "between", box=None)
    for row in rows[:_SHOWN]:
        often = likely.get(row["unit"])
        span = "–" if often is None else f"{often['rank_low']:g} to {often['rank_high']:g}"
        table.add_row(
            "–" if row[rule] is None else f"{row[rule]:g}",
            *([] if analysis is None else [span]),
            plain(row["unit"]),
            plain(row["name"]),
            _figure(row["published"], index.decimals),
            f"{_figure(row['low'], index.decimals)} to {_figure(row['high'], index.decimals)}",
        )
    out.print(table)
    if len(rows) > _SHOWN:
        out.print(f"… and {len(rows) - _SHOWN} more; --out writes them all")
    if analysis is not None:
        out.print(
            f"[bold]what moves the ranks[/] ({analysis.sensitive.reruns:,} reruns): share alone, share with all others"
        )
        for each in sensitivity_rows(analysis.sensitive):
            out.print(f"  {plain(each['input'])}: {_figure(each['first'], 2)}, {_figure(each['total'], 2)}")


def _figure(value: object, decimals: int) -> str:
    return "–" if value is None else f"{float(str(value)):.{decimals}f}"


def _print_tree(computed: Computed, node: Explained, language: str, depth: int = 0) -> None:
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
        _print_tree(computed, child, language, depth + 1)


def _way(item: Item, leaf: str) -> list[Item]:
    """The nodes from the root down to an indicator."""
    if item.id == leaf:
        return [item]
    for child in item.present:
        below = _way(child, leaf)
        if below:
            return [item, *below]
    return []


def _told(node: Explained) -> dict[str, object]:
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
        "children": [_told(child) for child in node.children],
    }


def _gain(gain: object) -> dict[str, object]:
    return {name: getattr(gain, name) for name in ("indicator", "now", "best", "points", "score", "rank")}
