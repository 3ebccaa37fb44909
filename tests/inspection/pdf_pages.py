"""Small PDF files written by hand: pages of text, of lines, of one picture."""

from collections.abc import Sequence

Grid = Sequence[Sequence[str]]
LEFT, TOP, WIDE, HIGH = 50, 750, 120, 20
PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\n"
    b"stream\n\x80\nendstream"
)


def text(*lines: str) -> bytes:
    """A page of lines of text."""
    return b"".join(_write(LEFT, TOP - 20 * at, line) for at, line in enumerate(lines))


def grid(rows: Grid) -> bytes:
    """A table whose cells are drawn as rectangles."""
    out = b""
    for down, row in enumerate(rows):
        for across, cell in enumerate(row):
            left, bottom = LEFT + WIDE * across, TOP - HIGH * (down + 1)
            out += f"{left} {bottom} {WIDE} {HIGH} re S\n".encode() + _write(left + 3, bottom + 6, cell)
    return out


def picture() -> bytes:
    """A page that is one picture, as scanners make it."""
    return b"q 600 0 0 800 0 0 cm /Im Do Q\n"


def _write(left: int, bottom: int, words: str) -> bytes:
    shown = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F 9 Tf %d %d Td (%s) Tj ET\n" % (left, bottom, shown)


def pdf(*contents: bytes) -> bytes:
    """A file with these pages."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    pages = [5 + 2 * at for at in range(len(contents))]
    kids = b" ".join(b"%d 0 R" % number for number in pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % len(contents),
        font,
        PICTURE,
    ]
    for number, content in zip(pages, contents, strict=True):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> /XObject << /Im 4 0 R >> >> >>" % (number + 1)
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
