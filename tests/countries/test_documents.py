"""YAML read with few surprises and with marks."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from atalaya.countries.documents import read_yaml
from atalaya.countries.problems import Problems


def read(folder: Path, text: str) -> object:
    file = folder / "a.yml"
    file.write_text(text, encoding="utf-8")
    document = read_yaml(file, "a.yml", Problems())
    assert document is not None
    return document.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("0101", "0101"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2026-01-31", "2026-01-31"),
        ("0x1f", "0x1f"),
        (".5", ".5"),
        ("true", True),
        ("null", None),
        ("~", None),
        ("-12", -12),
        ("0", 0),
        ("0.25", 0.25),
        ("'12'", "12"),
        ("a: ", {"a": None}),
        ("1: a", {"1": "a"}),
        ("", None),
    ],
)
def test_scalars(tmp_path: Path, text: str, value: object) -> None:
    assert read(tmp_path, text) == value


def test_marks_are_those_of_keys_and_items(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text("a:\n  - b: 1\n    c: 2\n  - d\n")
    document = read_yaml(file, "a.yml", Problems())
    assert document is not None
    assert document.place.mark(("a",)) == (1, 1)
    assert document.place.mark(("a", 0)) == (2, 5)
    assert document.place.mark(("a", 0, "c")) == (3, 5)
    assert document.place.mark(("a", 1)) == (4, 5)
    assert document.place.mark(("a", 1, "x", 9)) == (4, 5)


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    problems = Problems()
    assert read_yaml(tmp_path / "none.yml", "none.yml", problems) is None
    assert "cannot be read" in str(problems.all()[0])


LEAVES = st.none() | st.booleans() | st.integers() | st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]))


@given(
    st.recursive(
        LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text("abc", min_size=1), inner), max_leaves=20
    )
)
def test_what_yaml_writes_is_read_back(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    folder = tmp_path_factory.mktemp("yaml")
    assert read(folder, yaml.safe_dump(value, allow_unicode=True)) == value


@given(st.binary(max_size=200))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    file = tmp_path_factory.mktemp("bytes") / "a.yml"
    file.write_bytes(body)
    problems = Problems()
    assert (read_yaml(file, "a.yml", problems) is None) == problems.any_error()
