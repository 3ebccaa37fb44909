"""`atalaya duties accuracy`: how often the matching of duties agrees with the people who ruled on it."""

import os
from collections.abc import Iterable
from pathlib import Path

import click
from rich.table import Table

from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, id_column, print_json
from atalaya.duties.accuracy import Agreement, accuracy_of
from atalaya.duties.rulings import KIND
from atalaya.settings import read_settings
from atalaya.store.decisions import decisions


@click.command("accuracy")
@click.argument("country")
@HOME_OPTION
@JSON_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads
    country: str, home: Path | None, as_json: bool
) -> None:
    """Say how often the matching of COUNTRY (a code) agrees with the people who ruled on it."""
    root = read_settings(os.environ, home).home
    known = decisions(root, country, KIND)
    found = accuracy_of((each.subject, each.ruling) for each in known)
    rows = [("sure", found.sure), ("asked", found.asked), *((f"score from {low}", each) for low, each in found.bands)]
    if as_json:
        print_json(
            {
                "country": country,
                "decisions": len(known),
                **{name: _agreement(each) for name, each in rows[:2]},
                "bands": [{"from": low, **_agreement(each)} for low, each in found.bands],
                "duties": {id_: _agreement(each) for id_, each in found.duties},
            }
        )
        return
    _print_agreements((*rows, *found.duties))


def _agreement(found: Agreement) -> dict[str, float | int | None]:
    return {"rulings": found.rulings, "agreeing": found.agreeing, "share": found.share}


def _print_agreements(rows: Iterable[tuple[str, Agreement]]) -> None:
    listed = [(name, each) for name, each in rows if each.rulings or name in ("sure", "asked")]
    table = Table(id_column("matches", [name for name, _ in listed]), "rulings", "agreeing", "share", box=None)
    for name, each in listed:
        table.add_row(name, str(each.rulings), str(each.agreeing), "–" if each.share is None else f"{each.share:.1%}")
    console().print(table)
