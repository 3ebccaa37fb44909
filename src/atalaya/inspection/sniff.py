"""The true format of a file, from its bytes: signatures first, then containers by their members, then text by its structure."""

from atalaya.inspection.findings import Defect
from atalaya.inspection.json_text import sniff_json
from atalaya.inspection.limits import Limits
from atalaya.inspection.magic import find_late_pdf, read_signature
from atalaya.inspection.markup import sniff_markup
from atalaya.inspection.material import Hint, Sniffed
from atalaya.inspection.ole2 import SIGNATURE as OLE2
from atalaya.inspection.ole2 import sniff_ole2
from atalaya.inspection.plain import sniff_plain
from atalaya.inspection.text import decode
from atalaya.inspection.zips import SIGNATURES as ZIP
from atalaya.inspection.zips import sniff_zip


def sniff(data: bytes, hint: Hint, limits: Limits) -> Sniffed:
    """Judge bytes. `format` is None for empty files and for bytes that no rule knows. Hints only break ties."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        detail = "no byte" if not data else "nothing but blanks"
        empty = Defect(code="empty_file", place="file", detail=detail)
        return Sniffed(format=None, reason="the file is empty", defects=(empty,))
    if data.startswith(ZIP):
        return sniff_zip(data, limits)
    if data.startswith(OLE2):
        return sniff_ole2(data, hint)
    signature = read_signature(data)
    if signature is not None:
        return Sniffed(format=signature, reason="signature of the format")
    if find_late_pdf(data):
        return Sniffed(format="pdf", reason="a PDF signature within the first kilobyte")
    decoded = decode(data)
    if decoded is None:
        return Sniffed(format=None, reason="bytes of an unknown format")
    return sniff_markup(decoded, hint) or sniff_json(decoded, limits) or sniff_plain(decoded, hint)
