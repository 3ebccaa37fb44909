"""`atalaya index history`: an index over several editions, each change parted into rule, units and universe."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from rich.table import Table

from atalaya.cli.index_text import SHOWN, figure, print_rows
from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, id_column, plain, print_json
from atalaya.cli.sealed import folder_of, home_of
from atalaya.history.amending import amended_table
from atalaya.history.read import open_sealed
from atalaya.history.recompute import measures_of
from atalaya.indices.chaining import PARTS, Chain, Ends, Link, Parted, UnitChange, Whole, chained
from atalaya.indices.editions import HEADLINE
from atalaya.indices.language.reading import find_index, read_index
from atalaya.indices.table import read_table
from atalaya.publish.editions.edition import METHODOLOGY as KEPT
from atalaya.publish.editions.edition import editions_folder, published, read_edition
from atalaya.publish.editions.publishing import verdicts_of
from atalaya.publish.indices.files import csv_of
from atalaya.store.observations import find


@dataclass(frozen=True, slots=True)
class _Version:
    """What an edition of the chain was computed from, and with which rule."""

    edition: str
    methodology: str
    sha256: str
    as_of: str | None


@click.command("history")
@click.argument("editions", nargs=-1, required=True)
@click.option(
    "--methodology", "methodologies", multiple=True,
    help=f"Of all, or one for each in their order; published editions bring their own (default: {HEADLINE}).",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Write history.json and history.csv there."
)
@HOME_OPTION
@JSON_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads
    editions: tuple[str, ...], methodologies: tuple[str, ...], out: Path | None, home: Path | None, as_json: bool
) -> None:
    """Tell how scores and ranks came from one of the EDITIONS to the next, oldest first, and in all.

    An edition is a sealed observation, a published edition, or a CSV file. Each change is parted into what came of the rule, of
    the units themselves, and of units that came or went.
    """
    if len(methodologies) not in (0, 1, len(editions)):
        raise click.UsageError(f"give --methodology once, or {len(editions)} times, one for each edition")
    wanted = methodologies * len(editions) if len(methodologies) == 1 else methodologies or (None,) * len(editions)
    found = [_link(home_of(home), word, reference) for word, reference in zip(editions, wanted, strict=True)]
    chain, versions = chained([link for link, _ in found]), [version for _, version in found]
    told = {"editions": [asdict(each) for each in versions], **asdict(chain)}
    written = [] if out is None else _written(out, told, chain)
    if as_json:
        print_json({**told, "written": written})
        return
    _print(chain, versions)
    for path in written:
        console().print(f"written: {plain(path)}")


def _link(root: Path, word: str, methodology: str | None) -> tuple[Link, _Version]:
    """One edition by what was written: a CSV file, the id of a published edition, or an observation."""
    path = Path(word)
    if path.suffix == ".csv" or path.is_file():
        index = find_index(methodology or HEADLINE)
        return Link(name=word, index=index, table=read_table(path, index)), _Version(word, index.id, index.sha256, None)
    if word in published(root):
        edition = read_edition(root, word)
        index = read_index(editions_folder(root) / word / KEPT) if methodology is None else find_index(methodology)
        table = amended_table(open_sealed(find(root, edition.observation)), verdicts_of(edition.rulings))
        return Link(name=word, index=index, table=table), _Version(word, index.id, index.sha256, edition.as_of)
    sealed = open_sealed(folder_of(root, word))
    index, name = find_index(methodology or HEADLINE), sealed.manifest.observation
    return (
        Link(name=name, index=index, table=measures_of(sealed)),
        _Version(name, index.id, index.sha256, sealed.manifest.as_of),
    )


def history_rows(chain: Chain) -> Iterator[dict[str, object]]:
    """One row for each unit of each change, then for each unit over the whole chain, then the means."""
    for change in chain.changes:
        for unit in change.units:
            yield {**_who(change.old, change.new, unit.unit, unit.name), **_flat(unit)}
        yield {**_who(change.old, change.new, "", "mean of the ranked units"), **asdict(change.mean)}
    last = chain.changes[-1].new
    for whole in chain.units:
        if len(chain.changes) > 1:
            yield {**_who(whole.since, last, whole.unit, whole.name), **_flat(whole)}


def _who(old: str, new: str, unit: str, name: str) -> dict[str, object]:
    return {"from": old, "to": new, "unit": unit, "name": name}


def _flat(change: UnitChange | Whole) -> dict[str, object]:
    ranks = {f"rank_{name}": value for name, value in asdict(change.rank).items()}
    ends = {"old": change.old_ranks, "new": change.new_ranks}
    told = {
        f"rank_{name}_{end}": pair[place] for name, pair in ends.items() for place, end in enumerate(("best", "worst"))
    }
    return {**asdict(change.score), **ranks, **told}


def _written(out: Path, told: dict[str, object], chain: Chain) -> list[str]:
    out.mkdir(parents=True, exist_ok=True)
    whole, table = out / "history.json", out / "history.csv"
    whole.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    table.write_text(csv_of(list(history_rows(chain))), encoding="utf-8")
    return [str(whole), str(table)]


def _print(chain: Chain, versions: Sequence[_Version]) -> None:
    out = console()
    for number, each in enumerate(versions, start=1):
        told = f"{plain(each.methodology)} {each.sha256[:12]} {plain(each.as_of or '')}"
        out.print(f"{number} [bold]{plain(each.edition)}[/] {told}")
    print_rows(
        out,
        "mean score of the ranked units",
        [{"editions": f"{at} to {at + 1}", **asdict(change.mean)} for at, change in enumerate(chain.changes, start=1)],
        ("editions", "old", "new", *PARTS),
    )
    for number, change in enumerate(chain.changes, start=1):
        if change.untold:
            out.print(f"{number} to {number + 1}: parts cannot be told; {plain(change.untold)}")
        for title, units in (("came", change.came), ("went", change.went)):
            if units:
                out.print(f"{title} in {number + 1}: {plain(', '.join(units))}")
    _print_units("scores", chain, 2, {each.unit: (each.score, "", "") for each in chain.units})
    ranks = {each.unit: (each.rank, _between(each.old_ranks), _between(each.new_ranks)) for each in chain.units}
    _print_units("ranks", chain, 0, ranks)


def _print_units(title: str, chain: Chain, decimals: int, told: Mapping[str, tuple[Parted, str, str]]) -> None:
    """One figure of the units over the whole chain, those that moved most first; units are never cut."""
    shown = chain.units[:SHOWN]
    heads = ("since", "old", "new", *(name.replace("_", " ") for name in PARTS))
    table = Table(id_column("unit", [each.unit for each in shown]), *heads, box=None)
    since = {change.old: number for number, change in reversed(list(enumerate(chain.changes, start=1)))}
    for each in shown:
        parted, *between = told[each.unit]
        old, new = (
            " ".join(word for word in (figure(value, decimals), ends) if word)
            for value, ends in zip((parted.old, parted.new), between, strict=True)
        )
        parts = (figure(getattr(parted, name), max(decimals, 1)) for name in PARTS)
        table.add_row(plain(each.unit), str(since[each.since]), old, new, *parts)
    console().print(f"\n[bold]{title}[/]")
    console().print(table)
    if len(chain.units) > SHOWN:
        console().print(f"… and {len(chain.units) - SHOWN} more; --json tells them all")


def _between(ends: Ends) -> str:
    return "" if ends[0] is None or ends[1] is None else f"({ends[0]:g} to {ends[1]:g})"
