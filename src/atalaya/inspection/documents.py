"""Documents that are looked at, not read: PDF, pictures, word processing."""

import re

from atalaya.inspection.canonical import pdf_hash
from atalaya.inspection.findings import Defect
from atalaya.inspection.material import Findings, Material
from atalaya.inspection.pdf_encryption import opens_without_password


def read_pdf(material: Material) -> Findings:
    """A PDF: whether it is whole and whether a password closes it."""
    found = []
    if b"%%EOF" not in material.data[-4096:]:
        found.append(Defect(code="truncated", place="end of file", detail="the end-of-file mark of the PDF is missing"))
    if _is_encrypted(material.data) and not opens_without_password(material.data):
        found.append(Defect(code="password_protected", place="file", detail="the PDF is encrypted"))
    return Findings(defects=tuple(found), content_sha256=pdf_hash(material.data))


def _is_encrypted(data: bytes) -> bool:
    """Whether the trailer, or the dictionary at the start of a PDF made for the web, names an encryption."""
    return any(re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", part) for part in (data[-65_536:], data[:65_536]))


def read_as_bytes(_material: Material) -> Findings:
    """A file of which only the format is known; its content hash is that of its bytes."""
    return Findings()
