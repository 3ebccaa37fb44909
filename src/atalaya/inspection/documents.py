"""Documents that are looked at, not read: PDF, pictures, word processing."""

import re

from atalaya.inspection.canonical import pdf_hash
from atalaya.inspection.findings import Defect
from atalaya.inspection.material import Findings, Material


def read_pdf(material: Material) -> Findings:
    """A PDF: whether it is whole and whether a password closes it."""
    found = []
    if b"%%EOF" not in material.data[-4096:]:
        found.append(Defect(code="truncated", place="end of file", detail="the end-of-file mark of the PDF is missing"))
    if re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", material.data[-65_536:]) or re.search(
        rb"/Encrypt\s+\d+\s+\d+\s+R", material.data[:65_536]
    ):
        found.append(Defect(code="password_protected", place="file", detail="the PDF is encrypted"))
    return Findings(defects=tuple(found), content_sha256=pdf_hash(material.data))


def read_as_bytes(_material: Material) -> Findings:
    """A file of which only the format is known; its content hash is that of its bytes."""
    return Findings()
