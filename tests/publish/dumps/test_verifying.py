"""A byte that was changed anywhere in a dump is found and named."""

import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from atalaya.exceptions import IntegrityError, StoreError
from atalaya.history.read import open_sealed
from atalaya.history.recompute import recompute
from atalaya.publish.dumps.description import read_dump, signed
from atalaya.publish.dumps.verifying import hold_dump, opened_dump, verify_dump
from atalaya.store.manifest import fingerprint, signing_key


def wrong(folder: Path, key: str | None = None) -> dict[str, str]:
    return {check.what: check.detail for check in verify_dump(folder, key=key) if not check.holds}


def archive(folder: Path) -> Path:
    return folder / f"{read_dump(folder).observation}.zip"


def test_what_was_made_holds_in_a_folder_and_in_the_zip(made: Path) -> None:
    assert wrong(made) == {}
    key = read_dump(made).public_key
    assert wrong(made, fingerprint(key)) == {}
    with opened_dump(archive(made)) as folder:
        assert wrong(folder, key) == {}
        assert all(each.holds for each in recompute(open_sealed(folder)))
    assert not folder.exists()


def test_the_figures_come_out_the_same(made: Path) -> None:
    found = recompute(open_sealed(made))
    assert found
    for each in found:
        assert each.problem == ""
        assert each.compared > 100
        assert each.differing == 0


@pytest.mark.parametrize("kind", ["parquet", "csv", "jsonl", "xlsx", "package", "manifest", "readme", "methodology"])
def test_a_changed_byte_is_named(dump: Path, kind: str) -> None:
    file = next(each for each in read_dump(dump).files if each.kind == kind and each.bytes > 20)
    path = dump / file.path
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)
    assert "was altered: its SHA-256 is" in wrong(dump)[file.path]
    with pytest.raises(IntegrityError, match="download it again"):
        hold_dump(dump)
    path.write_bytes(body + b"x")
    assert f"instead of {file.bytes}" in wrong(dump)[file.path]
    path.unlink()
    assert wrong(dump)[file.path] == f"{file.path} is missing"


def test_a_changed_description_is_not_signed(dump: Path) -> None:
    path = dump / "dump.json"
    body = json.loads(path.read_text())
    body["licence"] = "none"
    path.write_text(json.dumps(body))
    assert "was altered after the dump" in wrong(dump)["signature of dump.json"]


def test_figures_changed_and_signed_anew_are_not_the_sealed_ones(dump: Path, tmp_path: Path) -> None:
    """Who changes the scores and describes and signs the dump anew with another key is found by the manifest's signature."""
    body = json.loads((dump / "dump.json").read_text())
    [scores] = [each for each in body["files"] if each["kind"] == "parquet" and each["table"] == "scores"]
    (dump / scores["path"]).write_bytes(b"PAR1 other PAR1")
    scores.update(bytes=15, sha256=sha256(b"PAR1 other PAR1").hexdigest())
    (dump / "dump.json").write_text(json.dumps(body))
    forged = signed(read_dump(dump), signing_key(tmp_path / "stranger"))
    (dump / "dump.json").write_text(forged.text())
    found = wrong(dump, body["public_key"])
    assert "is not the sealed file" in found["table scores as sealed"]
    assert "not the one demanded" in found["key"]
    assert "signature of dump.json" not in found


def test_a_file_among_the_tables_that_nobody_signed_is_found(dump: Path) -> None:
    (dump / "tables" / "measures-99.parquet").write_bytes(b"x")
    assert "measures-99.parquet is not of this dump" in wrong(dump)["files"]
    (dump / "tables" / "measures-99.parquet").unlink()
    (dump / "notes.txt").write_text("mine")
    assert wrong(dump) == {}


def test_a_description_cannot_reach_outside(dump: Path) -> None:
    body = json.loads((dump / "dump.json").read_text())
    body["files"][0]["path"] = "../outside"
    (dump / "dump.json").write_text(json.dumps(body))
    with pytest.raises(StoreError, match="lies outside the dump"):
        verify_dump(dump)


def test_of_a_zip_only_what_is_listed_is_unpacked_and_no_more_than_it_says(dump: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(archive(dump)) as source, zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, b"0" * 50_000_000 if name == "README.md" else source.read(name))
        target.writestr("../evil", b"x")
    with opened_dump(bad) as folder:
        assert (folder / "README.md").stat().st_size == read_dump(dump).file("README.md").bytes + 1
        assert list(wrong(folder)) == ["README.md"]
        assert not (folder.parent / "evil").exists()


@pytest.mark.parametrize("body", [b"", b"PK\x05\x06", b"no zip at all", b"PK\x03\x04" + b"\0" * 80])
def test_what_is_no_dump_is_said(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(body)
    with pytest.raises(StoreError, match=r"download it again|is not a dump"), opened_dump(path):
        pass


def test_a_download_that_was_cut_is_said(made: Path, tmp_path: Path) -> None:
    body = archive(made).read_bytes()
    path = tmp_path / "cut.zip"
    path.write_bytes(body[: len(body) // 2])
    with pytest.raises(StoreError, match="download it again"), opened_dump(path):
        pass
