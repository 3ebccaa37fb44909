"""UTF-16 and UTF-32 without a mark, of western and of other alphabets."""

import os

import pytest

from atalaya.inspection.text import decode
from atalaya.inspection.wide_text import wide_encoding

TEXTS = (
    "código;año\n1;Quiché\n",
    "a,b\n",
    "Иван пошёл в магазин и купил хлеб, молоко и сыр.\n" * 3,
    "今天天气很好, 我们去公园\n" * 5,
    "ここは日本です。 はい\n" * 5,
    "Η Αθήνα είναι η πρωτεύουσα\n" * 3,
)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", TEXTS)
def test_wide_text_without_a_mark(text: str, codec: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded is not None
    assert (decoded.encoding, decoded.text, decoded.defects) == (codec, text, ())


@pytest.mark.parametrize("codec", ["utf-32-le", "utf-32-be"])
def test_four_bytes_a_character(codec: str) -> None:
    assert wide_encoding(TEXTS[0].encode(codec)) == codec


def test_a_last_half_unit_is_damage() -> None:
    decoded = decode(TEXTS[0].encode("utf-16-le") + b"a")
    assert decoded is not None
    assert decoded.text.rstrip("\ufffd") == TEXTS[0]
    assert [defect.code for defect in decoded.defects] == ["broken_encoding"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a",
        b"plain text",
        bytes(range(256)) * 8,
        b"\0\1\2\3" * 100,
        b"\x7fELF\2\1\1\0" + b"\0" * 50,
        os.urandom(4_000),
    ],
)
def test_other_bytes_are_not_wide_text(data: bytes) -> None:
    assert wide_encoding(data) is None


def test_text_around_a_stretch_of_zeros() -> None:
    data = b"fecha,valor\n2020-01-01,1\n" + b"\0" * 4_096 + b"2020-01-02,2\n"
    decoded = decode(data)
    assert decoded is not None
    assert decoded.text == data.decode()
    assert [(defect.code, defect.place) for defect in decoded.defects] == [("broken_encoding", "byte 26")]


def test_many_stretches_of_zeros_are_no_text() -> None:
    assert decode(b"fecha,valor\n\0\0" * 40) is None
