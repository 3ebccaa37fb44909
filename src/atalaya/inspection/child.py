"""Native and heavy readers run in a process of their own, with limits on memory and time: what kills the process is the file's
defect, not ours.

A reader is a module of `inspection.natives` that gives plain messages (`natives.messages` lists them); this module starts the
process, takes the messages and turns them into tables, defects and facts.
"""

import os
import sys
import sysconfig
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

from atalaya.inspection.findings import Defect, Geometry
from atalaya.inspection.limits import Limits
from atalaya.inspection.material import Material
from atalaya.inspection.messages import Messages, answering
from atalaya.inspection.natives.process import SPENT
from atalaya.inspection.tables import Profile, profile_rows
from atalaya.inspection.warm import answering_warm

_SCRIPT = Path(__file__).parent / "natives" / "process.py"
_OURS = Path(__file__).parent.parent.parent
"""The folder in which the package stands: the process has no other way to find it."""
_LIBRARIES = tuple(dict.fromkeys(map(sysconfig.get_path, ("purelib", "platlib"))))
_KEPT = ("PATH", "LANG", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
"""Variables of the environment that the process is given."""


def opened(data: bytes, reader: str, limits: Limits) -> AbstractContextManager[Messages]:
    """The messages of a process that reads these bytes with a module of `natives`; it is gone when the block ends."""
    paths = os.pathsep.join(map(str, (_OURS, *_LIBRARIES)))
    numbers = (limits.cells, limits.column_cells, limits.memory, limits.seconds)
    command = [sys.executable, "-I", "-S", str(_SCRIPT), paths, reader]
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    if limits.warm and hasattr(os, "fork"):
        return answering_warm(command, data, numbers, SPENT, environment)
    command += map(str, numbers)
    return answering(command, data, limits.seconds, SPENT, environment)


@dataclass(slots=True)
class Found:
    """What a process told of a file: its tables, what is wrong with it, and facts by name."""

    profiles: list[Profile] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)
    ended: bool = False


def read_with(reader: str, material: Material) -> Found:
    """Everything that a reader tells of a file. In a file in which one process took all it may, no other is started."""
    found = Found()
    if material.spending.reader_died:
        told = "not opened: another file in the same one took all the time or memory that it may"
        found.defects.append(Defect(code="bomb", place="file", detail=told))
        return found
    with opened(material.data, reader, material.limits) as messages:
        while (message := messages.next()) is not None:
            _take(message, messages, material, found)
    found.ended = messages.ended
    if not messages.ended:
        found.defects.append(death(material.limits, messages.spent))
        material.spending.reader_died = messages.spent
    return found


def _take(message: tuple[object, ...], messages: Messages, material: Material, found: Found) -> None:
    match message:
        case ("table", str(name), names, int(first), dict(facts)):
            columns = tuple(map(str, names)) if isinstance(names, list | tuple) else None
            profile = profile_rows(messages.rows(), name, material.limits, first_row=first, names=columns)
            if profile is not None:
                found.profiles.append(_told(profile, facts))
        case ("fault", str(code), str(place), str(detail)):
            found.defects.append(Defect(code=code, place=place, detail=detail))
        case ("fact", str(name), value):
            found.facts[name] = value


def _told(profile: Profile, facts: Mapping[str, object]) -> Profile:
    """A table with what its reader says of it: a note on why it was read so, its geometry, what kind of content it is."""
    table = profile.table
    match facts.get("geometry"):
        case (str(column), str(kind), crs):
            table = replace(table, geometry=Geometry(column=column, kind=kind, crs=str(crs) if crs else None))
    if note := facts.get("note"):
        table = replace(table, reason=f"{table.reason}; {note}")
    if content := facts.get("content"):
        table = replace(table, content=str(content))
    return replace(profile, table=table)


def death(limits: Limits, spent: bool) -> Defect:
    """The process died: at a limit, which is ours and makes the file a bomb to us, or by a fault of the reader."""
    if not spent:
        return Defect(code="unreadable", place="file", detail="opening the file broke the reader of its format")
    detail = f"opening the file took more than {limits.memory >> 20} MB or {limits.seconds} s"
    return Defect(code="bomb", place="file", detail=detail)
