"""Printing asks the network for nothing, ends in time, and gives the same bytes for the same page."""

import io

import pikepdf
import pytest

from atalaya.publish.printing import CHARACTERS, PrintingError, to_pdf

HEAD = '<meta charset="utf-8"><title>Un plan</title>'
PAGE = f'<!doctype html><html lang="es"><head>{HEAD}</head><body><h1>Uno</h1>{{}}</body></html>'


def test_a_page_is_tagged_and_says_its_language() -> None:
    made = to_pdf(PAGE.format("<p>áéí</p>"))
    assert made == to_pdf(PAGE.format("<p>áéí</p>"))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.Root.Lang == "es"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.docinfo.Title == "Un plan"


@pytest.mark.parametrize(
    "asked",
    [
        '<img src="http://127.0.0.1:9/a.png" alt="">',
        '<img src="file:///etc/hostname" alt="">',
        '<link rel="stylesheet" href="https://x.example/a.css">',
        '<img src="package:../../../settings.py" alt="">',
        "<style>@font-face{font-family:x;src:url(file:///etc/hostname)}p{font-family:x}</style><p>x</p>",
    ],
)
def test_a_page_that_asks_for_anything_is_not_printed(asked: str) -> None:
    with pytest.raises(PrintingError, match="may not ask for"):
        to_pdf(PAGE.format(asked))


def test_long_pages_and_long_work_end() -> None:
    with pytest.raises(PrintingError, match="shorten it"):
        to_pdf("x" * (CHARACTERS + 1))
    with pytest.raises(PrintingError, match=r"not printed in 0\.2 s"):
        to_pdf(PAGE.format("<table><tr><td>x</td></tr></table>" * 5000), seconds=0.2)
    with pytest.raises(PrintingError, match="could not be printed"):
        to_pdf(PAGE.format("<p>x</p>"), megabytes=60)
