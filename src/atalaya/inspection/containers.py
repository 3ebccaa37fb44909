"""Archives and compressed files: their members with the true format of each, unpacked within limits.

A file that unpacks to far more than it weighs, nests deeper than people nest, or holds more members than can be listed is a
bomb: it is listed as far as the limits go, and the defect says where it stopped.
"""

import bz2
import io
import lzma
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

_CHUNK = 1024 * 1024
_UNPACK_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, zstandard.ZstdError, tarfile.TarError, OSError, EOFError, ValueError,
    NotImplementedError, RuntimeError, IndexError, KeyError, OverflowError,
)  # fmt: skip
"""What the unpackers raise for bytes that are not what they claim."""


class _Spent(Exception):
    """Raised when a member would unpack beyond the limits."""


@dataclass(slots=True)
class _Budget:
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
class _Found:
    """What the members of a file turned out to be."""

    members: list[Member] = field(default_factory=list)
    insides: list[tuple[str, Inside]] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    sides: Sides = field(default_factory=Sides)

    def order(self, names: Sequence[str]) -> None:
        """Put the members in the order of these names."""
        places = {name: place for place, name in enumerate(names)}
        self.members.sort(key=lambda member: places.get(member.path, 0))
        self.insides.sort(key=lambda pair: places.get(pair[0], 0))


def read_zip(material: Material) -> Findings:
    """The members of a ZIP file; encrypted ones are listed and said so."""
    if any(defect.code == "bomb" for defect in material.sniffed.defects):
        return Findings()
    found = _Found()
    budget = _Budget(material.limits, len(material.data), material.spending)
    try:
        with zipfile.ZipFile(io.BytesIO(material.data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > material.limits.members:
                found.defects.append(_bomb("file", f"{len(infos)} members are more than are listed"))
            # What says how others are to be read goes first.
            for info in sorted(infos[: material.limits.members], key=lambda info: not is_side(info.filename)):
                _read_member(archive, info, material, budget, found)
                if budget.over:
                    break
            found.order([info.filename for info in infos])
    except _UNPACK_ERRORS as error:
        if not material.sniffed.defects:
            found.defects.append(_unreadable("file", error))
    return _findings(found)


def _read_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, material: Material, budget: _Budget, found: _Found
) -> None:
    name = info.filename
    if info.flag_bits & 0x1:
        found.defects.append(Defect(code="password_protected", place=name, detail="the member is encrypted"))
        found.members.append(Member(path=name, size=info.file_size, format=None))
        return
    _look(name, info.file_size, lambda: _pour(archive.open(info), budget), material, found)


def read_tar(material: Material) -> Findings:
    """The regular files of a tar archive; links and devices are not followed."""
    found = _Found()
    budget = _Budget(material.limits, len(material.data), material.spending)
    try:
        with tarfile.open(fileobj=io.BytesIO(material.data), mode="r:") as archive:
            for info in _regular(archive, material.limits):
                stream = archive.extractfile(info)
                if stream is not None:
                    _look(info.name, info.size, lambda stream=stream: _pour(stream, budget), material, found)  # type: ignore[misc]
                if budget.over:
                    break
    except _UNPACK_ERRORS as error:
        found.defects.append(_unreadable("file", error))
    return _findings(found)


def _regular(archive: tarfile.TarFile, limits: Limits) -> Iterator[tarfile.TarInfo]:
    for number, info in enumerate(archive):
        if number >= limits.members:
            return
        if info.isreg():
            yield info


def read_gzip(material: Material) -> Findings:
    """gzip, one or several streams in a row."""
    return _read_single(material, ".gz", lambda budget: _inflate(material.data, budget))


def read_bzip2(material: Material) -> Findings:
    """bzip2."""
    return _read_single(material, ".bz2", lambda budget: _pour(bz2.BZ2File(io.BytesIO(material.data)), budget))


def read_xz(material: Material) -> Findings:
    """xz."""
    return _read_single(material, ".xz", lambda budget: _pour(lzma.LZMAFile(io.BytesIO(material.data)), budget))


def read_zstd(material: Material) -> Findings:
    """Zstandard, with a bound on its window."""
    reader = zstandard.ZstdDecompressor(max_window_size=128 * 1024 * 1024)
    return _read_single(
        material,
        ".zst",
        lambda budget: _pour(reader.stream_reader(io.BytesIO(material.data), read_across_frames=True), budget),
    )


def read_closed(_material: Material) -> Findings:
    """Archives that are recognised and not opened: 7z, RAR, disc images."""
    return Findings()


def _read_single(material: Material, ending: str, unpack: Callable[[_Budget], bytes]) -> Findings:
    found = _Found()
    budget = _Budget(material.limits, len(material.data), material.spending)
    name = material.hint.name
    inner = name[: -len(ending)] if name.lower().endswith(ending) else ""
    _look(inner, None, lambda: unpack(budget), material, found)
    return _findings(found)


def _inflate(data: bytes, budget: _Budget) -> bytes:
    """Streams one after the other; what follows the last one and is no stream is ignored, as gzip itself does."""
    out = bytearray()
    rest = data
    while rest[:2] == b"\x1f\x8b":
        stream = zlib.decompressobj(31)
        pending = rest
        while not stream.eof:
            piece = stream.decompress(pending, _CHUNK)
            budget.spend(len(piece))
            out += piece
            pending = stream.unconsumed_tail
            if not pending and not piece:
                raise EOFError("the stream ends too early")
        rest = stream.unused_data
    return bytes(out)


def _pour(
    stream: "io.BufferedIOBase | zipfile.ZipExtFile | zstandard.ZstdDecompressionReader | object", budget: _Budget
) -> bytes:
    out = bytearray()
    read: Callable[[int], bytes] = getattr(stream, "read")  # noqa: B009 - the readers share no base class
    while piece := read(_CHUNK):
        budget.spend(len(piece))
        out += piece
    return bytes(out)


def _look(name: str, size: int | None, unpack: Callable[[], bytes], material: Material, found: _Found) -> None:
    """Unpack one member, inspect it one level deeper, and keep what it is."""
    if material.depth >= material.limits.nesting:
        found.defects.append(_bomb(name or "file", f"nested deeper than {material.limits.nesting} levels; not opened"))
        found.members.append(Member(path=name, size=size or 0, format=None))
        return
    try:
        data = unpack()
    except _Spent:
        found.defects.append(_bomb(name or "file", "it unpacks to more than is read"))
        found.members.append(Member(path=name, size=size or 0, format=None))
        return
    except _UNPACK_ERRORS as error:
        found.defects.append(_unreadable(name or "file", error))
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


def _findings(found: _Found) -> Findings:
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


def _bomb(place: str, detail: str) -> Defect:
    return Defect(code="bomb", place=place, detail=detail)


def _unreadable(place: str, error: BaseException) -> Defect:
    """An early end is a truncation; anything else is only unreadable."""
    cut = isinstance(error, EOFError) or "truncated" in str(error).lower() or "unexpected end" in str(error).lower()
    return Defect(
        code="truncated" if cut else "unreadable", place=place, detail=f"it cannot be unpacked: {type(error).__name__}"
    )
