"""Large sheets read with arrays: whatever a workbook holds, what is told of it is what the native reader tells."""

import io
import random
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from atalaya.inspection import body, inspector, regular_sheets, spreadsheets
from atalaya.inspection.findings import Inspection
from atalaya.inspection.limits import DEFAULT, Limits
from atalaya.inspection.sheet_tags import Irregular
from atalaya.inspection.sheet_texts import _whole_numbers

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
STYLES = (
    f'<styleSheet {MAIN}><numFmts count="3"><numFmt numFmtId="170" formatCode="[h]:mm"/>'
    '<numFmt numFmtId="171" formatCode="dd/mm/yyyy;@"/><numFmt numFmtId="172" formatCode="#,##0.00&quot; d&quot;"/></numFmts>'
    '<cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"><protection/></xf><xf numFmtId="170"/>'
    '<xf numFmtId="171"/><xf numFmtId="172"/></cellXfs></styleSheet>'
)
SHARED = (
    "<si><t>uno</t></si>", "<si><t>dos tres</t></si>", '<si><t xml:space="preserve"> con borde </t></si>',
    "<si><t>a &amp; b &lt; c &#233;</t></si>", "<si><t>línea_x000D_\n otra</t></si>", "<si><t/></si>", "<si/>",
    '<si><r><t>a</t></r><r><rPr><b/><sz val="11"/></rPr><t xml:space="preserve"> b</t></r></si>', "<si><t>12,5</t></si>",
    "<si><t>N/D</t></si>", "<si><t> sin marca\t</t></si>", "<si><t>2020-03-01</t></si>", "<si><t>\u00a0duro\u00a0</t></si>",
)  # fmt: skip


def book(
    sheets: list[tuple[str, str, str]], shared: str = "".join(SHARED), properties: str = "", styles: str = STYLES
) -> bytes:
    """A workbook of sheets, each given as what stands before its rows, its rows, and what stands behind them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        places = range(1, len(sheets) + 1)
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {MAIN} xmlns:r="{OFFICE}">{properties}<sheets>'
            + "".join(f'<sheet name="h{n}" sheetId="{n}" r:id="r{n}"/>' for n in places)
            + "</sheets></workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{RELATIONS}">'
            + "".join(
                f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in places
            )
            + "</Relationships>",
        )
        archive.writestr("xl/styles.xml", styles)
        archive.writestr("xl/sharedStrings.xml", f'<?xml version="1.0" encoding="UTF-8"?>\n<sst {MAIN}>{shared}</sst>')
        for number, (before, rows, behind) in enumerate(sheets, 1):
            text = f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{behind}</worksheet>"
            archive.writestr(f"xl/worksheets/sheet{number}.xml", text)
    return out.getvalue()


def letters(column: int) -> str:
    told = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        told = chr(65 + rest) + told
    return told


def cell(chance: random.Random, address: str) -> str:
    """A cell as programs write it."""
    number = chance.choice(
        [str(chance.randrange(-50, 3_000)), repr(chance.uniform(-1e6, 1e6)), f"{chance.random():.2f}", "1.50", "1E-7",
         "12345678901234567890", "0.1000000000000000055", "-0", "1e3", "0.00012", "100000000000000000"]
    )  # fmt: skip
    day = chance.choice([str(chance.randrange(61, 60_000)), repr(chance.uniform(61, 60_000)), "0.5", "2958465"])
    text = chance.choice(["x", "Q 1,5 &amp; más", " borde ", "", "_x0041_", "no"])
    return chance.choice(
        [
            f'<c r="{address}"><v>{number}</v></c>',
            f'<c r="{address}" s="{chance.choice([0, 5])}"><v>{number}</v></c>',
            f'<c r="{address}" t="s"><v>{chance.randrange(len(SHARED))}</v></c>',
            f'<c r="{address}" s="1" t="s"><v>{chance.randrange(len(SHARED))}</v></c>',
            f'<c r="{address}" s="{chance.choice([1, 2, 4])}"><v>{day}</v></c>',
            f'<c r="{address}" t="b"><v>{chance.randrange(2)}</v></c>',
            f'<c r="{address}" t="e"><v>{chance.choice(["#N/A", "#DIV/0!", "#REF!"])}</v></c>',
            f'<c r="{address}"><f>SUM(A1:B2)&gt;1</f><v>{number}</v></c>',
            f'<c r="{address}" t="str"><f t="shared" si="0"/><v>{text}</v></c>',
            f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>',
            f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>',
            f'<c r="{address}" s="3"/>',
            f'<c r="{address}"></c>',
            f'<c r="{address}"><v></v></c>',
            f'<c r="{address}"><f>A1</f></c>',
            "",
        ]
    )


def rows(chance: random.Random, height: int, width: int, odd: float = 0.2) -> str:
    """A table as programs write it, in which a share of the cells is of any kind."""
    found, number, left = [], chance.randrange(1, 4), chance.randrange(3)
    for row in range(height):
        if chance.random() < 0.02:
            number += chance.randrange(3)
        cells = []
        for column in range(width):
            address = f"{letters(left + column)}{number}"
            if row == 0:
                cells.append(f'<c r="{address}" t="inlineStr"><is><t>columna {column}</t></is></c>')
            elif chance.random() < odd:
                cells.append(cell(chance, address))
            elif column % 2:
                cells.append(f'<c r="{address}" t="s"><v>{(row + column) % 2}</v></c>')
            else:
                cells.append(f'<c r="{address}"><v>{row * (column + 1)}</v></c>')
        inside = "".join(cells)
        more = chance.choice(["", ' spans="1:9"', ' ht="15.75" customHeight="1"'])
        found.append(f'<row r="{number}"{more}>{inside}</row>' if inside else f'<row r="{number}"{more}/>')
        number += 1
    return "".join(found)


@pytest.fixture
def any_size(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Sheets of any size are read with arrays, in pieces of some rows; gives the reasons for which some were not."""
    refused: list[str] = []
    monkeypatch.setattr(regular_sheets, "_LEAST", 0)
    monkeypatch.setattr(regular_sheets, "_PIECE", 4_000)
    monkeypatch.setattr(Irregular, "__init__", lambda self, reason: refused.append(reason))
    return refused


