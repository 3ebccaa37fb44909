"""Writers of what people make to be looked at: pictures of paper as PDF, and documents of a word processor, with fixed bytes."""

import hashlib
from xml.sax.saxutils import escape

from atalaya.samples.files.containers import archive

_WIDTH, _HEIGHT = 152, 208
"""Dots of a picture of paper: enough for lines of grey that nobody reads, and few bytes."""

_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def scan(text: str) -> bytes:
    """A PDF of one page that is a picture (ISO 32000 §8.9); other texts give other pictures, which say nothing to a machine."""
    picture = _picture(text)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im1 5 0 R >> >> >>",
        _stream(b"", b"q 595 0 0 842 0 0 cm /Im1 Do Q"),
        _stream(
            b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1 "
            % (_WIDTH, _HEIGHT),
            picture,
        ),
    )
    body, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + tail


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<< %b/Length %d >>\nstream\n%b\nendstream" % (entries, len(content), content)


def _picture(text: str) -> bytes:
    """Rows of dots: white paper with broken grey lines, eight dots high with eight of white between them."""
    wide = _WIDTH // 8
    noise = hashlib.shake_256(text.encode()).digest(wide * _HEIGHT)
    white = b"\xff" * wide
    rows = (
        white
        if row // 8 % 2 == 0 or row > _HEIGHT - 24
        else b"\xff" + noise[row * wide : (row + 1) * wide - 2] + b"\xff"
        for row in range(_HEIGHT)
    )
    return b"".join(rows)


def word_document(title: str, lines: tuple[str, ...]) -> bytes:
    """A DOCX (ECMA-376) of a title and paragraphs."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in (title, *lines))
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    root = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    document = f'<w:document xmlns:w="{_WORDS}"><w:body>{paragraphs}</w:body></w:document>'
    parts = (("[Content_Types].xml", types), ("_rels/.rels", root), ("word/document.xml", document))
    return archive(tuple((path, (_HEAD + text).encode()) for path, text in parts))
