"""Manifests: signed, chained, and unforgiving of changes."""

import json
from pathlib import Path

import pytest

from atalaya.exceptions import IntegrityError, NotSealedError, StoreError
from atalaya.store.manifest import (
    Manifest,
    TableEntry,
    check_signature,
    read_manifest,
    sign,
    signing_key,
    write_manifest,
)

PLAIN = Manifest(
    format=1, kind="round", country="zz", observation="zz-20260105T120000Z", as_of="2026-01-05T12:00:00Z", cut_off=None,
    parent=None, seed=1, versions={"atalaya": "0"}, pack_sha256="00", methodologies={}, settings={"rate": 1.0},
    tables=(TableEntry(name="records", rows=0, files=({"name": "a", "file_sha256": "b"},), content_sha256="c"),), previous=None,
)  # fmt: skip


def test_a_signed_manifest_comes_back_and_verifies(tmp_path: Path) -> None:
    signed = sign(PLAIN, signing_key(tmp_path))
    write_manifest(tmp_path, signed)
    assert read_manifest(tmp_path) == signed
    check_signature(read_manifest(tmp_path))


def test_an_altered_manifest_is_found(tmp_path: Path) -> None:
    path = write_manifest(tmp_path, sign(PLAIN, signing_key(tmp_path)))
    path.write_text(path.read_text().replace('"seed": 1', '"seed": 2'))
    with pytest.raises(IntegrityError, match="altered after sealing"):
        check_signature(read_manifest(tmp_path))


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    assert signing_key(tmp_path).private_bytes_raw() == signing_key(tmp_path).private_bytes_raw()
    assert (tmp_path / "keys" / "ed25519.pem").stat().st_mode & 0o077 == 0


def test_no_manifest_means_not_sealed(tmp_path: Path) -> None:
    with pytest.raises(NotSealedError, match="resume"):
        read_manifest(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 1}))
    with pytest.raises(StoreError, match="not a manifest"):
        read_manifest(tmp_path)
