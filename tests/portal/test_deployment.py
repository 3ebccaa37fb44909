"""The look at a deployment: what is well, what is wrong, and what to do about it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from atalaya.portal import deployment
from atalaya.portal.deployment import look
from atalaya.settings import read_portal_settings


def now() -> datetime:
    return datetime.now(UTC)


def states(home: Path, address: str, clock: object = now, **variables: str) -> dict[str, tuple[str, str]]:
    settings = read_portal_settings(variables, home)
    return {each.what: (each.state, each.detail) for each in look(settings, address, clock)}  # type: ignore[arg-type]


def test_a_portal_that_is_set_up_is_well(published_portal: str, tmp_path: Path) -> None:
    (tmp_path / "portal.key").write_text("secret")
    (tmp_path / "portal.key").chmod(0o600)
    found = states(tmp_path, published_portal)
    assert {what: state for what, (state, _) in found.items() if what not in ("disk", "mail")} == {
        "home folder": "well",
        "keys": "well",
        "hosts": "well",
        "database": "well",
        "clock": "well",
        "migrations": "well",
        "observations": "well",
    }
    assert found["mail"][0] == "doubtful"


@pytest.mark.parametrize(
    ("what", "variables", "words"),
    [
        ("hosts", {"ATALAYA_HOSTS": "*"}, "every name"),
        ("hosts", {"ATALAYA_BEHIND_PROXY": "1"}, "no name"),
        ("mail", {"ATALAYA_MAIL": "smtp://127.0.0.1:9"}, "does not take us"),
        ("mail", {"ATALAYA_MAIL": "http://mail.example"}, "no address of a mail server"),
    ],
)
def test_wrong_settings_are_named(
    published_portal: str, tmp_path: Path, what: str, variables: dict[str, str], words: str
) -> None:
    state, detail = states(tmp_path, published_portal, **variables)[what]
    assert state == "wrong"
    assert words in detail


def test_what_others_can_read_or_a_later_version_wrote_is_wrong(published_portal: str, tmp_path: Path) -> None:
    (tmp_path / "portal.key").write_text("secret")
    (tmp_path / "portal.key").chmod(0o644)
    (tmp_path / "format.json").write_text('{"format": 99, "version": "9.0"}')
    found = states(tmp_path, published_portal)
    assert found["keys"][0] == "wrong"
    assert "chmod 600" in found["keys"][1]
    assert found["home folder"][0] == "wrong"
    assert "9.0" in found["home folder"][1]


def test_a_clock_that_runs_apart_is_wrong(published_portal: str, tmp_path: Path) -> None:
    found = states(tmp_path, published_portal, lambda: now() + timedelta(minutes=5))
    assert found["clock"][0] == "wrong"


def test_a_full_disk_and_a_silent_database_are_wrong(
    published_portal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deployment, "LEAST_DISK", 1 << 62)
    found = states(tmp_path, "postgresql://nobody@127.0.0.1:9/none")
    assert (found["disk"][0], found["database"][0]) == ("wrong", "wrong")
    assert "migrations" not in found
