"""UTF-8 with stray bytes: lines of a code page, characters cut short, damage, and what is no UTF-8 at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.inspection.mixed_text import mend
from atalaya.inspection.text import decode

LINE = "1;Región Metropolitana;ñandú;¿cuándo?\n"
LONG = LINE * 30_000
"""More than a megabyte of UTF-8."""


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
@pytest.mark.parametrize(
    "line", [LINE, "2;NÃO;SÃO PAULO;ação\n", "3;JOSÉ MARÍA\n", "4;1ª sección, 5° año\n", "5;Panamá"]
)
def test_lines_in_a_code_page_after_a_megabyte_come_back(codec: str, line: str) -> None:
    decoded = decode(LONG.encode() + line.encode(codec))
    assert decoded is not None
    assert (decoded.encoding, decoded.text) == ("utf-8", LONG + line)
    assert [defect.code for defect in decoded.defects] == ["mixed_encodings"]


def test_as_many_lines_in_a_code_page_as_in_utf8() -> None:
    decoded = decode((LINE * 50).encode() + (LINE * 200).encode("cp1252"))
    assert decoded is not None
    assert decoded.text == LINE * 250


def test_lines_of_another_code_page_than_the_commonest() -> None:
    decoded = decode((LINE * 50).encode() + (LINE * 10).encode("mac_roman"))
    assert decoded is not None
    assert decoded.text == LINE * 60
    assert "macroman" in decoded.defects[0].detail


@pytest.mark.parametrize(
    ("start", "letter", "end"),
    [("regi", "ó", "n"), ("a", "ñ", "o"), ("NI", "Ñ", "O"), ("", "…", " fin"), ("«", "€", "»")],
)
def test_a_character_cut_short_in_the_middle_is_one_mark_of_damage(start: str, letter: str, end: str) -> None:
    text = LONG + "…€Ñ" * 9
    decoded = decode(text.encode() + start.encode() + letter.encode()[:-1] + f"{end}\n{LINE}".encode())
    assert decoded is not None
    assert decoded.text == f"{text}{start}\ufffd{end}\n{LINE}"
    assert [defect.code for defect in decoded.defects] == ["broken_encoding"]


@pytest.mark.parametrize("letter", ["ó", "…"])
def test_a_character_cut_short_at_the_end_is_left_out(letter: str) -> None:
    decoded = decode(f"{LONG}…fin".encode() + letter.encode()[:-1])
    assert decoded is not None
    assert decoded.text == f"{LONG}…fin"
    assert [defect.code for defect in decoded.defects] == ["truncated"]


def test_a_last_letter_that_starts_no_character_of_the_text_is_of_a_code_page() -> None:
    decoded = decode(LINE.encode() * 3 + "JOSÉ".encode("cp1252"))
    assert decoded is not None
    assert decoded.text == LINE * 3 + "JOSÉ"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Иван пошёл в магазин и купил хлеб\n", "cp1251"),
        ("今天天气很好,我们去公园\n", "gb18030"),
        ("오늘은 날씨가 좋다\n", "cp949"),
        ("วันนี้อากาศดี\n", "cp874"),
        ("Código de región, año\n", "cp1252"),
        ("Código de región, año\n", "cp850"),
    ],
)
def test_a_code_page_is_not_taken_for_broken_utf8(text: str, codec: str) -> None:
    assert mend((text * 200).encode(codec)) is None


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_what_is_valid_stays(before: bytes, after: bytes) -> None:
    decoded = decode(
        (LINE * 100).encode() + before.replace(b"\0", b"") + b"\n" + (LINE * 100).encode() + after.replace(b"\0", b"")
    )
    assert decoded is None or (decoded.encoding != "utf-8" or decoded.text.count(LINE) >= 200)
