"""Tables of people are made once, however often and by however many at once it is asked."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command

from atalaya.exceptions import StoreError
from atalaya.portal.database import serving_database
from atalaya.portal.mail import mail_settings
from atalaya.portal.migrating import migrate
from atalaya.portal.secret_key import secret_key
from tests.patience import PATIENCE


@pytest.fixture
def empty_database() -> Iterator[tuple[Path, str]]:
    with (
        tempfile.TemporaryDirectory(prefix="atalaya-", ignore_cleanup_errors=True) as folder,
        serving_database(Path(folder), "") as address,
    ):
        yield Path(folder), address


def started(home: Path, address: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "atalaya", "portal", "migrate", "--home", str(home), "--json"]
    environment = {**os.environ, "ATALAYA_DATABASE_URL": address}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def test_two_at_once_and_once_more(empty_database: tuple[Path, str]) -> None:
    home, address = empty_database
    both = [started(home, address) for _ in range(2)]
    told = [process.communicate(timeout=PATIENCE) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert sum('"accounts.0001_people"' in out for out, _ in told) == 1
    again = started(home, address)
    out, _ = again.communicate(timeout=PATIENCE)
    assert (again.returncode, out.split()) == (0, ["{", '"applied":', "[]", "}"])
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT count(*) FROM accounts_user").fetchone() == (0,)
    assert (home / "portal.key").stat().st_mode & 0o077 == 0


def test_every_change_of_a_model_has_its_migration(published_portal: str) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_key_is_made_once(tmp_path: Path) -> None:
    assert secret_key(tmp_path, "said") == "said"
    first = secret_key(tmp_path / "home", "")
    assert secret_key(tmp_path / "home", "") == first
    assert len(first) >= 50


@pytest.mark.parametrize("address", ["smtp://", "http://mail.example", "smtp://mail.example:none", "mail.example:25"])
def test_a_mail_server_that_is_none_is_refused_without_its_password(tmp_path: Path, address: str) -> None:
    with pytest.raises(Exception, match="ATALAYA_MAIL is no address") as refused:
        mail_settings(address.replace("://", "://u:geheim@"), tmp_path)
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://u:p%40@mail.example", 587, True, False),
        ("smtps://u:p@mail.example", 465, False, True),
        ("smtp://127.0.0.1:25", 25, False, False),
    ],
)
def test_how_mail_is_sent(tmp_path: Path, address: str, port: int, tls: bool, ssl: bool) -> None:
    told = mail_settings(address, tmp_path)
    assert (told["EMAIL_PORT"], told["EMAIL_USE_TLS"], told["EMAIL_USE_SSL"]) == (port, tls, ssl)
    assert told["EMAIL_HOST_PASSWORD"] in ("p@", "p", "")


def test_a_database_of_a_later_version_is_refused(empty_database: tuple[Path, str]) -> None:
    home, address = empty_database
    migrate(address, home)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', '9999_later', now()), ('gone', '0001', now())"
        )
    with pytest.raises(StoreError, match=r"accounts\.9999_later"):
        migrate(address, home)


def test_a_home_of_a_later_version_is_refused(empty_database: tuple[Path, str]) -> None:
    home, address = empty_database
    (home / "format.json").write_text('{"format": 99, "version": "9.0"}')
    with pytest.raises(StoreError, match=r"install 9\.0 or later"):
        migrate(address, home)
