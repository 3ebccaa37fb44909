"""A list as a workbook, the same made at once and in a process of its own; a visitor who goes away leaves nothing running."""

import io
import subprocess
from collections.abc import Iterator

import openpyxl
import pytest

from atalaya.portal.core import workbooks
from atalaya.portal.core.workbooks import LONG, workbook

NAMES = ["a", "b", "c"]


def rows(count: int) -> Iterator[list[object]]:
    return ([f"ñ{n}", n / 2, None if n % 2 else "=SUMA(1)"] for n in range(count))


def cells(body: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(body), read_only=True)["datos"].iter_rows(values_only=True))


@pytest.mark.parametrize("count", [0, 1, LONG - 1, LONG, LONG + 1])
def test_every_row_is_there_however_it_was_made(count: int) -> None:
    found = cells(b"".join(workbook(NAMES, rows(count))))  # type: ignore[arg-type]
    assert found[0] == ("a", "b", "c")
    assert found[1:] == [tuple(row) for row in rows(count)]


def test_a_visitor_who_goes_away_leaves_nothing_running(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    original = subprocess.Popen

    def noted(*arguments: object, **named: object) -> subprocess.Popen[bytes]:
        started.append(original(*arguments, **named))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(workbooks.subprocess, "Popen", noted)
    made = workbook(NAMES, rows(LONG))  # type: ignore[arg-type]
    assert next(made)
    made.close()  # type: ignore[attr-defined]
    assert [process.returncode is not None for process in started] == [True]


def test_a_process_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks.sys, "executable", "false")
    with pytest.raises(RuntimeError, match="ended with 1"):
        b"".join(workbook(NAMES, rows(LONG)))  # type: ignore[arg-type]
