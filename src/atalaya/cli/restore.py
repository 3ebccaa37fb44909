"""`atalaya restore`: a backup into a new home folder and an empty database."""

import os
import tempfile
from pathlib import Path

import click

from atalaya.cli.backup import PASSPHRASE_OPTION, read_passphrase
from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json
from atalaya.exceptions import StoreError
from atalaya.portal.database import serving_database
from atalaya.portal.database_dump import is_empty, restore
from atalaya.settings import PortalSettings, read_portal_settings
from atalaya.store.backup_manifest import Manifest, chosen_name, read_manifest
from atalaya.store.backups import verify
from atalaya.store.depots import Depot, depot_at
from atalaya.store.restoring import copy_out, new_home, refuse_later_format, restore_files, restore_keys


@click.command("restore")
@click.argument("place")
@click.option(
    "--backup", "name", help="The backup, as `atalaya backups list` names it; the newest where none is named."
)
@PASSPHRASE_OPTION
@click.option(
    "--without-keys", is_flag=True, help="Restore without the encrypted keys of the backup; new ones are made."
)
@HOME_OPTION
@JSON_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads
    place: str, name: str | None, passphrase_file: Path | None, without_keys: bool, home: Path | None, as_json: bool
) -> None:
    """Restore a backup from PLACE into a new home folder, and its database into that folder or an empty ATALAYA_DATABASE_URL.

    Every byte is hashed before anything is written. Nothing is overwritten; what a killed restore left is no home folder.
    """
    settings = read_portal_settings(os.environ, home)
    depot = depot_at(place)
    manifest = read_manifest(depot, chosen_name(depot, name))
    wanted = manifest.keys is not None and not without_keys
    passphrase = read_passphrase(passphrase_file) if wanted else None
    keys = restore_backup(settings, depot, manifest, passphrase)
    told = {
        "backup": manifest.name,
        "home": str(settings.home),
        "files": len(manifest.entries),
        "bytes": manifest.size,
        "database": manifest.database is not None,
        "keys": keys,
    }
    if as_json:
        print_json(told)
        return
    console().print(
        f"{manifest.name} is restored in {settings.home}: {told['files']} files, {told['bytes']} bytes.", markup=False
    )
    console().print("The portal's database is restored." if told["database"] else "It holds no portal.", markup=False)
    console().print(f"Keys restored: {', '.join(keys) or 'none; new ones are made at need'}.", markup=False)


def restore_backup(settings: PortalSettings, depot: Depot, manifest: Manifest, passphrase: str | None) -> list[str]:
    """Restore a backup; gives the paths of the keys. Raises StoreError, and then there is no new home folder."""
    refuse_later_format(manifest)
    if settings.database and manifest.database is not None and not is_empty(settings.database):
        raise StoreError(
            "the database of ATALAYA_DATABASE_URL holds tables already; nothing is overwritten: name an empty one"
        )
    with new_home(settings.home) as folder:
        verify(depot, manifest)
        restore_files(depot, manifest, folder)
        keys = restore_keys(depot, manifest, folder, passphrase) if passphrase is not None else []
        if manifest.database is not None:
            with tempfile.TemporaryDirectory(dir=folder, prefix="dump-") as place:
                dumped = Path(place) / "database.dump"
                with dumped.open("wb") as stream:
                    copy_out(depot, manifest.database, stream)
                with serving_database(folder, settings.database) as address:
                    restore(address, dumped)
    return keys
