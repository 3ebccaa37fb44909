"""Files as people send them, and as those who mean ill do; all made here, all harmless."""

import io
import struct
import zipfile
import zlib

from openpyxl import Workbook
from PIL import Image

CSV = "municipio,año,monto\nUno,2024,10\nDos,2024,20\nTres,2025,30\n".encode()


def zipped(members: dict[str, bytes], comment: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.comment = comment
    return stream.getvalue()


def workbook(extra: dict[str, bytes] | None = None) -> bytes:
    stream = io.BytesIO()
    book = Workbook()
    for row in (("municipio", "monto"), ("Uno", 10), ("Dos", 20), ("DDE 2024 cmd|' /c", 5)):
        book.active.append(row)
    book.save(stream)
    return added(stream.getvalue(), extra or {})


def added(data: bytes, extra: dict[str, bytes]) -> bytes:
    if not extra:
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    return zipped({**members, **extra})


def document(text: str) -> bytes:
    types = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    body = f'<?xml version="1.0"?><w:document xmlns:w="w"><w:body><w:p><w:r>{text}</w:r></w:p></w:body></w:document>'
    return zipped({"[Content_Types].xml": types, "word/document.xml": body.encode()})


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 48), **saved: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (10, 120, 90)).save(stream, kind, **saved)
    return stream.getvalue()


def pdf(extra: bytes = b"", packed: bytes = b"") -> bytes:
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    parts += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"]
    parts += [b"<< %s >>" % extra] if extra else []
    if packed:
        data = zlib.compress(packed)
        head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(data)
        parts.append(head + b"\nstream\n" + data + b"\nendstream")
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)


