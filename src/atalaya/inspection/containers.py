"""What archives and compressed files hold: their members with the true format of each, unpacked within limits.

A file that unpacks to far more than it weighs, nests deeper than people nest, or holds more members than can be listed is a
bomb: it is listed as far as the limits go, and the defect says where it stopped.
"""

import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import zstandard

from atalaya.inspection.canonical import combine, text_hash
from atalaya.inspection.findings import Defect, Member, Table
from atalaya.inspection.limits import Limits
from atalaya.inspection.material import Findings, Inside, Material, Spending
from atalaya.inspection.shapefiles import Sides, is_side, join_sets

CHUNK = 1024 * 1024
UNPACK_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, zstandard.ZstdError, tarfile.TarError, OSError, EOFError, ValueError,
    NotImplementedError, RuntimeError, IndexError, KeyError, OverflowError, struct.error,
)  # fmt: skip
"""What the unpackers raise for bytes that are not what they claim."""


class _Spent(Exception):
    """Raised when a member would unpack beyond the limits."""


@dataclass(slots=True)
class Budget:
    """Bytes that may still be unpacked from this container, and from all in the same file."""

    limits: Limits
    packed: int
    spending: Spending
    spent: int = 0
    over: bool = False

    def spend(self, number: int) -> None:
        self.spent += number
        self.spending.unpacked += number
        large = self.spent > self.limits.ratio_from and self.spent > self.limits.ratio * max(self.packed, 1)
        inside = self.spending.unpacked > self.limits.unpacked_inside
        if large or inside or self.spent > self.limits.unpacked:
            self.over = True
            raise _Spent


@dataclass(slots=True)
class Found:
    """What the members of a file turned out to be."""

    members: list[Member] = field(default_factory=list)
    insides: list[tuple[str, Inside]] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    sides: Sides = field(default_factory=Sides)
    unknown: list[str] = field(default_factory=list)
    """Members packed in a way that is not undone here."""

    def order(self, names: Sequence[str]) -> None:
        """Put the members in the order of these names."""
        places = {name: place for place, name in enumerate(names)}
        self.members.sort(key=lambda member: places.get(member.path, 0))
        self.insides.sort(key=lambda pair: places.get(pair[0], 0))


def pour(
    stream: "io.BufferedIOBase | zipfile.ZipExtFile | zstandard.ZstdDecompressionReader | object", budget: Budget
) -> bytes:
    out = bytearray()
    read: Callable[[int], bytes] = getattr(stream, "read")  # noqa: B009 - the readers share no base class
    while piece := read(CHUNK):
        budget.spend(len(piece))
        out += piece
    return bytes(out)


def look(name: str, size: int | None, unpack: Callable[[], bytes], material: Material, found: Found) -> None:
    """Unpack one member, inspect it one level deeper, and keep what it is."""
    if material.depth >= material.limits.nesting:
        found.defects.append(bomb(name or "file", f"nested deeper than {material.limits.nesting} levels; not opened"))
        found.members.append(Member(path=name, size=size or 0, format=None))
        return
    try:
        data = unpack()
    except _Spent:
        found.defects.append(bomb(name or "file", "it unpacks to more than is read"))
        found.members.append(Member(path=name, size=size or 0, format=None))
        return
    except NotImplementedError:
        found.unknown.append(name)
        found.members.append(Member(path=name, size=size or 0, format=None))
        return
    except UNPACK_ERRORS as error:
        found.defects.append(unreadable(name or "file", error))
        found.members.append(Member(path=name, size=size or 0, format=None))
        return
    inside = None
    if material.look_inside is not None and len(found.insides) < material.limits.inspected_members:
        inside = material.look_inside(data, name, material.depth + 1)
        if is_side(name):
            found.sides.note(name, data)
        inside = found.sides.read_again(name, data, inside, material)
        found.insides.append((name, inside))
        found.hashes.append(text_hash(f"{name}\x1f{inside.findings.content_sha256}"))
    found.members.append(Member(path=name, size=len(data), format=inside.format if inside is not None else None))


def findings_of(found: Found) -> Findings:
    """A container of one data file speaks for it: its encoding, dialect and tables; of several, only tables, by member."""
    insides, lacking = join_sets(found.insides, [member.path for member in found.members], found.sides)
    defects = [*found.defects, *lacking]
    for name, inside in insides:
        for defect in inside.findings.defects:
            place = f"{name}: {defect.place}" if name else defect.place
            defects.append(Defect(code=defect.code, place=place, detail=defect.detail))
    content = combine(found.hashes) if found.hashes and not found.defects else None
    tabular = [(name, inside) for name, inside in insides if inside.findings.tables]
    only = tabular[0][1] if len(tabular) == 1 else (insides[0][1] if len(insides) == 1 else None)
    if only is None:
        return Findings(
            members=tuple(found.members),
            tables=tuple(table for name, inside in tabular for table in _named(name, inside)),
            defects=tuple(defects),
            content_sha256=content,
        )
    return Findings(
        encoding=only.findings.encoding,
        dialect=only.findings.dialect,
        members=tuple(found.members),
        tables=only.findings.tables,
        document=only.findings.document,
        defects=tuple(defects),
        content_sha256=content,
    )


def _named(name: str, inside: Inside) -> Iterator[Table]:
    """The tables of one member among several, by its path and their own names."""
    for table in inside.findings.tables:
        yield replace(table, name=f"{name}: {table.name}" if table.name else name)


def bomb(place: str, detail: str) -> Defect:
    return Defect(code="bomb", place=place, detail=detail)


def unreadable(place: str, error: BaseException) -> Defect:
    """An early end is a truncation; anything else is only unreadable."""
    cut = (
        isinstance(error, EOFError | struct.error)
        or "truncated" in str(error).lower()
        or "unexpected end" in str(error).lower()
    )
    return Defect(
        code="truncated" if cut else "unreadable", place=place, detail=f"it cannot be unpacked: {type(error).__name__}"
    )
