"""The repair of one file: read, make every table tidy."""

import csv
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from atalaya.inspection.dialect import Guess
from atalaya.inspection.findings import Inspection
from atalaya.inspection.frame import Frame
from atalaya.inspection.inspector import inspect_bytes, inspect_file
from atalaya.inspection.limits import DEFAULT, Limits
from atalaya.inspection.material import Hint
from atalaya.inspection.sniff import sniff
from atalaya.repair.again import read_again
from atalaya.repair.changes import NOTHING, Beforehand
from atalaya.repair.realigned import realigned
from atalaya.repair.tables import TidyTable, tidy


@dataclass(frozen=True, slots=True)
class Repair:
    """What a file is, and its tables made tidy; none where no table could be read."""

    inspection: Inspection
    tables: tuple[TidyTable, ...]
    too_large: tuple[str, ...] = ()
    """Names of tables that hold more cells than are kept: no part of them is given as if it were the whole."""


CELLS = 1 << 30
"""Bytes that the cells of a table may take while it is repaired: all of them must be there."""


def repair_file(
    path: Path, *, url: str | None = None, media_type: str | None = None, limits: Limits = DEFAULT
) -> Repair:
    """Make the tables of a file tidy. `url` and `media_type` only break ties, as for `inspect_file`.

    Raises OSError when the file cannot be opened.
    """
    kept = _keeping(limits)
    inspection = inspect_file(path, url=url, media_type=media_type, limits=kept)
    again = read_again(path)
    if again is not None:
        return Repair(inspection, (again,))
    delimited = inspection.dialect is not None and not inspection.members and inspection.size <= limits.whole
    return _repaired(inspection, path.read_bytes() if delimited else b"", kept)


def repair_bytes(
    data: bytes, *, url: str | None = None, media_type: str | None = None, limits: Limits = DEFAULT
) -> Repair:
    """Make the tables in some bytes tidy; never raises for any bytes."""
    kept = _keeping(limits)
    inspection = inspect_bytes(data, url=url, media_type=media_type, limits=kept)
    return _repaired(inspection, data if inspection.dialect is not None and not inspection.members else b"", kept)


def _keeping(limits: Limits) -> Limits:
    return replace(limits, cells_kept=True, described=False, frame_bytes=max(limits.frame_bytes, CELLS))


def _repaired(inspection: Inspection, delimited: bytes, limits: Limits) -> Repair:
    """Tables made tidy; those of delimited text, whose bytes are given, once their cells stand under their columns."""
    frames = [(table.frame, NOTHING) for table in inspection.tables if table.frame and table.columns and table.rows]
    if frames and delimited:
        with suppress(csv.Error):
            frames = _read_again(delimited, inspection, limits) or frames
    whole = tuple(tidy(frame.name, frame, before) for frame, before in frames if not frame.cut)
    return Repair(inspection, whole, tuple(frame.name for frame, _ in frames if frame.cut))


def _read_again(data: bytes, inspection: Inspection, limits: Limits) -> list[tuple[Frame, Beforehand]]:
    sniffed = sniff(data, Hint(formats=(inspection.format or "",)), limits)
    if sniffed.decoded is None or not isinstance(sniffed.value, Guess):
        return []
    return realigned(sniffed.decoded.text, sniffed.value, inspection.tables, limits)
