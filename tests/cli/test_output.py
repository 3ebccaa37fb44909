"""Nothing that others wrote steers the terminal of who reads it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table

from atalaya.cli.output import UNSAFE, console, id_column, plain, print_json, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[2Jb", "a\\x1b[2Jb"),
        ("línea\r\nforged", "línea\\x0d\\x0aforged"),
        ("\x9b31m", "\\x9b31m"),
        ("\u202eoiracsalas", "\\u202eoiracsalas"),
        ("name\udc80.csv", "name\\udc80.csv"),
        ("niño ✓", "niño ✓"),
    ],
)
def test_what_steers_is_written_as_its_code(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(alphabet=st.characters(codec=None)))
def test_nothing_unsafe_is_left(text: str) -> None:
    assert UNSAFE.search(visible(text)) is None
    assert UNSAFE.search(plain(text)) is None


def test_a_console_is_safe_even_where_a_caller_forgot(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("name")
    table.add_row("cell\x1b]0;title\x07")
    console().print(table)
    console().print("two\nlines \x1b[2J", markup=False)
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "two\nlines \\x1b" in out


def test_json_is_safe_and_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"name": "a\x1b\x9b\u202e\udc80\n", "more": ["ñ"]}
    print_json(value)
    out = capsys.readouterr().out
    assert UNSAFE.search(out.replace("\n", "")) is None
    assert json.loads(out) == value
    assert "ñ" in out


def test_ids_are_never_cut(capsys: pytest.CaptureFixture[str]) -> None:
    name = "xm:" + "x" * 30
    table = Table(id_column("source", [name]), *("filling words " * 3 for _ in range(6)))
    table.add_row(name, *("words " * 10 for _ in range(6)))
    console().print(table)
    assert name in capsys.readouterr().out
