"""`atalaya backup`: the whole home folder and the portal's database into a place of backups, while the portal runs."""

import os
import tempfile
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import click

from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json
from atalaya.clock import stamp, system_clock
from atalaya.exceptions import StoreError
from atalaya.portal.database import serving_database
from atalaya.portal.database_dump import dump
from atalaya.settings import PortalSettings, read_portal_settings
from atalaya.store.backup_manifest import (
    FORMAT,
    Entry,
    Manifest,
    backup_names,
    read_manifest,
    write_manifest,
)
from atalaya.store.backups import (
    Copied,
    Copier,
    begin,
    claim_place,
    end,
    kept_files,
    key_files,
    without_withdrawn,
)
from atalaya.store.depots import Depot, Folder, depot_at
from atalaya.store.home import DATABASE, KEYS, MADE_ANEW, home_format, refuse_later
from atalaya.store.home import FORMAT as HOME_FORMAT
from atalaya.store.sealed_keys import seal
from atalaya.version import __version__

PASSPHRASE_OPTION = click.option(
    "--passphrase-file",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="File whose first line is the passphrase of the keys.",
)


@click.command("backup")
@click.argument("place")
@click.option(
    "--keys",
    type=click.Choice(["encrypted", "left-out"]),
    required=True,
    help="Whether the keys go along, under a passphrase, or must be kept elsewhere.",
)
@PASSPHRASE_OPTION
@click.option("--thorough", is_flag=True, help="Hash every file anew, and read back what the place holds already.")
@HOME_OPTION
@JSON_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads
    place: str, keys: str, passphrase_file: Path | None, thorough: bool, home: Path | None, as_json: bool
) -> None:
    """Back up the home folder and the portal's database to PLACE: a folder, or an address of fsspec such as s3://bucket/backups.

    The portal may run meanwhile. Only what is new is copied; what was copied is read back and hashed. `atalaya restore` takes
    PLACE and a new home folder. A backup holds the people's data of the portal: keep PLACE as safe as the portal itself.
    """
    settings = read_portal_settings(os.environ, home)
    passphrase = read_passphrase(passphrase_file) if keys == "encrypted" else None
    depot = depot_at(place)
    refuse_inside(depot, settings.home)
    manifest, copied = back_up(settings, depot, passphrase, thorough=thorough)
    told = {
        "backup": manifest.name,
        "place": depot.address,
        "files": copied.files,
        "bytes": manifest.size,
        "copied": copied.copied,
        "copied_bytes": copied.copied_bytes,
        "database": manifest.database is not None,
        "keys": manifest.keys_kept,
        "left_out": list(manifest.left_out),
    }
    if as_json:
        print_json(told)
        return
    _tell(told)


def back_up(
    settings: PortalSettings, depot: Depot, passphrase: str | None, *, thorough: bool = False
) -> tuple[Manifest, Copied]:
    """Make a backup; the keys go along where a passphrase is given. Raises StoreError, and then there is no backup."""
    home = settings.home
    if not home.is_dir():
        raise StoreError(f"{home} is no folder; there is nothing to back up")
    refuse_later(home)
    moment = system_clock().now()
    name = stamp(moment).replace("-", "").replace(":", "")
    claim_place(depot)
    before = backup_names(depot)
    known = {entry.path: entry for entry in read_manifest(depot, before[-1]).entries} if before else {}
    begin(depot, name, moment)
    copier = Copier(depot, known, thorough=thorough)
    database = _database(settings, copier)
    found = (copier.add_file(home, path) for path in kept_files(home))
    entries = without_withdrawn((entry for entry in found if entry is not None), home)
    secret = key_files(home)
    kept = "none" if not secret else "left_out" if passphrase is None else "encrypted"
    said = home_format(home)
    manifest = Manifest(
        format=FORMAT,
        name=name,
        made=stamp(moment),
        version=__version__,
        home_format=HOME_FORMAT if said is None else said.format,
        database=database,
        keys=_keys(copier, home, secret, passphrase) if kept == "encrypted" else None,
        keys_kept=kept,
        left_out=tuple(each for each in (*MADE_ANEW, *(KEYS if kept == "left_out" else ())) if (home / each).exists()),
        entries=entries,
    )
    write_manifest(depot, manifest)
    end(depot, name)
    return manifest, Copied(len(manifest.all_entries()), copier.copied, copier.copied_bytes)


def _database(settings: PortalSettings, copier: Copier) -> Entry | None:
    """The dump of the portal's database; None where this home folder has no portal."""
    if not settings.database and not (settings.home / DATABASE).is_dir():
        return None
    with ExitStack() as stack:
        target = stack.enter_context(tempfile.TemporaryFile(dir=settings.home))
        address = stack.enter_context(serving_database(settings.home, settings.database))
        dump(address, target)
        return copier.add_stream("database.dump", target)


def _keys(copier: Copier, home: Path, files: list[Path], passphrase: str | None) -> Entry:
    assert passphrase is not None
    bodies = {path.relative_to(home).as_posix(): path.read_bytes() for path in files}
    return copier.add_stream("keys.sealed", BytesIO(seal(bodies, passphrase)))


def read_passphrase(path: Path | None) -> str:
    """The first line of a file. Raises StoreError where none is given."""
    if path is None:
        raise StoreError(
            "the keys are encrypted under a passphrase; name the file that holds it with --passphrase-file"
        )
    return path.read_text(encoding="utf-8").partition("\n")[0].strip("\r")


def refuse_inside(depot: Depot, home: Path) -> None:
    """Raise StoreError where backups would lie in the home folder, and so go with it when it goes."""
    if isinstance(depot, Folder) and depot.folder.resolve().is_relative_to(home.resolve()):
        raise StoreError(f"{depot.address} lies in the home folder {home}; backups must not be lost with it")


def _tell(told: dict[str, object]) -> None:
    keys = {
        "encrypted": "The keys are in it, encrypted: without the passphrase nobody opens them.",
        "left_out": "The keys are NOT in it: keep keys/ and portal.key of the home folder elsewhere. Without them second "
        "factors and sessions of the portal end, and later observations are signed by a new key.",
        "none": "This home folder has no keys yet.",
    }
    console().print(
        f"Backup {told['backup']} in {told['place']}: {told['files']} files, {told['bytes']} bytes.", markup=False
    )
    console().print(f"Copied now: {told['copied']} contents, {told['copied_bytes']} bytes.", markup=False)
    console().print("The portal's database is in it." if told["database"] else "There is no portal here.", markup=False)
    console().print(keys[str(told["keys"])], markup=False)
    left = told["left_out"]
    if isinstance(left, list) and left:
        console().print(f"Left out: {', '.join(map(str, left))}.", markup=False)
