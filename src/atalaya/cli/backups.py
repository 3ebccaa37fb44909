"""`atalaya backups`: what a place of backups holds, whether it is whole, and how many of it stay."""

import click

from atalaya.cli.output import JSON_OPTION, console, print_json
from atalaya.clock import system_clock
from atalaya.store.backup_manifest import backup_names, chosen_name, read_manifest
from atalaya.store.backups import keep_newest, verify
from atalaya.store.depots import depot_at

PLACE = click.argument("place")


@click.group("backups")
def COMMAND() -> None:  # noqa: N802 - the name the registry reads
    """The backups in a place that `atalaya backup` wrote to."""


@COMMAND.command("list")
@PLACE
@JSON_OPTION
def list_(place: str, as_json: bool) -> None:
    """Tell what backups there are, oldest first."""
    depot = depot_at(place)
    found = [read_manifest(depot, name) for name in backup_names(depot)]
    rows = [
        {
            "backup": each.name,
            "files": len(each.all_entries()),
            "bytes": each.size,
            "keys": each.keys_kept,
            "version": each.version,
        }
        for each in found
    ]
    if as_json:
        print_json({"backups": rows})
        return
    for row in rows:
        console().print("  ".join(f"{name} {value}" for name, value in row.items()), markup=False)
    if not rows:
        console().print(f"{place} holds no backup.", markup=False)


@COMMAND.command("verify")
@PLACE
@click.option("--backup", "name", help="The backup; the newest where none is named.")
@JSON_OPTION
def verify_(place: str, name: str | None, as_json: bool) -> None:
    """Hash every byte of a backup again."""
    depot = depot_at(place)
    manifest = read_manifest(depot, chosen_name(depot, name))
    verify(depot, manifest)
    if as_json:
        print_json(
            {"backup": manifest.name, "whole": True, "files": len(manifest.all_entries()), "bytes": manifest.size}
        )
        return
    console().print(
        f"{manifest.name} is whole: {len(manifest.all_entries())} files, {manifest.size} bytes.", markup=False
    )


@COMMAND.command("keep")
@PLACE
@click.argument("number", type=click.IntRange(min=1))
@JSON_OPTION
def keep(place: str, number: int, as_json: bool) -> None:
    """Remove all backups but the NUMBER newest, and every byte that none of those needs."""
    gone, objects = keep_newest(depot_at(place), number, system_clock().now())
    if as_json:
        print_json({"removed": list(gone), "removed_objects": objects})
        return
    console().print(f"{len(gone)} backups and {objects} contents removed.", markup=False)
