"""Word, PowerPoint and OpenDocument: tables as tables, the text measured, passwords and damage told."""

import struct
from collections.abc import Callable, Mapping, Sequence

import pytest

from atalaya.inspection.findings import Document
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.limits import Limits

ZipOf = Callable[[Mapping[str, bytes | str]], bytes]
ROWS = (("Municipio", "Casos"), ("Cobán", "3"), ("Flores", "5"))


def word_table(rows: Sequence[Sequence[str]]) -> str:
    cells = ("".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(body: str) -> dict[str, bytes | str]:
    return {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="urn:w"><w:body>{body}</w:body></w:document>',
        "docProps/app.xml": "<Properties><Pages>4</Pages></Properties>",
    }


def odt(body: str, mimetype: str = "application/vnd.oasis.opendocument.text") -> dict[str, bytes | str]:
    names = 'xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:draw="d"'
    return {
        "mimetype": mimetype,
        "content.xml": f"<office:document-content {names}>{body}</office:document-content>",
        "meta.xml": '<m xmlns:meta="m"><meta:document-statistic meta:table-count="1" meta:page-count="7"/></m>',
    }


def test_tables_of_word(zip_of: ZipOf) -> None:
    body = "<w:p><w:r><w:t>Informe</w:t></w:r></w:p>" + word_table(ROWS) + word_table([("solo un marco",)])
    inspection = inspect_bytes(zip_of(docx(body)))
    (table,) = inspection.tables
    assert (inspection.format, table.name, table.rows, table.content) == ("docx", "table 1", 2, "page")
    assert [(column.name, column.kind) for column in table.columns] == [("Municipio", "text"), ("Casos", "integer")]
    assert inspection.document == Document(pages=4, characters=47, tables=1)


def test_merged_cells_of_word_keep_their_place(zip_of: ZipOf) -> None:
    merged = (
        '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
        "<w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>"
    ) + word_table([("x", "1", "2"), ("y", "3", "4")]).removeprefix("<w:tbl>")
    (table,) = inspect_bytes(zip_of(docx(merged))).tables
    assert (len(table.columns), table.ragged) == (3, 0)


def test_a_table_inside_a_cell_is_text_of_it(zip_of: ZipOf) -> None:
    inner = word_table(ROWS)
    outer = word_table([("a", "b"), ("c", "d")]).replace("<w:t>d</w:t></w:r></w:p>", "<w:t>d</w:t></w:r></w:p>" + inner)
    tables = inspect_bytes(zip_of(docx(outer))).tables
    assert [(table.name, len(table.columns)) for table in tables] == [("table 1", 2)]


def test_tables_of_opendocument_with_repeated_cells(zip_of: ZipOf) -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    rows = "".join(f"<table:table-row>{cell.format('', a)}{cell.format('', b)}</table:table-row>" for a, b in ROWS) + (
        '<table:table-row table:number-rows-repeated="2">'
        + cell.format(' table:number-columns-repeated="2"', "7")
        + "</table:table-row>"
    )
    body = f"<text:h>Título</text:h><table:table>{rows}</table:table><text:p>fin</text:p>"
    inspection = inspect_bytes(zip_of(odt(body)))
    (table,) = inspection.tables
    assert (inspection.format, table.rows, [column.filled for column in table.columns]) == ("odt", 4, [4, 4])
    assert inspection.document is not None
    assert inspection.document.pages == 7


def test_slides_are_pages(zip_of: ZipOf) -> None:
    slide = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>Lámina {}</a:t></a:r></a:p>{}</p:sld>'
    rows = "".join(
        "<a:tr>"
        + "".join(f"<a:tc><a:txBody><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:txBody></a:tc>" for cell in row)
        + "</a:tr>"
        for row in ROWS
    )
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "ppt/slides/slide10.xml": slide.format(10, f"<a:tbl>{rows}</a:tbl>"),
        "ppt/slides/slide2.xml": slide.format(2, ""),
    }
    inspection = inspect_bytes(zip_of(members))
    assert inspection.document == Document(pages=2, characters=44, tables=1)
    presentation = odt(
        "<draw:page><text:p>a</text:p></draw:page><draw:page/>", "application/vnd.oasis.opendocument.presentation"
    )
    assert inspect_bytes(zip_of(presentation)).document == Document(pages=2, characters=1, tables=0)


def test_a_document_without_text_is_empty(zip_of: ZipOf) -> None:
    assert [defect.code for defect in inspect_bytes(zip_of(docx("<w:p/>"))).defects] == ["empty_file"]


def test_equal_text_has_equal_content(zip_of: ZipOf) -> None:
    plain = inspect_bytes(zip_of(docx("<w:p><w:r><w:t>Hola mundo</w:t></w:r></w:p>")))
    split = inspect_bytes(zip_of(docx("<w:p><w:r><w:t>Hola </w:t></w:r><w:r><w:t>mundo</w:t></w:r></w:p>")))
    other = inspect_bytes(zip_of(docx("<w:p><w:r><w:t>Hola a todos</w:t></w:r></w:p>")))
    assert plain.content_sha256 == split.content_sha256 != other.content_sha256


@pytest.mark.parametrize(
    ("body", "code"),
    [("<w:p><w:r><w:t>x</w:t>", "unreadable"), ("<table:table-row", "unreadable")],
)
def test_broken_markup_is_told(zip_of: ZipOf, body: str, code: str) -> None:
    defects = inspect_bytes(zip_of(docx(body))).defects
    assert [(defect.code, defect.place) for defect in defects] == [(code, "word/document.xml")]


def test_entities_and_endless_rows_are_bombs(zip_of: ZipOf) -> None:
    laughs = '<!DOCTYPE d [<!ENTITY a "ja">]><w:document xmlns:w="urn:w">&a;</w:document>'
    assert [d.code for d in inspect_bytes(zip_of({**docx(""), "word/document.xml": laughs})).defects] == ["bomb"]
    cell = '<table:table-cell table:number-columns-repeated="999"><text:p>x</text:p></table:table-cell>'
    rows = f'<table:table-row table:number-rows-repeated="999">{cell}</table:table-row>' * 5
    defects = inspect_bytes(zip_of(odt(f"<table:table>{rows}</table:table>")), limits=Limits(cells=10_000)).defects
    assert [defect.code for defect in defects] == ["bomb"]


def old_word(flags: int) -> bytes:
    """An OLE2 file of one stream, WordDocument, whose information block has these flags (MS-DOC §2.5.2)."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHH", 0x3E, 3, 0xFFFE, 9)
    head += bytes(8) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    head = head.ljust(512, b"\0")
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE, *[0xFFFFFFFF] * 118)
    name = "WordDocument".encode("utf-16-le") + b"\0\0"
    entry = name.ljust(64, b"\0") + struct.pack("<HBB", len(name), 2, 1) + struct.pack("<III", *[0xFFFFFFFF] * 3)
    entry = entry.ljust(116, b"\0") + struct.pack("<IQ", 2, 4096)
    block = b"\xec\xa5" + struct.pack("<H", 193) + bytes(6) + struct.pack("<H", flags)
    return head + table + entry.ljust(512, b"\0") + block.ljust(4096, b"\0")


@pytest.mark.parametrize(("flags", "codes"), [(0x0100, ["password_protected"]), (0x0200, [])])
def test_old_word_says_whether_it_is_encrypted(flags: int, codes: list[str]) -> None:
    inspection = inspect_bytes(old_word(flags))
    assert (inspection.format, [defect.code for defect in inspection.defects]) == ("doc", codes)