def inspected(data: bytes, limits: Limits = DEFAULT, *, arrays: bool) -> Inspection:
    with pytest.MonkeyPatch.context() as patched:
        if not arrays:
            patched.setattr(spreadsheets, "regular_book", lambda *_: None)
        return inspector.inspect_bytes(data, url="https://datos.example/a.xlsx", limits=limits)


def same(data: bytes, limits: Limits = DEFAULT) -> Inspection:
    """What is told of a workbook, which must be the same both ways: with few cells kept, and with all."""
    for kept, first in ((True, body._FIRST), (False, 0)):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(body, "_FIRST", first)
            each = replace(limits, cells_kept=kept)
            found = inspected(data, each, arrays=True)
            assert repr(found) == repr(inspected(data, each, arrays=False))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_what_programs_write_is_told_as_the_native_reader_tells_it(seed: int, any_size: list[str]) -> None:
    chance = random.Random(seed)
    merged = '<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="C5:C9"/></mergeCells>'
    table = rows(chance, chance.randrange(30, 900), chance.randrange(2, 9), odd=chance.choice([0.0, 0.02, 0.3]))
    found = same(book([("<dimension ref='A1:ZZ9'/>", table, chance.choice(["", merged]))]))
    assert found.tables
    assert any_size == []


def test_blocks_are_taken_whole(any_size: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "_FIRST", 0)
    taken: list[int] = []
    whole = body.Body._take_block
    monkeypatch.setattr(
        body.Body, "_take_block", lambda own, block, number: (taken.append(len(block)), whole(own, block, number))
    )
    data = book([("", rows(random.Random(1), 8_000, 4, odd=0.0), "")])
    assert inspected(data, arrays=True).tables[0].rows == 7_999
    assert sum(taken) > 3_000
    assert any_size == []


@pytest.mark.parametrize(
    "inside",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><!-- <c r="B1"><v>2</v></c> -->',
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v><![CDATA[2]]></v></c></row>',
        '<row r="1"><c><v>1</v></c><c><v>2</v></c></row>',
        "<row><c><v>1</v></c></row><row><c><v>2</v></c></row>",
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A7"><v>1</v></c><c r="B9"><v>2</v></c></row>',
        '<row r="1"><c s="1" r="A1"><v>43000</v></c><c r="B1" s="3"><v>1.5</v></c></row>',
        '<row r="1"><c r="A1" s="1"><v>5</v></c><c r="B1" s="1"><v>2958466</v></c><c r="C1" s="1"><v>-3</v></c></row>',
        '<row r="1"><c r="A1" s="99"><v>5</v></c><c r="B1" t="n" s="0"><v>x</v></c></row>',
        '<row r="1"><c r="A1"><v>abc</v></c><c r="B1"><v> 5</v></c><c r="C1"><v>inf</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>999</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c><c r="B1" t="s"><v>x1</v></c></row>',
        '<row r="1"><c r="A1" t="b"><v>TRUE</v></c><c r="B1" t="b"><v></v></c></row>',
        '<row r="1"><c r="A1" t="e"><v>#FOO!</v></c></row>',
        '<row r="1"><c r="A1" t="d"><v>2020-01-01T00:00:00</v></c></row>',
        '<row r="1"><c r="A1" t="date"><v>43000</v></c><c r="B1" t="number"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><f>A2</f></c><c r="B1"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><v>1</v></c><c r="B1"><is><t>x</t></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>x</t></r></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is><v>9</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>a&bogus;b</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>\r\na\rb&#10;</v></c><c r="B1" t="str"><v>_xD83D_</v></c></row>',
        '<row r="1"> <c r="A1"><v>1</v></c>\n<c r="B1"><v>2</v></c></row>',
        '<x:row xmlns:x="x" r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"/></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><extLst/></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="3" a="b" c=d><c r="A3"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1<b>2</b></v></c></row>',
        '<row r="1"><c r="A1" x="&gt;"><v>1</v></c><c r="B1"><v>1>2</v></c></row>',
        '<row r="1"><c r="A1"><v>\x01\x01</v></c></row>',
        '<row r="1"/><row r="2"><c r="A2"/></row>',
        "",
    ],
)
def test_what_is_written_otherwise_is_left_to_the_native_reader(inside: str, any_size: list[str]) -> None:
    same(book([("", inside, ""), ("", rows(random.Random(3), 20, 3), "")]))


