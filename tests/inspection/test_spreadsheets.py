"""The process in which a workbook is opened: it ends with its workbook, with its limits and with its parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.limits import Limits
from atalaya.inspection.workbooks import read_sheets

Workbook = Callable[[Mapping[str, list[list[object]]]], bytes]
PROCESSES = Path("/proc")

pytestmark = pytest.mark.skipif(not PROCESSES.is_dir(), reason="processes are found in /proc")

PARENT = """
import pathlib, sys, time
from atalaya.inspection import spreadsheets
from atalaya.inspection.inspector import inspect_file

def slow(messages, *_):
    messages.next()
    print("reading", flush=True)
    time.sleep(60)

spreadsheets._collect = slow
inspect_file(pathlib.Path(sys.argv[1]))
"""


def children(parent: int) -> list[int]:
    """Processes whose parent this is, ended ones that nobody waited for included."""
    found = []
    for entry in PROCESSES.iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if entry.name.isdigit() and int(fields[1]) == parent:
            found.append(int(entry.name))
    return found


def alive(process: int) -> bool:
    try:
        return (PROCESSES / str(process) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_no_process_is_left_behind(workbook: Workbook) -> None:
    before = children(os.getpid())
    data = workbook({"h": [["a", "b"], *[[n, n] for n in range(50)]]})
    for each in (data, data[:-200], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000)):
        inspect_bytes(each, url="https://datos.example/a.xls")
    assert children(os.getpid()) == before


@pytest.mark.parametrize("limits", [Limits(memory=8 << 20), Limits(cells=10)])
def test_limits_end_as_defects(workbook: Workbook, limits: Limits) -> None:
    data = workbook({"h": [["a", "b"], *[[n, n] for n in range(500)]]})
    inspection = inspect_bytes(data, limits=limits)
    assert inspection.format == "xlsx"
    assert {defect.code for defect in inspection.defects} & {"unreadable", "bomb"}
    assert inspection.tables == ()


def test_it_ends_when_its_parent_is_killed(workbook: Workbook, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook({"h": [["a", "b"], *[[f"texto {n}", n] for n in range(8_000)]]}))
    command = [sys.executable, "-c", PARENT, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"reading\n"
        (child,) = children(parent.pid)
        assert alive(child)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    deadline = time.monotonic() + 10
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(child)


def test_sheets_are_read_as_rows(workbook: Workbook) -> None:
    data = workbook({" Uno ": [["a", 1], [None, 2.5]], "otra": [["x"]], "_dos": [["b"]], "vacía": []})
    found = read_sheets(data, Limits(), ("uno", "_dos"))
    assert [(sheet.name, sheet.first_row, [list(row) for row in sheet.rows]) for sheet in found.sheets] == [
        (" Uno ", 1, [["a", 1.0], ["", 2.5]]),
        ("_dos", 1, [["b"]]),
    ]
    assert (found.names, found.faults) == ((" Uno ", "otra", "_dos"), ())


@pytest.mark.parametrize(
    ("limits", "place", "said"),
    [(Limits(cells=10), "h", "more cells"), (Limits(memory=8 << 20), None, "8 MB")],
)
def test_a_workbook_beyond_the_limits_gives_no_rows(
    limits: Limits, place: str | None, said: str, workbook: Workbook
) -> None:
    found = read_sheets(workbook({"h": [["a", "b"], *[[n, n] for n in range(500)]]}), limits, ("h",))
    assert found.sheets == ()
    assert [(fault.sheet, said in fault.told) for fault in found.faults] == [(place, True)]


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04" + bytes(60)])
def test_what_is_no_workbook_is_a_fault(data: bytes) -> None:
    assert [fault.sheet for fault in read_sheets(data, Limits(), ()).faults] == [None]