def compound(names: tuple[str, ...]) -> bytes:
    """A compound file of version 3: a header, one sector of its table, one of its directory."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *([0xFFFFFFFF] * 108))
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFF] * 126))
    directory = b""
    for name, kind in zip(("Root Entry", *names), (5, *(2,) * len(names)), strict=True):
        text = name.encode("utf-16-le") + b"\0\0"
        entry = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, *([0xFFFFFFFF] * 3))
        directory += entry.ljust(116, b"\0") + struct.pack("<IQ", 0xFFFFFFFE, 0)
    return header[:512] + table + directory.ljust(512, b"\0")


BOMB = zipped({"ceros.csv": b"0" * 80_000_000})
NESTED = zipped({"dentro.zip": zipped({"datos.csv": CSV})})
EXECUTABLE = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(200)
ELF = b"\x7fELF\x02\x01\x01" + bytes(200)
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script><table><tr><td>1</td></tr></table></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def encrypted() -> bytes:
    """A ZIP whose directory says that its entries are encrypted."""
    data = bytearray(zipped({"datos.csv": CSV}))
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


# What it is, its name, its bytes, what it was sent for → the code of the refusal.
REFUSED = [
    ("a program", "datos.csv", EXECUTABLE, "data", {"disguised", "kind", "program"}),
    ("a program of Linux", "datos.txt", ELF, "data", {"program"}),
    ("a program by name", "datos.exe", CSV, "data", {"name_program"}),
    ("a program behind", "informe.pdf.exe", pdf(), "evidence", {"name_program"}),
    ("a program before", "informe.exe.csv", CSV, "data", {"name_program"}),
    ("a script", "datos.csv", b"#!/bin/sh\nrm -rf x\n", "data", {"program", "two_kinds"}),
    ("a script of the web", "datos.txt", b"<?php system($_GET['a']); ?>\n", "data", {"program", "two_kinds", "disguised"}),
    ("a page", "datos.csv", HTML, "data", {"program"}),
    ("a page by name", "datos.html", HTML, "data", {"name_program"}),
    ("a picture with a script", "foto.png", SVG, "picture", {"program"}),
    ("a picture with a script in XML", "datos.xml", SVG, "data", {"program"}),
    ("macros by name", "datos.xlsm", workbook({"xl/vbaProject.bin": b"x"}), "data", {"name_program"}),
    ("macros", "datos.xlsx", workbook({"xl/vbaProject.bin": b"x"}), "data", {"macros"}),
    ("macros elsewhere", "datos.xlsx", workbook({"xl/otro/VBAPROJECT.bin": b"x"}), "data", {"macros"}),
    ("sheets of macros", "datos.xlsx", workbook({"xl/macrosheets/sheet1.xml": b"<a/>"}), "data", {"macros"}),
    ("an embedded object", "datos.xlsx", workbook({"xl/embeddings/oleObject1.bin": b"x"}), "data", {"macros"}),
    ("DDE", "datos.xlsx", workbook({"xl/externalLinks/externalLink1.xml": b'<a><ddeLink ddeService="cmd"/></a>'}), "data",
     {"commands"}),
    ("DDE in a formula", "datos.xlsx", workbook({"xl/worksheets/sheet9.xml": b"<s><c><f>cmd|'/c calc'!A0</f></c></s>"}), "data",
     {"commands"}),
    ("DDE in a text", "nota.docx", document("<w:instrText>DD</w:instrText><w:instrText>EAUTO c:\\x</w:instrText>"), "evidence",
     {"commands"}),
    ("macros of before 2007", "datos.xls", compound(("Workbook", "_VBA_PROJECT_CUR", "VBA")), "data", {"macros"}),
    ("a password", "datos.xlsx", compound(("EncryptionInfo", "EncryptedPackage")), "data", {"password"}),
    ("a password of a ZIP", "datos.zip", encrypted(), "data", {"password"}),
    ("a bomb", "datos.zip", BOMB, "data", {"bomb"}),
    ("a bomb in a workbook", "datos.xlsx", workbook({"xl/media/x.xml": b"0" * 80_000_000}), "data", {"bomb"}),
    ("an archive in an archive", "datos.zip", NESTED, "data", {"nested"}),
    ("a program in an archive", "datos.zip", zipped({"datos.csv": CSV, "leame.txt": ELF}), "data", {"program"}),
    ("a program in an archive by name", "datos.zip", zipped({"datos.csv": CSV, "a.exe": b"x"}), "data", {"name_program"}),
    ("macros in an archive", "datos.zip", zipped({"a.xlsx": workbook({"xl/vbaProject.bin": b"x"})}), "data", {"macros"}),
    ("a way out of an archive", "datos.zip", zipped({"../../datos.csv": CSV}), "data", {"name_path"}),
    ("too many files", "datos.zip", zipped({f"{number}.csv": CSV for number in range(201)}), "data", {"many"}),
    ("an archive before", "datos.zip", CSV + zipped({"a.csv": CSV}), "data", {"disguised", "two_kinds", "kind", "unknown"}),
    ("an archive behind a table", "datos.csv", CSV + zipped({"a.csv": CSV}), "data",
     {"two_kinds", "broken", "disguised", "kind", "unknown"}),
    ("an archive behind a PDF", "nota.pdf", pdf() + zipped({"a.csv": CSV}), "evidence", {"two_kinds"}),
    ("something behind an archive", "datos.zip", zipped({"a.csv": CSV}) + HTML, "data", {"two_kinds"}),
    ("a PDF in a picture", "foto.png", picture()[:40] + b"%PDF-1.4" + picture()[40:], "picture", {"two_kinds"}),
    ("a PDF named a table", "datos.csv", pdf(), "data", {"disguised", "kind"}),
    ("a picture named a PDF", "nota.pdf", picture(), "evidence", {"disguised"}),
    ("a workbook named an archive", "datos.zip", workbook(), "data", {"disguised"}),
    ("scripts in a PDF", "nota.pdf", pdf(b"/S /JavaScript /JS (app.alert)"), "evidence", {"active"}),
    ("hidden scripts in a PDF", "nota.pdf", pdf(b"/S /J#61vaScript"), "evidence", {"active"}),
    ("packed scripts in a PDF", "nota.pdf", pdf(packed=b"5 0 << /S /Launch /F (x) >>"), "evidence", {"active"}),
    ("nothing", "datos.csv", b"", "data", {"empty"}),
    ("blanks", "datos.csv", b" \n\n", "data", {"empty"}),
    ("half a workbook", "datos.xlsx", workbook()[:3000], "data", {"broken", "two_kinds"}),
    ("half a picture", "foto.jpg", picture("JPEG", (400, 300))[:900], "picture", {"broken"}),
    ("a picture of one point", "foto.png", picture(size=(4, 4)), "picture", {"picture_size"}),
    ("a path", "../datos.csv", CSV, "data", {"name_path"}),
    ("a path of Windows", "c:\\datos.csv", CSV, "data", {"name_path"}),
    ("a line in a name", "datos\n.csv", CSV, "data", {"name_control"}),
    ("a turned name", "datos\u202ecsv.exe", CSV, "data", {"name_control"}),
    ("no ending", "datos", CSV, "data", {"name_ending"}),
    ("zeros", "datos.csv", b"a,b\n1,\0\n2,3\n", "data", {"broken", "unknown", "kind", "disguised"}),
    ("data as a picture", "datos.csv", CSV, "picture", {"kind"}),
]  # fmt: skip

TAKEN = [
    ("datos.csv", CSV, "data", "csv"),
    ("Datos de Ñuñoa 2024 (final).CSV", CSV, "data", "csv"),
    ("formulas.csv", b"nombre,valor\nUno,=1+1\nDos,=cmd|'/c calc'!A0\nTres,@SUM(A1)\n", "data", "csv"),
    ("latin.csv", "municipio;año\nPetén;2024\nSololá;2023\n".encode("cp1252"), "data", "csv"),
    ("datos.xlsx", workbook(), "data", "xlsx"),
    ("datos.json", b'[{"a": 1, "b": 2}, {"a": 2, "b": 3}]', "data", "json"),
    ("datos.zip", zipped({"datos.csv": CSV, "leame.txt": b"Notas de los datos.\n"}), "data", "zip"),
    ("nota.pdf", pdf(), "evidence", "pdf"),
    ("nota.docx", document("<w:t>El DDE de 2024</w:t>"), "evidence", "docx"),
    ("foto.jpg", picture("JPEG"), "evidence", "jpeg"),
    ("foto.png", picture(), "picture", "png"),
    ("foto.webp", picture("WEBP"), "picture", "webp"),
]
