"""Backup, destroy, restore: the same pages byte for byte, the same hashes, people's accounts and trail included."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from atalaya.cli.backup import back_up
from atalaya.cli.restore import restore_backup
from atalaya.exceptions import StoreError
from atalaya.history.read import Sealed
from atalaya.portal.database import connection_settings, serving_database
from atalaya.portal.database_dump import dump, restore
from atalaya.portal.observatory.models import Archived, Dataset, Institution
from atalaya.settings import PortalSettings, read_portal_settings
from atalaya.store.archive import Archive
from atalaya.store.depots import depot_at
from atalaya.store.manifest import read_manifest


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder whose path leaves room for a socket."""
    with tempfile.TemporaryDirectory(prefix="atalaya-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def settings_for(home: Path, database: str = "") -> PortalSettings:
    return read_portal_settings({"ATALAYA_DATABASE_URL": database}, home)


def addresses() -> list[str]:
    """A set of pages that shows every kind of thing, and files of the home folder."""
    body, record = Institution.objects.first(), Dataset.objects.first()
    assert body is not None
    assert record is not None
    archived = Archived.objects.first()
    assert archived is not None
    return [
        "/",
        "/en/",
        "/indice/",
        "/instituciones/",
        f"/instituciones/{body.slug}/",
        "/datos/",
        f"/datos/{record.id}/",
        "/hallazgos/",
        "/cambios/",
        "/obligaciones/",
        "/descargas/",
        f"/archivo/{archived.sha256}/",
        "/planes/",
        "/datos/?formato=csv",
    ]


def pages(paths: list[str], answers: Path) -> dict[str, bytes]:
    settings.KEPT_ANSWERS = answers
    client = Client(raise_request_exception=False, REMOTE_ADDR="10.99.0.1")
    found = {}
    for path in paths:
        answer = client.get(path, headers={"accept": "text/html"})
        found[path] = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[f"{path} status"] = str(answer.status_code).encode()
    return found


def counts(address: str) -> dict[str, int]:
    """The rows of every table."""
    with psycopg.connect(address) as connection:
        tables = connection.execute(
            "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables "
            "WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for (name,) in tables}


def test_a_portal_comes_back_as_it_was(
    published_portal: str, two_small_rounds: tuple[Path, list[Sealed]], short_folder: Path, new_person: object
) -> None:
    new_person({"role": "analyst"})  # type: ignore[operator]
    _, rounds = two_small_rounds
    home = short_folder / "home"
    shutil.copytree(rounds[-1].folder.parents[2], home)
    kept = dict(connections.settings["default"]), settings.ATALAYA_HOME, settings.KEPT_ANSWERS
    paths = addresses()
    settings.ATALAYA_HOME = home
    try:
        before, rows = pages(paths, short_folder / "answers-1"), counts(published_portal)
        assert {status for name, status in before.items() if name.endswith("status")} == {b"200"}
        hashes = {each.folder.name: each.manifest.content_hashes() for each in rounds}
        depot = depot_at(str(short_folder / "backups"))
        passphrase = "correct horse battery"
        manifest, _ = back_up(settings_for(home, published_portal), depot, passphrase)
        shutil.rmtree(home)

        new = short_folder / "new"
        restore_backup(settings_for(new), depot, manifest, passphrase)
        with serving_database(new, "") as address:
            connections["default"].close()
            connections.settings["default"].update(connection_settings(address))
            settings.ATALAYA_HOME = new
            assert pages(paths, short_folder / "answers-2") == before
            assert counts(address) == rows
            connections["default"].close()
        found = {path.parent.name: read_manifest(path.parent) for path in new.glob("observations/*/*/manifest.json")}
        assert {name: each.content_hashes() for name, each in found.items()} == hashes
        assert not Archive(new / "archive").verify().faults
    finally:
        connections["default"].close()
        connections.settings["default"].update(kept[0])
        settings.ATALAYA_HOME, settings.KEPT_ANSWERS = kept[1:]


def test_a_database_with_tables_is_never_restored_over(published_portal: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds tables already"):
        restore(published_portal, tmp_path / "dump")


def test_a_database_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with (tmp_path / "dump").open("wb") as target, pytest.raises(StoreError, match="pg_dump ended with 1"):
        dump("postgresql://nobody@127.0.0.1:9/none", target)
