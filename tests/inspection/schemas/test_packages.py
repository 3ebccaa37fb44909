"""Data packages and resources: described tables held against what is said of them."""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.inspection.schemas.packages import (
    check_package,
    check_resource,
    files_of_folder,
    files_of_zip,
    read_package,
    read_resource,
)
from atalaya.inspection.schemas.tables import Unreadable

ZipOf = Callable[[Mapping[str, bytes | str]], bytes]
TABLE = b"id,nombre\n1,a\n2,b\n"
SCHEMA = {"fields": [{"name": "id", "type": "integer"}, {"name": "nombre", "type": "string"}]}


def found(value: Any, folder: Path) -> list[tuple[str, int | None, int | None]]:
    files = files_of_folder(folder)
    return [(error.code, error.row, error.column) for error in check_resource(read_resource(value, files), files)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "t.csv").write_bytes(TABLE)
    (tmp_path / "s.json").write_text(json.dumps(SCHEMA))
    (tmp_path / "d.json").write_text(json.dumps({"delimiter": ","}))
    return tmp_path


@pytest.mark.parametrize(
    ("value", "errors"),
    [
        ({"path": "t.csv"}, []),
        ({"path": "t.csv", "schema": "s.json", "dialect": "d.json", "encoding": "utf-8"}, []),
        ({"path": ["t.csv"], "bytes": len(TABLE), "rows": 2, "hash": f"sha256:{hashlib.sha256(TABLE).hexdigest()}"}, []),
        ({"path": "t.csv", "hash": hashlib.md5(TABLE, usedforsecurity=False).hexdigest()}, []),
        ({"path": "t.csv", "fields": 2}, []),
        ({"path": "t.csv", "bytes": 1, "rows": 3, "fields": 3, "hash": "md5:0"},
         [("byte_count", None, None), ("hash_count", None, None), ("field_count", None, None), ("row_count", None, None)]),
        ({"path": "t.csv", "hash": "crc:0"}, [("hash_count", None, None)]),
        ({"data": [["id", "nombre"], ["x", "a"]], "schema": SCHEMA}, [("type_error", 2, 1)]),
        ({"path": "t.csv", "schema": {"fields": [{"name": "id", "type": "x"}]}}, [("schema_error", None, None)]),
        ({"path": "t.csv", "schema": "nada.json"}, [("schema_error", None, None)]),
        ({"path": "t.csv", "schema": "t.csv"}, [("schema_error", None, None)]),
        ({"path": "t.csv", "dialect": {"delimiter": 1}}, [("dialect_error", None, None)]),
        ({"path": "t.csv", "compression": "bad"}, [("compression_error", None, None)]),
        ({"path": "nada.csv"}, [("scheme_error", None, None)]),
        ({"path": "../t.csv"}, [("scheme_error", None, None)]),
        ({"path": "/etc/passwd"}, [("scheme_error", None, None)]),
        ({"path": "https://example.org/t.csv"}, [("scheme_error", None, None)]),
        ({"path": [1]}, [("resource_error", None, None)]),
        ({}, [("resource_error", None, None)]),
        ([], [("resource_error", None, None)]),
    ],
)  # fmt: skip
def test_resources(value: Any, errors: list[tuple[str, int | None, int | None]], folder: Path) -> None:
    assert found(value, folder) == errors


def test_several_paths_are_one_table(folder: Path) -> None:
    (folder / "u.csv").write_bytes(b"3,c\nx,d\n")
    assert found({"path": ["t.csv", "u.csv"], "schema": SCHEMA}, folder) == [("type_error", 5, 1)]


PACKAGE: dict[str, Any] = {
    "resources": [
        {"name": "cuerpos", "path": "t.csv", "schema": SCHEMA},
        {
            "name": "gastos",
            "data": [["cuerpo", "monto"], ["01", 5], ["9", 6], ["", 7]],
            "schema": {
                "fields": [{"name": "cuerpo", "type": "integer"}, {"name": "monto", "type": "number"}],
                "foreignKeys": [{"fields": "cuerpo", "reference": {"resource": "cuerpos", "fields": "id"}}],
            },
        },
    ]
}


def test_foreign_keys_look_into_the_other_tables(folder: Path, zip_of: ZipOf) -> None:
    wanted = [("gastos", "foreign_key", 3)]
    for files in (files_of_folder(folder), files_of_zip(zip_of({"t.csv": TABLE}))):
        assert [(name, error.code, error.row) for name, error in check_package(PACKAGE, files)] == wanted


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        ({}, "package_error", "no list of resources"),
        ({"resources": [{"path": "t.csv"}]}, "resource_error", "has no name"),
        ({"resources": [{"name": "a", "path": "t.csv"}] * 2}, "package_error", "stands twice"),
        ({"resources": [{"name": "a", "path": "t.csv"}], "created": "ayer"}, "package_error", "no date and time"),
    ],
)
def test_descriptions_of_packages(value: Any, code: str, words: str, folder: Path) -> None:
    (told,) = [error for name, error in check_package(value, files_of_folder(folder)) if not name]
    assert told.code == code
    assert words in told.detail


def test_what_is_no_archive_is_refused() -> None:
    with pytest.raises(Unreadable):
        files_of_zip(b"nada")


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda each: (
        st.lists(each, max_size=3)
        | st.dictionaries(
            st.sampled_from(["resources", "name", "path", "data", "schema", "dialect", "hash", "fields"]), each
        )
    ),
    max_leaves=10,
)


@given(JSON)
def test_any_description_is_read_or_refused(value: object) -> None:
    def nothing(path: str) -> bytes:
        raise Unreadable("scheme_error", f"no file {path!r}")

    assert read_package(value, nothing) is not None
    assert list(check_resource(read_resource(value, nothing), nothing)) is not None
