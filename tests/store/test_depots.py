"""Depots: whole or nothing, in a folder and in storage of fsspec alike."""

import secrets
from pathlib import Path
from typing import BinaryIO

import pytest

from atalaya.exceptions import StoreError
from atalaya.store.depots import Depot, depot_at, put, read


@pytest.fixture(params=["folder", "file", "memory"])
def depot(request: pytest.FixtureRequest, tmp_path: Path) -> Depot:
    address = {
        "folder": str(tmp_path / "depot"),
        "file": (tmp_path / "depot").as_uri(),
        "memory": f"memory://{secrets.token_hex(4)}/depot",
    }
    return depot_at(address[request.param])


def test_what_is_written_is_read(depot: Depot) -> None:
    put(depot, "a/b/one", b"first")
    put(depot, "a/two", b"second")
    put(depot, "a/two", b"third")
    assert read(depot, "a/two") == b"third"
    assert (depot.size("a/b/one"), depot.size("a/none")) == (5, None)
    assert list(depot.names("a")) == ["a/b/one", "a/two"]
    assert list(depot.names("")) == ["a/b/one", "a/two"]
    assert list(depot.names("nothing")) == []
    depot.remove("a/two")
    depot.remove("a/two")
    assert list(depot.names("a")) == ["a/b/one"]


def test_what_fails_in_the_middle_is_not_there(depot: Depot) -> None:
    def fails(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise StoreError("the source went away")

    put(depot, "kept", b"whole")
    for name in ("new", "kept"):
        with pytest.raises(StoreError, match="went away"):
            depot.write(name, fails)
    assert list(depot.names("")) == ["kept"]
    assert read(depot, "kept") == b"whole"


def test_what_is_not_there_is_named(depot: Depot) -> None:
    with pytest.raises(StoreError, match="nothing under a/none"):
        depot.open("a/none")


def test_an_unknown_storage_is_named() -> None:
    with pytest.raises(StoreError, match="nowhere://"):
        depot_at("nowhere://place")
