"""Readers that stay loaded say of every file what a process of its own says, and survive files that kill their fork."""

from dataclasses import replace

from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.limits import DEFAULT
from tests.inspection.pdf_pages import grid, pdf, picture, text

WARM = replace(DEFAULT, warm=True)
REPORT = pdf(text("Informe anual", "Segunda línea"), grid([["a", "b"], ["1", "2"], ["3", "4"]]))


def test_a_file_is_found_to_be_the_same_by_either_process() -> None:
    for data in (REPORT, pdf(picture()), REPORT[:400], b"%PDF-1.4 nothing"):
        assert inspect_bytes(data, limits=WARM) == inspect_bytes(data)


def test_a_file_that_takes_more_than_it_may_harms_no_other() -> None:
    long = pdf(*(text(*(f"Renglón {line} de la página {page} " * 3 for line in range(35))) for page in range(80)))
    heavy = inspect_bytes(long, limits=replace(WARM, seconds=1))
    assert [defect.code for defect in heavy.defects][-1:] == ["bomb"]
    assert inspect_bytes(REPORT, limits=WARM).document is not None


def test_the_beginning_of_a_text_is_told() -> None:
    document = inspect_bytes(REPORT, limits=WARM).document
    assert document is not None
    assert document.opening == "Informe anual Segunda línea"
