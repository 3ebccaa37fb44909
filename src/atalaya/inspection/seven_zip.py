"""The format of 7z archives: their directory, and the streams in which their members lie one behind the other (`7zFormat.txt` of
7-Zip). Nothing is unpacked here beyond what is asked for.
"""

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.inspection.seven_zip_coders import AES, Coder, Locked, Unknown, undo

SIGNATURE = b"7z\xbc\xaf\x27\x1c"
_LARGEST_HEADER = 64 * 1024 * 1024
_MOST_FILES = 200_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the archive: where it lies in its stream; `stream` is None for empty ones."""

    name: str
    size: int
    stream: int | None = None
    start: int = 0
    crc: int | None = None


@dataclass(slots=True)
class _Folder:
    """One stream: its coders from the last to be undone to the first, where its packed bytes are, and its unpacked size."""

    coders: tuple[Coder, ...]
    size: int = 0
    start: int = 0
    packed: int = 0
    crc: int | None = None
    plain: bool = True
    """Whether each coder takes one stream and gives one."""


class _Bytes:
    """Reads numbers from a header. Raises EOFError beyond its end and ValueError for what cannot be."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, size: int) -> bytes:
        if size < 0 or self._at + size > len(self._data):
            raise EOFError("the header ends too early")
        self._at += size
        return self._data[self._at - size : self._at]

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self) -> int:
        """A number of 1 to 9 bytes: the ones at the front of the first byte tell how many follow."""
        first, mask, value = self.byte(), 0x80, 0
        for at in range(8):
            if not first & mask:
                return value | (first & (mask - 1)) << (8 * at)
            value |= self.byte() << (8 * at)
            mask >>= 1
        return value

    def count(self) -> int:
        number = self.number()
        if number > _MOST_FILES:
            raise ValueError("it states more parts than are read")
        return number

    def bits(self, number: int) -> list[bool]:
        raw = self.take((number + 7) // 8)
        return [bool(raw[at // 8] & 0x80 >> at % 8) for at in range(number)]

    def defined(self, number: int) -> list[bool]:
        return [True] * number if self.byte() else self.bits(number)

    def checksums(self, number: int) -> list[int | None]:
        return [struct.unpack("<I", self.take(4))[0] if each else None for each in self.defined(number)]


class Archive:
    """A 7z archive in memory: its entries, and their bytes on demand.

    Raises Locked, Unknown, EOFError (cut short) or ValueError (no such archive).
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        if len(data) < 32 or not data.startswith(SIGNATURE):
            raise EOFError("the signature header ends too early")
        offset, size, crc = struct.unpack_from("<QQI", data, 12)
        if size > _LARGEST_HEADER:
            raise ValueError("its directory is larger than is read")
        header = data[32 + offset : 32 + offset + size]
        if len(header) < size:
            raise EOFError("the directory is not there")
        if zlib.crc32(header) != crc:
            raise ValueError("the directory is damaged")
        self._folders: list[_Folder] = []
        self._inner: list[list[tuple[int, int | None]]] = []
        self.entries: tuple[Entry, ...] = ()
        for _ in range(4):
            reader = _Bytes(header) if header else None
            kind = reader.byte() if reader is not None else 0
            if reader is None or kind != 0x17:
                break
            self._streams(reader)
            header = self._whole(self._folders[0])
        if reader is not None:
            self.entries = tuple(self._header(reader, kind))

    def _whole(self, folder: _Folder) -> bytes:
        if folder.size > _LARGEST_HEADER:
            raise ValueError("its directory is larger than is read")
        return b"".join(self._pieces(folder))

    def unpack(self, stream: int) -> Iterator[bytes]:
        """The bytes of a stream piece by piece."""
        return self._pieces(self._folders[stream])

    def packed(self, stream: int) -> bool:
        """Whether the packed bytes of a stream are all there."""
        folder = self._folders[stream]
        return folder.start + folder.packed <= len(self._data)

    def _pieces(self, folder: _Folder) -> Iterator[bytes]:
        if any(coder.method == AES for coder in folder.coders):
            raise Locked
        packed = self._data[folder.start : folder.start + folder.packed]
        left = folder.size
        if not folder.plain:
            raise Unknown("several streams at once")
        for piece in undo(folder.coders, packed):
            yield piece[:left]
            left -= len(piece)
            if left <= 0:
                return
        if left > 0:
            raise EOFError("the stream ends too early")

    def _header(self, reader: _Bytes, kind: int) -> Iterator[Entry]:
        if kind != 0x01:
            raise ValueError("no directory of a 7z archive")
        self._folders, self._inner = [], []
        kind = reader.byte()
        while kind == 0x02:  # properties of the archive
            while reader.byte():
                reader.take(reader.number())
            kind = reader.byte()
        if kind == 0x04:
            self._streams(reader)
            kind = reader.byte()
        if kind == 0x05:
            yield from self._files(reader)

    def _streams(self, reader: _Bytes) -> None:
        """Where the streams lie and how they are packed."""
        sizes: list[int] = []
        start = 32
        folders: list[_Folder] = []
        inner: list[list[tuple[int, int | None]]] = []
        while kind := reader.byte():
            if kind == 0x06:
                start += reader.number()
                sizes = _pack_sizes(reader)
            elif kind == 0x07:
                folders = _read_folders(reader)
                inner = [[(folder.size, folder.crc)] for folder in folders]
            elif kind == 0x08:
                inner = _read_inner(reader, folders)
            else:
                raise ValueError("an unknown part of the directory")
        if len(sizes) < len(folders):
            raise ValueError("streams without bytes")
        for folder, size in zip(folders, sizes, strict=False):
            folder.start, folder.packed = start, size
            start += size
        self._folders, self._inner = folders, inner

    def _files(self, reader: _Bytes) -> Iterator[Entry]:
        number = reader.count()
        names = [""] * number
        empty = [False] * number
        folders_only: list[bool] = []
        while kind := reader.byte():
            part = _Bytes(reader.take(reader.number()))
            if kind == 0x0E:
                empty = part.bits(number)
            elif kind == 0x0F:
                folders_only = [not each for each in part.bits(sum(empty))]
            elif kind == 0x11:
                names = _names(part, number)
        places = iter(self._places())
        listed = iter(folders_only)
        for name, hollow in zip(names, empty, strict=True):
            if not hollow:
                stream, start, size, crc = next(places, (None, 0, 0, None))
                yield Entry(name, size, stream, start, crc)
            elif not next(listed, True):
                yield Entry(name, 0)

    def _places(self) -> Iterator[tuple[int, int, int, int | None]]:
        for stream, parts in enumerate(self._inner):
            start = 0
            for size, crc in parts:
                yield stream, start, size, crc
                start += size


def _pack_sizes(reader: _Bytes) -> list[int]:
    number = reader.count()
    sizes = [0] * number
    while kind := reader.byte():
        if kind == 0x09:
            sizes = [reader.number() for _ in range(number)]
        elif kind == 0x0A:
            reader.checksums(number)
        else:
            raise ValueError("an unknown part of the directory")
    return sizes


def _read_folders(reader: _Bytes) -> list[_Folder]:
    if reader.byte() != 0x0B:
        raise ValueError("no list of streams")
    number = reader.count()
    if reader.byte():
        raise Unknown("a directory in several places")
    shapes = [_read_folder(reader) for _ in range(number)]
    folders = [folder for folder, _, _ in shapes]
    if reader.byte() != 0x0C:
        raise ValueError("no sizes of streams")
    for folder, outs, main in shapes:
        sizes = [reader.number() for _ in range(outs)]
        folder.size = sizes[main]
    kind = reader.byte()
    if kind == 0x0A:
        for folder, crc in zip(folders, reader.checksums(number), strict=True):
            folder.crc = crc
        kind = reader.byte()
    if kind:
        raise ValueError("an unknown part of the directory")
    return folders


def _read_folder(reader: _Bytes) -> tuple[_Folder, int, int]:
    """A stream, the number of what its coders give, and which of these is the stream itself."""
    coders: list[Coder] = []
    plain = True
    ins = outs = 0
    for _ in range(reader.count()):
        flags = reader.byte()
        method = reader.take(flags & 0x0F)
        takes, gives = (reader.count(), reader.count()) if flags & 0x10 else (1, 1)
        properties = reader.take(reader.number()) if flags & 0x20 else b""
        coders.append(Coder(method, properties))
        plain = plain and takes == gives == 1
        ins, outs = ins + takes, outs + gives
        if len(coders) > 32:
            raise ValueError("more coders than any program chains")
    pairs = {reader.count(): reader.count() for _ in range(max(outs - 1, 0))}
    for _ in range(ins - len(pairs) if ins - len(pairs) > 1 else 0):
        reader.count()
    main = next((at for at in range(outs) if at not in pairs.values()), 0)
    if not plain:
        locked = tuple(coder for coder in coders if coder.method == AES)
        return _Folder(locked, plain=False), outs, main
    chain: list[Coder] = []
    at = main
    while len(chain) < len(coders) and at < len(coders):
        chain.append(coders[at])
        if at not in pairs:
            break
        at = pairs[at]
    return _Folder(tuple(chain)), outs, main


def _read_inner(reader: _Bytes, folders: Sequence[_Folder]) -> list[list[tuple[int, int | None]]]:
    """Size and checksum of each file in each stream."""
    counts = [1] * len(folders)
    kind = reader.byte()
    if kind == 0x0D:
        counts = [reader.count() for _ in folders]
        kind = reader.byte()
    if sum(counts) > _MOST_FILES:
        raise ValueError("it states more parts than are read")
    sizes = []
    for folder, count in zip(folders, counts, strict=True):
        own = [reader.number() for _ in range(count - 1)] if kind == 0x09 else [0] * (count - 1)
        if count:
            own.append(folder.size - sum(own))
        if any(size < 0 for size in own):
            raise ValueError("files larger than their stream")
        sizes.append(own)
    if kind == 0x09:
        kind = reader.byte()
    known = [count == 1 and folder.crc is not None for folder, count in zip(folders, counts, strict=True)]
    given: Iterator[int | None] = iter(())
    while kind:
        if kind == 0x0A:
            missing = sum(count for count, each in zip(counts, known, strict=True) if not each)
            given = iter(reader.checksums(missing))
        kind = reader.byte()
    return [
        [(size, folder.crc if each else next(given, None)) for size in own]
        for folder, own, each in zip(folders, sizes, known, strict=True)
    ]


def _names(reader: _Bytes, number: int) -> list[str]:
    if reader.byte():
        raise Unknown("names in another place")
    names = []
    for _ in range(number):
        letters = bytearray()
        while (pair := reader.take(2)) != b"\0\0":
            letters += pair
        names.append(letters.decode("utf-16-le", "replace"))
    return names
