"""`atalaya index`: compute, explain and check composite indices written as YAML."""

from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table

from atalaya.cli.groups import Group
from atalaya.cli.index_text import figure, gain_json, print_ranking, print_rows, print_tree, tree_json, way
from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, id_column, plain, print_json
from atalaya.cli.sealed import sealed_of
from atalaya.exceptions import MethodologyError
from atalaya.history.read import Sealed
from atalaya.history.recompute import measures_of, recompute, wanting
from atalaya.indices.analysis import analyse
from atalaya.indices.comparing import compare_editions
from atalaya.indices.diagnosing import diagnose
from atalaya.indices.engine import Computed, compute
from atalaya.indices.explaining import explain, gains, plan
from atalaya.indices.faults import nearest
from atalaya.indices.groups import group_rows
from atalaya.indices.imports.instrument import read_instrument
from atalaya.indices.imports.instrument_faults import faults_of
from atalaya.indices.imports.instrument_methodology import rewritten
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import find_index, read_shipped_index, shipped_indices
from atalaya.indices.table import read_table
from atalaya.publish.indices.files import as_json as index_as_json
from atalaya.publish.indices.files import write_files
from atalaya.publish.indices.page import in_language, index_page
from atalaya.translations import LANGUAGES

_LANGUAGE = click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the texts."
)
_METHODOLOGY = click.argument("methodology")
_TABLE = click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group("index", cls=Group)
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
    index = find_index(methodology)
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
    index = find_index(methodology)
    computed = compute(index, read_table(table, index), stages=True)
    _tell(computed, out, draws, language, as_json=as_json)


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
    index = find_index(methodology)
    computed = compute(index, read_table(table, index), stages=True)
    tree, best = explain(computed, unit, group), plan(computed, unit, steps)
    if as_json:
        print_json(
            {
                "unit": unit,
                "tree": tree_json(tree),
                "gains": [gain_json(each) for each in gains(computed, unit)],
                "plan": [gain_json(each) for each in best],
            }
        )
        return
    print_tree(computed, tree, language)
    out = console()
    out.print("\n[bold]what pays most, one after the other[/]")
    for number, gain in enumerate(best, start=1):
        title = " · ".join(in_language(item.title, language) for item in way(index.root, gain.indicator)[1:])
        place = "" if gain.rank is None else f", rank {gain.rank}"
        out.print(f"{number}. {plain(title)}: {gain.points:+.2f} → {gain.score:.2f}{place}")


@COMMAND.command("groups")
@_METHODOLOGY
@_TABLE
@click.option("--node", help="The node whose figures are told (default: the index itself).")
@JSON_OPTION
def groups_of_index(methodology: str, table: Path, node: str | None, as_json: bool) -> None:
    """Tell the figures of groups of units, everyone first: means, weighted means, or all answers together."""
    index = find_index(methodology)
    rows = group_rows(compute(index, read_table(table, index)))
    if as_json:
        print_json({"groups": [row for row in rows if node in (None, row["node"])]})
        return
    known = index.items
    if node is not None and node not in known:
        raise MethodologyError(f"{index.id} has no node {node!r}; {nearest(node, known)}")
    chosen = [{**row, "group": row["group"] or "everyone"} for row in rows if row["node"] == (node or index.root.id)]
    title = in_language(known[node or index.root.id].title, "en")
    print_rows(console(), plain(title), chosen, ("rule", "group", "value", "low", "high", "units", "scored"))


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
    index = find_index(methodology)
    found = diagnose(compute(index, read_table(table, index)))
    if as_json:
        print_json(asdict(found))
        return
    out = console()
    print_rows(
        out,
        "indicators",
        found.indicators,
        ("indicator", "branch", "measured", "imputed", "nominal_weight", "relative"),
    )
    print_rows(out, "branches", found.branches, ("branch", "children", "alpha", "first_component"))
    print_rows(out, "pairs to look at", found.flags, ("kind", "first", "second", "correlation", "units"))


@COMMAND.command("compare")
@click.argument("old")
@click.argument("old_table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("new")
@click.argument("new_table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@JSON_OPTION
def compare_index(old: str, old_table: Path, new: str, new_table: Path, as_json: bool) -> None:
    """Compare two editions: what moved because the rule changed from OLD to NEW, and what because the units changed."""
    before, after = find_index(old), find_index(new)
    found = compare_editions(before, read_table(old_table, before), after, read_table(new_table, after))
    if as_json:
        print_json(asdict(found))
        return
    out = console()
    out.print(f"{len(found.units)} units in both; rank correlation {figure(found.rank_correlation, 3)}")
    rows = [asdict(each) for each in found.units]
    print_rows(
        out, "greatest changes", rows, ("unit", "name", "old", "new", "by_rule", "by_data", "old_rank", "new_rank")
    )
    for title, units in (("only before", found.only_old), ("only now", found.only_new)):
        if units:
            out.print(f"{title}: {plain(', '.join(units))}")


@COMMAND.command("recompute")
@click.argument("observation", default="latest")
@click.option("--methodology", help="Compute this index from the observation's measures instead of comparing its own.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write the files of that index there.")
@click.option(
    "--draws", type=click.IntRange(0), help="Reruns of its uncertainty analysis; 0 for none (default: as declared)."
)
@_LANGUAGE
@HOME_OPTION
@JSON_OPTION
def recompute_index(
    observation: str,
    methodology: str | None,
    out: Path | None,
    draws: int | None,
    language: str,
    home: Path | None,
    as_json: bool,
) -> None:
    """Compute the scores of a sealed observation again from its measures, and compare every figure with what it holds.

    OBSERVATION is an id, or a downloaded dump: its folder or ZIP, which is held to its signature and hashes first. With
    --methodology any other index that reads measures is computed from them. Exit status 1 where a figure differs.
    """
    with sealed_of(observation, home) as sealed:
        if methodology is not None:
            _observed(sealed, find_index(methodology), out, draws, language, as_json=as_json)
            return
        found = recompute(sealed)
    if as_json:
        print_json({"observation": sealed.manifest.observation, "methodologies": [asdict(each) for each in found]})
    else:
        for each in found:
            told = each.problem or f"{each.compared:,} figures compared, {each.differing} differ"
            console().print(f"[bold]{plain(each.methodology)}[/] {each.sha256[:12]}: {plain(told)}")
            for line in each.differences:
                console().print(f"  {plain(line)}")
    if not all(each.holds for each in found):
        raise click.exceptions.Exit(1)


def _observed(
    sealed: Sealed, index: Index, out: Path | None, draws: int | None, language: str, *, as_json: bool
) -> None:
    """Compute an index from the measures of an observation and tell or write it."""
    absent = wanting(index, sealed)
    if absent:
        raise MethodologyError(f"{sealed.manifest.observation} has no {', '.join(absent)}, which {index.id} reads")
    computed = compute(index, measures_of(sealed), stages=True)
    _tell(computed, out, draws, language, as_json=as_json)


def _tell(computed: Computed, out: Path | None, draws: int | None, language: str, *, as_json: bool) -> None:
    """Print an index, and write its files where asked."""
    index = computed.index
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
    print_ranking(computed, language, analysis)
    for path in written:
        console().print(f"written: {plain(path)}")
