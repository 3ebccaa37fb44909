"""How the streams of 7z archives are packed: the compressors and filters that Python's own libraries undo."""

import bz2
import io
import lzma
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import zstandard

AES = b"\x06\xf1\x07\x01"
_CHUNK = 1 << 20
_LARGEST_DICTIONARY = 1 << 30
_FILTERS = {
    b"\x03": lzma.FILTER_DELTA, b"\x03\x03\x01\x03": lzma.FILTER_X86, b"\x04": lzma.FILTER_X86,
    b"\x03\x03\x02\x05": lzma.FILTER_POWERPC, b"\x05": lzma.FILTER_POWERPC, b"\x03\x03\x04\x01": lzma.FILTER_IA64,
    b"\x06": lzma.FILTER_IA64, b"\x03\x03\x05\x01": lzma.FILTER_ARM, b"\x07": lzma.FILTER_ARM,
    b"\x03\x03\x07\x01": lzma.FILTER_ARMTHUMB, b"\x08": lzma.FILTER_ARMTHUMB, b"\x03\x03\x08\x05": lzma.FILTER_SPARC,
    b"\x09": lzma.FILTER_SPARC,
}  # fmt: skip
"""Ids of coders that only rearrange what a compressor behind them packs."""
_COPY, _LZMA, _LZMA2 = b"\0", b"\x03\x01\x01", b"\x21"
_DEFLATE, _BZIP2, _ZSTD = b"\x04\x01\x08", b"\x04\x02\x02", b"\x04\xf7\x11\x01"


class Locked(Exception):
    """Raised where a password closes the directory or a stream."""


class Unknown(Exception):
    """Raised for ways of packing that are not unpacked here."""


@dataclass(frozen=True, slots=True)
class Coder:
    """One step of packing: its id and its properties."""

    method: bytes
    properties: bytes


def undo(coders: Sequence[Coder], packed: bytes) -> Iterator[bytes]:
    """What coders packed, from the last to be undone to the first. Raises Unknown, lzma.LZMAError, zlib.error or OSError."""
    if not coders:
        raise Unknown("no coder")
    *before, last = coders
    if last.method in (_LZMA, _LZMA2):
        filters = [_filter(coder) for coder in before] + [_compressor(last)]
        if before and last.method == _LZMA and any(each["id"] != lzma.FILTER_DELTA for each in filters[:-1]):
            raise Unknown("a program's code, rearranged")
        return _pour(lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters), packed)
    if before:
        raise Unknown("coders in a row")
    if last.method == _COPY:
        return (packed[at : at + _CHUNK] for at in range(0, len(packed), _CHUNK))
    if last.method == _BZIP2:
        return _from_stream(bz2.BZ2File(io.BytesIO(packed)))
    if last.method == _DEFLATE:
        return _inflate(packed)
    if last.method == _ZSTD:
        return _from_stream(zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(io.BytesIO(packed)))
    raise Unknown(f"method {last.method.hex()}")


def _filter(coder: Coder) -> dict[str, int]:
    found = _FILTERS.get(coder.method)
    if found is None:
        raise Unknown(f"method {coder.method.hex()}")
    return (
        {"id": found, "dist": coder.properties[0] + 1}
        if found == lzma.FILTER_DELTA and coder.properties
        else {"id": found}
    )


def _compressor(coder: Coder) -> dict[str, int]:
    if coder.method == _LZMA2:
        bits = coder.properties[0] if coder.properties else 41
        if bits > 40:
            raise ValueError("no dictionary of LZMA2")
        size = 0xFFFFFFFF if bits == 40 else (2 | bits & 1) << (bits // 2 + 11)
        return {"id": lzma.FILTER_LZMA2, "dict_size": min(size, _LARGEST_DICTIONARY)}
    if len(coder.properties) < 5 or coder.properties[0] >= 225:
        raise ValueError("no properties of LZMA")
    first, size = coder.properties[0], struct.unpack_from("<I", coder.properties, 1)[0]
    return {
        "id": lzma.FILTER_LZMA1,
        "dict_size": max(min(size, _LARGEST_DICTIONARY), 4096),
        "lc": first % 9,
        "lp": first // 9 % 5,
        "pb": first // 45,
    }


def _pour(stream: lzma.LZMADecompressor, packed: bytes) -> Iterator[bytes]:
    """The pieces of a decompressor that is fed once and asked for a little at a time."""
    piece = stream.decompress(packed, _CHUNK)
    while piece:
        yield piece
        piece = b"" if stream.eof else stream.decompress(b"", _CHUNK)


def _inflate(packed: bytes) -> Iterator[bytes]:
    stream = zlib.decompressobj(-15)
    while packed and not stream.eof:
        yield stream.decompress(packed, _CHUNK)
        packed = stream.unconsumed_tail


def _from_stream(stream: io.BufferedIOBase | zstandard.ZstdDecompressionReader | bz2.BZ2File) -> Iterator[bytes]:
    while piece := stream.read(_CHUNK):
        yield piece
