"""Lists as workbooks: short ones at once, long ones in a process of their own at low priority, so that no page waits for them.

Run as a program it takes one row a line of JSON, the names of the columns first, and gives the workbook when all have come.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import IO

import orjson
import xlsxwriter

Row = Sequence[str | int | float | bool | None]

LONG = 2_000
"""Rows from which a list is made in a process of its own; starting one takes as long as some thousand rows."""

NICE = 10
"""How far that process stands behind those that answer pages."""

PIECE = 2**16


def workbook(names: Sequence[str], rows: Iterator[Row]) -> Iterator[bytes]:
    """The bytes of a workbook with one sheet; nothing in it becomes a formula or a link.

    Raises RuntimeError where its process dies.
    """
    first = list(islice(rows, LONG))
    if len(first) == LONG:
        yield from _made_apart(names, chain(first, rows))
        return
    with tempfile.TemporaryFile() as target:
        _write(target, names, first)
        yield from _pieces(target)


def _write(target: IO[bytes], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Write row by row, and stand at the beginning again."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet("datos")
        sheet.write_row(0, 0, names, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
        sheet.autofilter(0, 0, max(sheet.dim_rowmax or 0, 1), len(names) - 1)
    target.seek(0)


def _made_apart(names: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    command = [sys.executable, "-m", __name__]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - this module
    try:
        source, result = process.stdin, process.stdout
        if source is None or result is None:
            raise RuntimeError("the process that makes a workbook has no pipes")
        with suppress(BrokenPipeError):  # how it ended is told below
            source.writelines(orjson.dumps(row) + b"\n" for row in chain([names], rows))
            source.close()
        yield from _pieces(result)
        if process.wait():
            raise RuntimeError(f"the process that makes a workbook ended with {process.returncode}")
    finally:
        # A visitor who goes away leaves nothing running.
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(PIECE):
        yield piece


def _main() -> None:
    os.nice(NICE)
    names = orjson.loads(sys.stdin.buffer.readline())
    with tempfile.TemporaryFile() as target:
        _write(target, names, map(orjson.loads, sys.stdin.buffer))
        for piece in _pieces(target):
            sys.stdout.buffer.write(piece)


if __name__ == "__main__":
    _main()
