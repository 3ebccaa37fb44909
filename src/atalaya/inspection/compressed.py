"""Files compressed one by one: gzip, bzip2, xz, Zstandard. Each is a container of one member."""

import bz2
import io
import lzma
import zlib
from collections.abc import Callable

import zstandard

from atalaya.inspection.containers import CHUNK, Budget, Found, findings_of, look, pour
from atalaya.inspection.material import Findings, Material


def read_gzip(material: Material) -> Findings:
    """gzip, one or several streams in a row."""
    return _read_single(material, ".gz", lambda budget: _inflate(material.data, budget))


def read_bzip2(material: Material) -> Findings:
    """bzip2."""
    return _read_single(material, ".bz2", lambda budget: pour(bz2.BZ2File(io.BytesIO(material.data)), budget))


def read_xz(material: Material) -> Findings:
    """xz."""
    return _read_single(material, ".xz", lambda budget: pour(lzma.LZMAFile(io.BytesIO(material.data)), budget))


def read_zstd(material: Material) -> Findings:
    """Zstandard, with a bound on its window."""
    reader = zstandard.ZstdDecompressor(max_window_size=128 * 1024 * 1024)
    return _read_single(
        material,
        ".zst",
        lambda budget: pour(reader.stream_reader(io.BytesIO(material.data), read_across_frames=True), budget),
    )


def _read_single(material: Material, ending: str, unpack: Callable[[Budget], bytes]) -> Findings:
    found = Found()
    budget = Budget(material.limits, len(material.data), material.spending)
    name = material.hint.name
    inner = name[: -len(ending)] if name.lower().endswith(ending) else ""
    look(inner, None, lambda: unpack(budget), material, found)
    return findings_of(found)


def _inflate(data: bytes, budget: Budget) -> bytes:
    """Streams one after the other; what follows the last one and is no stream is ignored, as gzip itself does."""
    out = bytearray()
    rest = data
    while rest[:2] == b"\x1f\x8b":
        stream = zlib.decompressobj(31)
        pending = rest
        while not stream.eof:
            piece = stream.decompress(pending, CHUNK)
            budget.spend(len(piece))
            out += piece
            pending = stream.unconsumed_tail
            if not pending and not piece:
                raise EOFError("the stream ends too early")
        rest = stream.unused_data
    return bytes(out)
