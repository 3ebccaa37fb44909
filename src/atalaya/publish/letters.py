"""Letters: paragraphs of a template filled with what is known, and as plain text or as a document that people can edit."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from atalaya.countries.letters import places_of
from atalaya.publish.words import clean

LONGEST = 600
"""Characters of a value that a letter takes."""

_MADE = (1980, 1, 1, 0, 0, 0)
"""The moment of every file inside a document: the same letter is the same bytes."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to be sent: who it is to, line by line, its title, its paragraphs, and the lines to be signed under."""

    to: tuple[str, ...]
    title: str
    paragraphs: tuple[str, ...]
    closing: tuple[str, ...]


def filled(paragraphs: Sequence[str], values: Mapping[str, str | None]) -> tuple[str, ...]:
    """The paragraphs with their places filled; one of which something is not known is left out.

    >>> filled(("Under {law}", "Of {periods}"), {"law": "the law", "periods": None})
    ('Under the law',)
    """
    known = {name: clean(value, LONGEST) for name, value in values.items() if value}
    kept = (paragraph for paragraph in paragraphs if set(places_of(paragraph)) <= known.keys())
    return tuple(_fill(paragraph, known) for paragraph in kept)


def _fill(paragraph: str, values: Mapping[str, str]) -> str:
    """Put the values in; the end of a value that is a sentence does not end it twice."""
    parts = []
    rest = paragraph
    for name in places_of(paragraph):
        before, _, rest = rest.partition(f"{{{name}}}")
        value = values[name]
        parts += [before, value.rstrip(".") if rest.startswith(".") else value]
    return "".join((*parts, rest))


def as_text(letter: Letter) -> str:
    """The letter as plain text, paragraphs parted by empty lines."""
    return "\n\n".join(("\n".join(letter.to), letter.title, *letter.paragraphs, "\n".join(letter.closing))) + "\n"


def as_docx(letter: Letter, language: str) -> bytes:
    """The letter as a document of Office Open XML (ECMA-376), which word processors open and edit."""
    lines = [
        *((line, False, 0) for line in letter.to),
        ("", False, 0),
        (letter.title, True, 200),
        *((text, False, 200) for text in letter.paragraphs),
        ("", False, 0),
        *((line, False, 0) for line in letter.closing),
    ]
    body = "".join(_paragraph(text, language, bold=bold, after=after) for text, bold, after in lines)
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f'{body}<w:sectPr><w:pgSz w:w="12240" w:h="15840"/>'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="0" w:footer="0" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document),
        ):
            package.writestr(zipfile.ZipInfo(name, _MADE), text, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _paragraph(text: str, language: str, *, bold: bool, after: int) -> str:
    weight = "<w:b/>" if bold else ""
    run = f'<w:rPr>{weight}<w:sz w:val="22"/><w:lang w:val="{language}"/></w:rPr>'
    spacing = f'<w:pPr><w:spacing w:after="{after}"/></w:pPr>'
    return f'<w:p>{spacing}<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
