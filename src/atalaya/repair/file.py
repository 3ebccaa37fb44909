"""The repair of one file: read, make every table tidy."""

from dataclasses import dataclass, replace
from pathlib import Path

from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_bytes, inspect_file
from atalaya.inspection.limits import DEFAULT, Limits
from atalaya.repair.tables import TidyTable, tidy


@dataclass(frozen=True, slots=True)
class Repair:
    """What a file is, and its tables made tidy; none where no table could be read."""

    inspection: Inspection
    tables: tuple[TidyTable, ...]


def repair_file(
    path: Path, *, url: str | None = None, media_type: str | None = None, limits: Limits = DEFAULT
) -> Repair:
    """Make the tables of a file tidy. `url` and `media_type` only break ties, as for `inspect_file`.

    Raises OSError when the file cannot be opened.
    """
    return _repaired(inspect_file(path, url=url, media_type=media_type, limits=replace(limits, cells_kept=True)))


def repair_bytes(
    data: bytes, *, url: str | None = None, media_type: str | None = None, limits: Limits = DEFAULT
) -> Repair:
    """Make the tables in some bytes tidy; never raises for any bytes."""
    return _repaired(inspect_bytes(data, url=url, media_type=media_type, limits=replace(limits, cells_kept=True)))


def _repaired(inspection: Inspection) -> Repair:
    readable = [table for table in inspection.tables if table.frame is not None and table.columns and table.rows]
    return Repair(inspection, tuple(tidy(table, table.frame) for table in readable if table.frame is not None))
