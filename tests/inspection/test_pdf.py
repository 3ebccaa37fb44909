"""PDF: text or scan, and the tables that lines draw on pages; what checks make of them."""

from atalaya.inspection.findings import Document
from atalaya.inspection.inspector import inspect_bytes
from tests.inspection.pdf_pages import grid, pdf, picture, text

HEADER = ("Municipio", "Casos", "Tasa")
WORDS = text("Informe de labores del año", "Se atendieron los casos siguientes")


def rows(start: int, number: int) -> list[tuple[str, str, str]]:
    return [(f"Lugar {n}", str(n), f"{n}.5") for n in range(start, start + number)]


def test_pages_are_text_or_scans() -> None:
    document = inspect_bytes(pdf(WORDS, picture(), picture() + WORDS, text("3"), text())).document
    assert document is not None
    assert (document.pages, document.text_pages, document.scanned_pages, document.tables) == (5, 2, 1, 0)
    assert document.characters > 100


def test_a_table_drawn_with_lines_is_read() -> None:
    inspection = inspect_bytes(pdf(WORDS, grid([HEADER, *rows(1, 6)])))
    (table,) = inspection.tables
    assert (table.name, table.rows, table.content, table.header_row) == ("page 2", 6, "page", 1)
    assert [(column.name, column.kind) for column in table.columns] == [
        ("Municipio", "text"), ("Casos", "integer"), ("Tasa", "number"),
    ]  # fmt: skip
    assert inspection.data_tables == ()


def test_a_table_goes_on_over_pages_and_its_header_repeats() -> None:
    first, second, third = (grid([HEADER, *rows(n, 20)]) for n in (1, 21, 41))
    (table,) = inspect_bytes(pdf(first, second, third)).tables
    assert (table.name, table.rows) == ("pages 1 to 3", 60)


def test_tables_of_other_widths_stay_apart() -> None:
    wide = grid([("a", "b", "c", "d"), *[(str(n), "x", "y", "z") for n in range(4)]])
    tables = inspect_bytes(pdf(grid([HEADER, *rows(1, 4)]), wide)).tables
    assert [(table.name, len(table.columns)) for table in tables] == [("page 1", 3), ("page 2", 4)]


def test_frames_around_text_and_page_headers_are_no_tables() -> None:
    frame = grid([("Un aviso con marco alrededor del texto",)])
    header = grid([("Ministerio", "Memoria de labores")])
    inspection = inspect_bytes(pdf(frame, header, header + WORDS))
    assert inspection.tables == ()
    assert inspection.document == Document(pages=3, text_pages=3, scanned_pages=0, characters=136, tables=0)


def test_a_page_that_cannot_be_read_is_told_and_the_one_before_is_read() -> None:
    first, _, last = pdf(grid([HEADER, *rows(1, 4)]), WORDS).rpartition(b"/MediaBox [0 0 600 800]")
    inspection = inspect_bytes(first + b"/MediaBox [0 0 600  /A]" + last)
    assert [(defect.code, defect.place) for defect in inspection.defects] == [("unreadable", "page 2")]
    assert [table.rows for table in inspection.tables] == [4]


def test_what_only_begins_as_a_pdf() -> None:
    inspection = inspect_bytes(b"%PDF-1.4\n" + b"no page" * 50)
    assert {defect.code for defect in inspection.defects} == {"truncated", "unreadable"}
