"""A round by two workers, each a process with a folder and a line of its own; one line is cut in the middle."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from atalaya.cli import atalaya
from atalaya.exceptions import SettingsError
from atalaya.history.verify import verify
from benchmarks.many_workers import alone, run_workers, write_country

RATE = 10.0


@pytest.mark.slow
def test_a_cut_line_changes_nothing(tmp_path: Path, engine: str) -> None:
    country = write_country(tmp_path, resources=200, hosts=4, rate=RATE)
    expected = alone(tmp_path / "alone", country)
    storage = tmp_path / "storage"
    found = run_workers(tmp_path / "many", country, engine, str(storage), 2, RATE, cut=True)
    assert found.cut
    assert found.hashes == expected
    assert found.fastest <= 1
    assert min(found.answers.values()) >= 30
    # What was handed over for the round is gone, the bytes are there, and the lead's home folder can reach them all.
    assert not list(storage.glob("rounds/**/*.json"))
    assert list(storage.glob("archive/blobs/??/*.zst"))
    home = tmp_path / "many" / "lead" / "home"
    (manifest,) = home.glob("observations/*/*/manifest.json")
    wrong = [check for check in verify(home, manifest.parent) if not check.holds]
    assert not wrong


@pytest.mark.parametrize("words", [["observe", "--workers"], ["assist"]])
def test_what_is_missing_is_named(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ATALAYA_ENGINE", raising=False)
    pack, _ = write_country(tmp_path, resources=1, hosts=1, rate=RATE)
    more = ["--country", str(pack), "--home", str(tmp_path / "home"), "--wait", "0"]
    result = CliRunner().invoke(atalaya, [*words, *(more if words == ["assist"] else more[:-2])])
    assert isinstance(result.exception, SettingsError)
    assert "ATALAYA_ENGINE" in str(result.exception)