@pytest.mark.parametrize(
    "shared",
    [
        "<si><t>a</t><rPh sb='0' eb='1'><t>b</t></rPh></si>",
        "<si>\n<t>a</t>\n</si>",
        "<si><t>a</t><t>b</t></si>",
        "<si><t>a > b</t></si><si><t>x\x0c </t></si>",
        "<si><t>&bogus;</t></si>",
        "<si><t>a</t></si><!-- <si><t>b</t></si> --><si><t>c</t></si>",
        "<si><r><t>_x00</t></r><r><t>41_</t></r></si>",
        "<si><t> a</t></si><si><t>b</t></si>",
        "<si><t>a\r\nb</t></si><si><t>&#13;c</t></si>",
        "",
    ],
)
def test_shared_strings_are_told_as_the_native_reader_tells_them(shared: str, any_size: list[str]) -> None:
    cells = "".join(f'<c r="{letters(n)}1" t="s"><v>{n}</v></c>' for n in range(shared.count("<si>")))
    same(book([("", f'<row r="1">{cells}</row>', "")], shared=shared))


def test_columns_that_come_late_are_found(any_size: list[str]) -> None:
    early = "".join(
        f'<row r="{n}"><c r="B{n}" t="s"><v>{n % 2}</v></c><c r="C{n}"><v>{n}</v></c></row>' for n in range(1, 900)
    )
    late = '<row r="901"><c r="A901"><v>5</v></c><c r="E901"><v>6</v></c></row>'
    assert len(same(book([("", early + late, "")])).tables[0].columns) == 5
    assert any_size == []


def test_days_counted_from_1904_are_left_to_the_native_reader(any_size: list[str]) -> None:
    table = "".join(
        f'<row r="{n}"><c r="A{n}" s="1"><v>{n + 40_000}</v></c><c r="B{n}"><v>{n}</v></c></row>' for n in range(1, 60)
    )
    same(book([("", table, "")], properties='<workbookPr date1904="1"/>'))
    assert any_size


def test_a_sheet_of_too_many_cells_is_a_bomb_both_ways(any_size: list[str]) -> None:
    found = same(book([("", rows(random.Random(2), 300, 5, odd=0.0), "")]), Limits(cells=100))
    assert found.defects[0].code == "bomb"
    assert found.tables == ()
    assert any_size


@pytest.mark.parametrize("seed", range(16))
def test_broken_sheets_are_told_alike(seed: int, any_size: list[str]) -> None:
    """Bytes of a sheet changed, lost or doubled at random."""
    chance = random.Random(seed)
    text = rows(chance, 40, 4)
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(len(text))
        piece = text[place : place + chance.randrange(1, 12)]
        text = text[:place] + chance.choice(["", piece * 2, chance.choice('<>/"& 0A=')]) + text[place + len(piece) :]
    same(book([("", text, "")]))


def test_a_cut_file_is_told_alike(any_size: list[str]) -> None:
    data = book([("", rows(random.Random(4), 300, 5), "")])
    for size in (len(data) // 2, len(data) - 30):
        same(data[:size])


def test_small_workbooks_are_left_to_the_native_reader(tmp_path: Path) -> None:
    assert regular_sheets.regular_book(book([("", rows(random.Random(4), 300, 5), "")]), Limits()) is None


def test_whole_numbers_are_read_from_words() -> None:
    chance = random.Random(1)
    texts = [str(chance.randrange(10 ** chance.randrange(1, 9))).zfill(chance.randrange(9)) for _ in range(500)]
    words = np.array([int.from_bytes(text.encode().ljust(8, b"<"), "little") for text in texts], np.uint64)
    sizes = np.array(list(map(len, texts)))
    assert _whole_numbers(words, sizes).tolist() == list(map(int, texts))
    for bad in ("/", ":", "1-", "\xff"):
        word = int.from_bytes(bad.encode("latin-1").ljust(8, b"\0"), "little")
        with pytest.raises(Irregular):
            _whole_numbers(np.array([word], np.uint64), np.array([len(bad)]))
    assert pa.array(_whole_numbers(words, sizes)).type == pa.int32()
