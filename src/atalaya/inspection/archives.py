"""Archives of several files: ZIP, tar, 7z and RAR. What a password closes, or only another program unpacks, is listed."""

import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from atalaya.inspection import rar, seven_zip_coders
from atalaya.inspection.containers import UNPACK_ERRORS, Budget, Found, bomb, findings_of, look, pour, unreadable
from atalaya.inspection.findings import Defect, Member
from atalaya.inspection.limits import Limits
from atalaya.inspection.material import Findings, Material
from atalaya.inspection.seven_zip import Archive, Entry
from atalaya.inspection.shapefiles import is_side

_NAMED = 5
"""Members that a sentence names."""


def read_zip(material: Material) -> Findings:
    """The members of a ZIP file; encrypted ones are listed and said so."""
    if any(defect.code == "bomb" for defect in material.sniffed.defects):
        return Findings()
    found = Found()
    budget = Budget(material.limits, len(material.data), material.spending)
    try:
        with zipfile.ZipFile(io.BytesIO(material.data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > material.limits.members:
                found.defects.append(bomb("file", f"{len(infos)} members are more than are listed"))
            # What says how others are to be read goes first.
            for info in sorted(infos[: material.limits.members], key=lambda info: not is_side(info.filename)):
                _read_member(archive, info, material, budget, found)
                if budget.over:
                    break
            found.order([info.filename for info in infos])
    except UNPACK_ERRORS as error:
        if not material.sniffed.defects:
            found.defects.append(unreadable("file", error))
    if found.unknown:
        found.defects.append(
            _not_unpacked("the program that packed them", found.unknown, "a method outside the standard")
        )
    return findings_of(found)


def _read_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, material: Material, budget: Budget, found: Found
) -> None:
    name = info.filename
    if info.flag_bits & 0x1:
        found.defects.append(Defect(code="password_protected", place=name, detail="the member is encrypted"))
        found.members.append(Member(path=name, size=info.file_size, format=None))
        return
    look(name, info.file_size, lambda: pour(archive.open(info), budget), material, found)


def read_tar(material: Material) -> Findings:
    """The regular files of a tar archive; links and devices are not followed."""
    found = Found()
    budget = Budget(material.limits, len(material.data), material.spending)
    try:
        with tarfile.open(fileobj=io.BytesIO(material.data), mode="r:") as archive:
            for info in _regular(archive, material.limits):
                stream = archive.extractfile(info)
                if stream is not None:
                    look(info.name, info.size, lambda stream=stream: pour(stream, budget), material, found)  # type: ignore[misc]
                if budget.over:
                    break
    except UNPACK_ERRORS as error:
        found.defects.append(unreadable("file", error))
    return findings_of(found)


def _regular(archive: tarfile.TarFile, limits: Limits) -> Iterator[tarfile.TarInfo]:
    for number, info in enumerate(archive):
        if number >= limits.members:
            return
        if info.isreg():
            yield info


def read_seven_zip(material: Material) -> Findings:
    """The members of a 7z archive. Streams hold many members one behind the other, so they are unpacked in their order."""
    found = Found()
    budget = Budget(material.limits, len(material.data), material.spending)
    try:
        archive = Archive(material.data)
        if len(archive.entries) > material.limits.members:
            found.defects.append(bomb("file", f"{len(archive.entries)} members are more than are listed"))
        flow = _Flow(archive, budget)
        for entry in archive.entries[: material.limits.members]:
            _read_entry(entry, flow, material, found)
            if budget.over:
                break
    except seven_zip_coders.Locked:
        found.defects.append(Defect(code="password_protected", place="file", detail="the list of members is encrypted"))
    except seven_zip_coders.Unknown as error:
        found.defects.append(_not_unpacked("7-Zip itself", [], str(error)))
    except UNPACK_ERRORS as error:
        found.defects.append(unreadable("file", error))
    if found.unknown:
        found.defects.append(_not_unpacked("7-Zip itself", found.unknown, "a method that is not read here"))
    return findings_of(found)


class _Flow:
    """The streams of a 7z archive, each unpacked once from its start to its end; a stream that broke stays broken."""

    def __init__(self, archive: Archive, budget: Budget) -> None:
        self._archive = archive
        self._budget = budget
        self._stream: int | None = None
        self._pieces: Iterator[bytes] = iter(())
        self._held = b""
        self._at = 0
        self._broken: dict[int, BaseException] = {}

    def take(self, entry: Entry) -> bytes:
        """The bytes of a member. Raises what its stream raises, for this member and all behind it."""
        if entry.stream is None:
            return b""
        if entry.stream in self._broken:
            raise self._broken[entry.stream]
        try:
            return self._take(entry.stream, entry)
        except (*UNPACK_ERRORS, seven_zip_coders.Locked, seven_zip_coders.Unknown) as error:
            self._broken[entry.stream] = error
            raise

    def _take(self, stream: int, entry: Entry) -> bytes:
        if stream != self._stream or entry.start < self._at:
            self._stream, self._held, self._at = stream, b"", 0
            self._pieces = self._archive.unpack(stream)
        self._advance(entry.start)
        out = bytearray()
        while len(out) < entry.size:
            if not self._held:
                self._next()
            needed = entry.size - len(out)
            out += self._held[:needed]
            self._at += min(needed, len(self._held))
            self._held = self._held[needed:]
        if entry.crc is not None and zlib.crc32(out) != entry.crc:
            raise ValueError("the checksum is wrong")
        return bytes(out)

    def _advance(self, start: int) -> None:
        while self._at < start:
            if not self._held:
                self._next()
            passed = min(start - self._at, len(self._held))
            self._at += passed
            self._held = self._held[passed:]

    def _next(self) -> None:
        piece = next(self._pieces, None)
        if piece is None:
            raise EOFError("the stream ends too early")
        self._budget.spend(len(piece))
        self._held = piece


def _read_entry(entry: Entry, flow: _Flow, material: Material, found: Found) -> None:
    try:
        look(entry.name, entry.size, lambda: flow.take(entry), material, found)
    except seven_zip_coders.Locked:
        found.defects.append(Defect(code="password_protected", place=entry.name, detail="the member is encrypted"))
        found.members.append(Member(path=entry.name, size=entry.size, format=None))
    except seven_zip_coders.Unknown:
        found.unknown.append(entry.name)
        found.members.append(Member(path=entry.name, size=entry.size, format=None))


def read_rar(material: Material) -> Findings:
    """The members of a RAR archive. Those that are only stored are read; packing them is RAR's own secret, so the others are
    listed with their sizes."""
    found = Found()
    budget = Budget(material.limits, len(material.data), material.spending)
    packed: list[str] = []
    try:
        for number, entry in enumerate(rar.entries(material.data)):
            if number >= material.limits.members:
                found.defects.append(bomb("file", f"more than {number} members are not listed"))
                break
            _read_rar_entry(entry, budget, material, found, packed)
    except rar.Locked:
        found.defects.append(Defect(code="password_protected", place="file", detail="the list of members is encrypted"))
    except UNPACK_ERRORS as error:
        found.defects.append(unreadable("file", error))
    if packed:
        found.defects.append(_not_unpacked("RAR itself", packed, "a closed format"))
    return findings_of(found)


def _read_rar_entry(entry: rar.Entry, budget: Budget, material: Material, found: Found, packed: list[str]) -> None:
    if entry.locked:
        found.defects.append(Defect(code="password_protected", place=entry.name, detail="the member is encrypted"))
    elif entry.split:
        detail = "a part of it is in another volume of the archive"
        found.defects.append(Defect(code="truncated", place=entry.name, detail=detail))
    elif entry.stored:
        look(entry.name, entry.size, lambda: _stored(entry, budget, material.data), material, found)
        return
    else:
        packed.append(entry.name)
    found.members.append(Member(path=entry.name, size=entry.size, format=None))


def _stored(entry: rar.Entry, budget: Budget, data: bytes) -> bytes:
    held = data[entry.start : entry.start + entry.packed]
    if len(held) < entry.size or entry.packed != entry.size:
        raise EOFError("the member is cut")
    budget.spend(len(held))
    if entry.crc is not None and zlib.crc32(held) != entry.crc:
        raise ValueError("the checksum is wrong")
    return held


def _not_unpacked(program: str, names: list[str], why: str) -> Defect:
    """That members are packed in a way that only one program unpacks."""
    shown = ", ".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
    what = f"{len(names)} members ({shown})" if names else "the archive"
    detail = f"{what} can only be unpacked with {program}: {why}"
    return Defect(code="not_unpacked", place="file", detail=detail)
