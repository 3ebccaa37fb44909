"""Content codings: true, false, broken, repeated, cut."""

import gzip
import random
import zlib

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from atalaya.fetch.codings import PIECE, Chain, UndecodableBody

LIMIT = 104_857_600

TEXT = b"codigo,municipio\n" + b"0101,Guatemala\n" * 5000


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def decode(header: str | None, data: bytes, step: int = 1 << 16) -> tuple[bytes, Chain]:
    chain = Chain(header, LIMIT)
    out = [piece for start in range(0, len(data), step) for piece in chain.feed(data[start : start + step])]
    return b"".join([*out, *chain.finish()]), chain


CODED = [
    (None, TEXT),
    ("", TEXT),
    ("identity", TEXT),
    ("gzip", gzip.compress(TEXT)),
    ("x-gzip", gzip.compress(TEXT)),
    ("GZIP", gzip.compress(TEXT)),
    ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
    ("gzip", gzip.compress(TEXT) + b"\0" * 20),
    ("deflate", zlib.compress(TEXT)),
    ("deflate", raw_deflate(TEXT)),
    ("zstd", zstandard.compress(TEXT)),
    ("zstd", zstandard.compress(TEXT[:100]) + zstandard.compress(TEXT[100:])),
    ("gzip, gzip", gzip.compress(gzip.compress(TEXT))),
    ("deflate, gzip", gzip.compress(zlib.compress(TEXT))),
]


@pytest.mark.parametrize(("header", "data"), CODED)
@pytest.mark.parametrize("step", [1, 7, 1000, 1 << 20])
def test_codings_are_undone_however_they_arrive(header: str | None, data: bytes, step: int) -> None:
    decoded, chain = decode(header, data, step)
    assert decoded == TEXT
    assert chain.whole
    assert not chain.coding_false


@pytest.mark.parametrize("header", ["gzip", "deflate"])
@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"<html></html>", b"a", b""])
def test_a_coding_that_the_body_does_not_have_is_passed_over(header: str, data: bytes) -> None:
    decoded, chain = decode(header, data, 3)
    assert decoded == data
    assert chain.coding_false == bool(data)


@pytest.mark.parametrize(("header", "data"), [item for item in CODED if item[0] in ("gzip", "deflate", "zstd")][:3])
def test_a_coded_body_that_stops_early_gives_what_came(header: str, data: bytes) -> None:
    decoded, chain = decode(header, data[: len(data) * 2 // 3])
    assert not chain.whole
    assert TEXT.startswith(decoded)


NOISE = random.Random(5).randbytes(50_000)


@pytest.mark.parametrize(
    ("header", "data"),
    [
        ("gzip", gzip.compress(NOISE)),
        ("deflate", zlib.compress(NOISE)),
        ("zstd", zstandard.ZstdCompressor(write_checksum=True).compress(NOISE)),
    ],
)
@pytest.mark.parametrize("step", [100, 1 << 20])
def test_damage_is_told(header: str, data: bytes, step: int) -> None:
    damaged = data[:30_000] + bytes(byte ^ 0xFF for byte in data[30_000:30_040]) + data[30_040:]
    with pytest.raises(UndecodableBody, match="damaged"):
        decode(header, damaged, step)


@pytest.mark.parametrize("header", ["br", "compress", "gzip, br", "deflate, gzip, gzip, gzip, gzip"])
def test_codings_that_are_not_read_are_told(header: str) -> None:
    with pytest.raises(UndecodableBody):
        Chain(header, LIMIT)


def test_no_piece_is_longer_than_its_bound() -> None:
    bomb = gzip.compress(b"\0" * 30_000_000)
    assert max(len(piece) for piece in Chain("gzip", 1 << 40).feed(bomb)) <= PIECE
    zstd = zstandard.compress(b"\0" * 30_000_000)
    assert max(len(piece) for piece in Chain("zstd", 1 << 40).feed(zstd)) <= 1 << 26


@given(st.sampled_from(["gzip", "deflate", "zstd", "gzip, deflate"]), st.binary(max_size=400))
def test_any_bytes_are_decoded_or_told(header: str, data: bytes) -> None:
    try:
        decode(header, data, 50)
    except UndecodableBody:
        return
