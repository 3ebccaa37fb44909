"""Documents for people: PDF, with the tables that lines draw on its pages; and files of which only the format is known."""

import re
from dataclasses import replace

from atalaya.inspection.canonical import pdf_hash
from atalaya.inspection.child import read_with
from atalaya.inspection.findings import Defect, Document
from atalaya.inspection.material import Findings, Material
from atalaya.inspection.ole2 import stream_start
from atalaya.inspection.pdf_encryption import opens_without_password
from atalaya.inspection.tables import gather

_WORD = b"\xec\xa5"
"""What the file information block of a Word document begins with."""


def read_pdf(material: Material) -> Findings:
    """A PDF: whether it is whole, whether a password closes it, how much of it is text, and its tables."""
    found = []
    if b"%%EOF" not in material.data[-4096:]:
        found.append(Defect(code="truncated", place="end of file", detail="the end-of-file mark of the PDF is missing"))
    if _is_encrypted(material.data) and not opens_without_password(material.data):
        found.append(Defect(code="password_protected", place="file", detail="the PDF is encrypted"))
        return Findings(defects=tuple(found), content_sha256=pdf_hash(material.data))
    pages = read_with("pdf", material)
    read = gather(pages.profiles)
    return replace(
        read,
        document=document_of(pages.facts.get("document"), pages.facts.get("opening")),
        defects=(*found, *pages.defects),
        content_sha256=pdf_hash(material.data),
    )


def read_doc(material: Material) -> Findings:
    """A document of Word 97 to 2003: whether a password closes it. Its text is not read: the format keeps it in pieces that only
    Word puts together safely."""
    header = stream_start(material.data, "WordDocument")
    if len(header) >= 12 and header[:2] == _WORD and header[11] & 1:  # fEncrypted of the FIB, MS-DOC §2.5.2
        return Findings(defects=(Defect(code="password_protected", place="file", detail="the document is encrypted"),))
    return Findings()


def document_of(fact: object, opening: object = None) -> Document | None:
    """The description that a reader gives as plain numbers: pages, those of text, those scanned, characters, tables.

    `opening` is the title and the beginning of the text, where it gives them.
    """
    title, start = opening if isinstance(opening, tuple) and len(opening) == 2 else ("", "")
    match fact:
        case (int() | None as pages, int(text), int(scanned), int(characters), int(tables)):
            return Document(
                pages=pages, text_pages=text, scanned_pages=scanned, characters=characters, tables=tables,
                title=str(title), opening=str(start),
            )  # fmt: skip
    return None


def _is_encrypted(data: bytes) -> bool:
    """Whether the trailer, or the dictionary at the start of a PDF made for the web, names an encryption."""
    return any(re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", part) for part in (data[-65_536:], data[:65_536]))


def read_as_bytes(_material: Material) -> Findings:
    """A file of which only the format is known; its content hash is that of its bytes."""
    return Findings()
