"""Letters: only what is known is said, as text and as a document that word processors open."""

import io
import zipfile
from xml.etree import ElementTree

import pytest

from atalaya.publish.letters import Letter, as_docx, as_text, filled

LETTER = Letter(("Office", 'Ministry <&> "x"'), "Request", ("Under {law}: ñandú & <b>", "Second"), ("Name: ____",))
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize(
    ("paragraphs", "values", "expected"),
    [
        (("a {x} b {y}.",), {"x": "1", "y": "2"}, ("a 1 b 2.",)),
        (("a {x}", "b {y}", "c"), {"x": "1", "y": None}, ("a 1", "c")),
        (("a {x}",), {"x": ""}, ()),
        (("a {x}.",), {"x": "It stands."}, ("a It stands.",)),
        (("{x} {y}",), {"x": "{y}", "y": "1"}, ("{y} 1",)),  # a value is never filled again
        (("{x}{x}",), {"x": "1"}, ("11",)),
        (("a {x}",), {"x": "line\nbreak \u202e back"}, ("a line break back",)),
    ],
)
def test_places_are_filled_or_their_paragraph_is_left_out(paragraphs, values, expected) -> None:
    assert filled(paragraphs, values) == expected


def test_a_text_has_everything_in_its_order() -> None:
    text = as_text(LETTER)
    assert text.index("Office") < text.index("Request") < text.index("Second") < text.index("Name: ____")


def test_a_document_holds_the_same_words() -> None:
    body = as_docx(LETTER, "es")
    assert body == as_docx(LETTER, "es")
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        assert package.testzip() is None
        assert set(package.namelist()) == {"[Content_Types].xml", "_rels/.rels", "word/document.xml"}
        root = ElementTree.fromstring(package.read("word/document.xml"))
    lines = ["".join(text.text or "" for text in paragraph.iter(f"{WORD}t")) for paragraph in root.iter(f"{WORD}p")]
    assert [line for line in lines if line] == [*LETTER.to, LETTER.title, *LETTER.paragraphs, *LETTER.closing]
    assert {lang.get(f"{WORD}val") for lang in root.iter(f"{WORD}lang")} == {"es"}
