"""The file of one blob: zstandard frames and a closing frame that says what is kept."""

import io
import json
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import zstandard

from atalaya.exceptions import IntegrityError

LEVEL: Final = 9
"""Compression level; with one thread and pieces of one size the same bytes always give the same file."""

SMALL_LEVEL: Final = 3
"""Compression level of bodies shorter than a piece. Measured on tables of 1 to 20 KB: a fifth of the time of level 9, for files
an eighth larger, which the blocks of file systems mostly hide."""

PIECE: Final = 1 << 17
"""Bytes compressed, read and hashed at a time."""

CLOSING: Final = 512
"""Length of the closing frame, its eight bytes of magic number and length included."""

_MAGIC: Final = (0x184D2A5A).to_bytes(4, "little")


@dataclass(frozen=True, slots=True)
class Closing:
    """The closing frame of a blob file; `stored_sha256` covers the bytes that the file gives back."""

    sha256: str
    size: int
    kept: str
    head: int
    tail: int
    stored_sha256: str

    def frame(self) -> bytes:
        """The frame as it stands at the end of the file."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        text = json.dumps({"format": 1, **fields}, sort_keys=True, separators=(",", ":")).encode()
        return _MAGIC + (CLOSING - 8).to_bytes(4, "little") + text.ljust(CLOSING - 8)


class KeptStream(io.RawIOBase):
    """The bytes of a blob file, with damage told as IntegrityError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("rb")
        self._reader = zstandard.ZstdDecompressor().stream_reader(self._file, read_across_frames=True)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        assert isinstance(buffer, memoryview | bytearray)
        try:
            data = self._reader.read(len(buffer))
        except zstandard.ZstdError as error:
            raise IntegrityError(f"{self._path} is damaged: {error}") from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def compressor() -> "zstandard.ZstdCompressionObj":
    return zstandard.ZstdCompressor(level=LEVEL, threads=0, write_checksum=True).compressobj()


@dataclass(frozen=True, slots=True)
class Small:
    """A whole body shorter than a piece, in memory."""

    sha256: str
    body: bytes

    def file(self) -> bytes:
        """The file of the blob: one frame that tells its length, and the closing frame. Any thread may ask."""
        packer = getattr(_THREAD, "packer", None)
        if packer is None:
            packer = _THREAD.packer = zstandard.ZstdCompressor(level=SMALL_LEVEL, threads=0, write_checksum=True)
        frame: bytes = packer.compress(self.body)
        return frame + self.closing().frame()

    def closing(self) -> Closing:
        """What the closing frame says."""
        size = len(self.body)
        return Closing(self.sha256, size, "whole", size, 0, self.sha256)


_THREAD = threading.local()
"""A compressor for each thread: making one costs more than packing a small body."""


def read_closing(path: Path) -> Closing:
    """The closing frame of a blob file. Raises FileNotFoundError, or IntegrityError when the file has none."""
    try:
        with path.open("rb") as stream:
            stream.seek(-CLOSING, os.SEEK_END)
            frame = stream.read()
    except FileNotFoundError:
        raise
    except OSError:
        frame = b""
    return parse_closing(frame, str(path))


def parse_closing(frame: bytes, place: str) -> Closing:
    """The closing frame out of its bytes. Raises IntegrityError, which names the place, when they are none."""
    try:
        values = json.loads(frame[8:])
        values.pop("format")
        return Closing(**values)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise IntegrityError(f"{place} has no closing frame: it is not a blob or it is damaged") from error
