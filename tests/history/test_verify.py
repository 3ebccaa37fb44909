"""Whose signature it is: a manifest signed anew with another key is not taken for the old one."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from atalaya.history.verify import UNKNOWN_KEY, verify
from atalaya.store.manifest import (
    Manifest,
    fingerprint,
    home_key,
    manifest_sha256,
    read_manifest,
    same_key,
    sign,
    signing_key,
    write_manifest,
)
from atalaya.store.observations import OPENING, observation_folder

FIRST = Manifest(
    format=1, kind="round", country="zz", observation="zz-1", as_of="2026-01-05T12:00:00Z", cut_off=None,
    parent=None, seed=1, versions={"atalaya": "0"}, pack_sha256="00", methodologies={}, settings={}, tables=(), previous=None,
)  # fmt: skip


def sealed(home: Path, manifest: Manifest, signer: Path) -> Path:
    folder = observation_folder(home, "zz", manifest.observation)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / OPENING).write_text(json.dumps({}))
    write_manifest(folder, sign(manifest, signing_key(signer)))
    return folder


@pytest.fixture
def chain(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A home with two chained observations under its own key; gives the home and both folders."""
    home = tmp_path / "home"
    one = sealed(home, FIRST, home)
    previous = {"observation": "zz-1", "manifest_sha256": manifest_sha256(one)}
    return home, one, sealed(home, replace(FIRST, observation="zz-2", parent="zz-1", previous=previous), home)


def found(home: Path, folder: Path, key: str | None = None) -> dict[str, tuple[bool, str]]:
    return {c.what: (c.holds, c.warning) for c in verify(home, folder, archive=False, key=key)}


def test_the_key_of_the_home_is_known(chain: tuple[Path, Path, Path]) -> None:
    home, one, two = chain
    for folder in (one, two):
        assert set(found(home, folder).values()) == {(True, "")}
    [key] = [check for check in verify(home, two, archive=False) if check.what == "key"]
    assert fingerprint(read_manifest(two).public_key) in key.detail


def test_a_manifest_signed_anew_is_found_by_its_key(chain: tuple[Path, Path, Path], tmp_path: Path) -> None:
    home, _, two = chain
    sealed(home, replace(read_manifest(two), seed=99), tmp_path / "stranger")
    seen = found(home, two)
    assert seen["signature"] == (True, "")
    assert seen["key"][0] is False


def test_the_first_of_a_chain_signed_anew_is_a_warning_and_breaks_the_chain(
    chain: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    home, one, two = chain
    sealed(home, replace(read_manifest(one), seed=99), tmp_path / "stranger")
    seen = found(home, one)
    assert seen["key"] == (True, UNKNOWN_KEY)
    assert seen["chain after"][0] is False
    assert found(home, two)["chain"][0] is False
    assert found(home, two)["key"][0] is False


def test_where_the_home_has_no_key_the_chain_vouches_or_nobody(chain: tuple[Path, Path, Path]) -> None:
    home, one, two = chain
    (home / "keys" / "ed25519.pem").unlink()
    assert home_key(home) is None
    assert found(home, one)["key"] == (True, UNKNOWN_KEY)
    assert found(home, two)["key"] == (True, "")


def test_a_demanded_key_decides(chain: tuple[Path, Path, Path]) -> None:
    home, one, _ = chain
    key = read_manifest(one).public_key
    assert found(home, one, key)["key"] == found(home, one, fingerprint(key).upper())["key"] == (True, "")
    assert found(home, one, "00" * 32)["key"][0] is False
    assert found(home, one, "")["key"][0] is False


@pytest.mark.parametrize("key", ["", "zz", "00"])
def test_a_damaged_key_has_a_fingerprint_and_is_nobodys(key: str) -> None:
    assert len(fingerprint(key)) == 39
    assert not same_key(key, "00" * 32)
