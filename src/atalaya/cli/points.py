"""`atalaya observation points`: the European points of institutions, sources and datasets, with each indicator."""

from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table

from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, id_column, plain, print_json, span, visible
from atalaya.cli.sealed import folder_of, home_of
from atalaya.exceptions import StoreError
from atalaya.history.read import open_sealed
from atalaya.indices.editions import MQA
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import read_shipped_index
from atalaya.measures.best_distribution import DatasetPoints
from atalaya.publish.points import NodePoints, UnitPoints, band_of, points_of_datasets, unit_points
from atalaya.translations import LANGUAGES

SHOWN = 40
"""Rows shown to people."""


@click.command("points")
@click.argument("observation", default="latest")
@click.option("--unit", help="Every indicator of this institution or source, by its id.")
@click.option("--datasets", is_flag=True, help="The points of every dataset, by its best distribution.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the texts."
)
@HOME_OPTION
@JSON_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads
    observation: str, unit: str | None, datasets: bool, language: str, home: Path | None, as_json: bool
) -> None:
    """Show the points of the European metadata quality assessment (MQA): 405 for a catalogue that lacks nothing.

    What could not be seen leaves a range: from all of it failing to all of it passing.
    """
    sealed = open_sealed(folder_of(home_of(home), observation))
    index = read_shipped_index(MQA)
    units = [each for each in unit_points(sealed) if unit is None or each.id == unit]
    if not units:
        what = f"{unit!r} has no points" if unit else "no unit has points"
        raise StoreError(f"{what} in {sealed.manifest.observation}; `observation points` lists who has")
    scored = points_of_datasets(sealed) if datasets else []
    if as_json:
        rows = [_unit_json(index, each, language) for each in units]
        listed = [_dataset_json(index, each, title, language) for each, title in scored]
        print_json({"observation": sealed.manifest.observation, "methodology": MQA, "units": rows, "datasets": listed})
        return
    if datasets:
        _print_datasets(console(), index, scored, language)
    elif unit is None:
        _print_units(console(), index, units, language)
    else:
        for each in units:
            _print_indicators(console(), each, language)


def _print_units(out: Console, index: Index, units: list[UnitPoints], language: str) -> None:
    shown = units[:SHOWN]
    ids = id_column("id", (each.id for each in shown))
    table = Table("kind", Column("unit", overflow="fold"), ids, f"of {index.high:.0f}", "band")
    for each in shown:
        whole = each.whole
        band = band_of(index, whole.low, whole.high, language) if each.told else "nothing could be judged"
        table.add_row(each.kind, plain(each.name), plain(each.id), span(whole.low, whole.high), plain(band))
    out.print(table)
    _print_rest(out, len(units))


def _print_indicators(out: Console, unit: UnitPoints, language: str) -> None:
    out.print(f"{visible(unit.kind)} {visible(unit.name)}", markup=False)
    table = Table(Column("indicator", overflow="fold"), "points", "of", "pass", "fail", "unknown")
    for each in unit.nodes:
        title = plain(each.node.title[language])
        if not each.node.is_leaf:
            table.add_row(f"[bold]{title}[/]", span(each.low, each.high), f"{each.of:g}")
        else:
            counts = (each.passed, each.applied - each.passed, each.unknown)
            table.add_row(f"  {title}", span(each.low, each.high), f"{each.of:g}", *map(str, counts))
    out.print(table)


def _print_datasets(out: Console, index: Index, scored: list[tuple[DatasetPoints, str]], language: str) -> None:
    shown = scored[:SHOWN]
    ids = id_column("id", (each.record_id for each, _ in shown))
    table = Table(Column("dataset", overflow="fold"), ids, f"of {index.high:.0f}", "band")
    for each, title in shown:
        band = band_of(index, each.low, each.high, language)
        table.add_row(plain(title), each.record_id, span(each.low, each.high), plain(band))
    out.print(table)
    _print_rest(out, len(scored))


def _print_rest(out: Console, count: int) -> None:
    if count > SHOWN:
        out.print(f"and {count - SHOWN} more: --json lists them all")


def _unit_json(index: Index, unit: UnitPoints, language: str) -> dict[str, object]:
    whole = unit.whole
    return {
        "kind": unit.kind,
        "id": unit.id,
        "name": unit.name,
        "value": whole.value,
        "low": whole.low,
        "high": whole.high,
        "of": index.high,
        "band": band_of(index, whole.low, whole.high, language),
        "nodes": [_node_json(each) for each in unit.nodes[1:]],
    }


def _node_json(points: NodePoints) -> dict[str, object]:
    counts = {name: getattr(points, name) for name in ("passed", "applied", "unknown", "not_applicable")}
    about: dict[str, object] = {"node": points.node.id, "of": points.of, "value": points.value}
    span = {"low": points.low, "high": points.high}
    return {**about, **span, **(counts if points.node.is_leaf else {})}


def _dataset_json(index: Index, points: DatasetPoints, title: str, language: str) -> dict[str, object]:
    return {
        "record_id": points.record_id,
        "title": title,
        "value": points.value,
        "low": points.low,
        "high": points.high,
        "of": index.high,
        "band": band_of(index, points.low, points.high, language),
        "best": points.best,
    }
