"""Encodings: marks, UTF-8 over the whole stream, wide text, code pages and damage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.inspection.text import decode

SPANISH = "código;región;año\n1;Quiché;2020\n2;Petén;2021\n3;Sacatepéquez;2022\n¿señas?;sí;ningún\n" * 3
PORTUGUESE = "código;situação;ações\n1;não há informação;São Paulo\n2;execução;Ceará\n" * 3


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("utf-32-le", "utf-32-le"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
        ("cp850", "ibm850"),
        ("mac_roman", "macroman"),
    ],
)
@pytest.mark.parametrize("text", [SPANISH, PORTUGUESE])
def test_names_the_encoding_and_reads_the_text(codec: str, name: str, text: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded is not None
    assert (decoded.encoding, decoded.text.lstrip("\ufeff"), decoded.defects) == (name, text, ())


def test_a_letter_after_megabytes_of_ascii_counts() -> None:
    data = b"id,nombre\n" + b"1,PETEN\n" * 400_000 + "2,Quiché\n".encode("cp1252")
    decoded = decode(data)
    assert decoded is not None
    assert decoded.encoding == "cp1252"
    assert decoded.text.endswith("2,Quiché\n")


def test_utf8_with_lines_of_cp1252_is_mixed() -> None:
    data = "a,Quiché\n".encode() * 200 + "b,Petén\n".encode("cp1252") * 3
    decoded = decode(data)
    assert decoded is not None
    assert decoded.encoding == "utf-8"
    assert decoded.text.endswith("b,Petén\n")
    assert [defect.code for defect in decoded.defects] == ["mixed_encodings"]
    assert decoded.defects[0].detail.startswith("3 bytes")


def test_a_cut_last_character_is_a_truncation() -> None:
    decoded = decode("región".encode() * 10 + "ñ".encode()[:1])
    assert decoded is not None
    assert [defect.code for defect in decoded.defects] == ["truncated"]


def test_a_mark_before_another_encoding_is_damage() -> None:
    decoded = decode(b"\xef\xbb\xbf" + SPANISH.encode("cp1252"))
    assert decoded is not None
    assert decoded.encoding == "cp1252"
    assert "broken_encoding" in [defect.code for defect in decoded.defects]


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", b"\0" * 64 + b"abc"])
def test_what_is_no_text_is_not_decoded(data: bytes) -> None:
    assert decode(data) is None


def test_markup_declares_where_letters_are_few() -> None:
    data = '<?xml version="1.0" encoding="koi8-r"?><a>да</a>'.encode("koi8-r")
    decoded = decode(data)
    assert decoded is not None
    assert "да" in decoded.text


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_utf8_always_comes_back(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded is not None
    assert decoded.text == text.removeprefix("\ufeff")


@given(st.binary(max_size=2_000))
def test_no_bytes_raise(data: bytes) -> None:
    decoded = decode(data)
    assert decoded is None or isinstance(decoded.text, str)
