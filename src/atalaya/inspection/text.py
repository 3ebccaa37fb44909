"""The encoding of a text: byte-order mark, then strict UTF-8 over the whole stream, then UTF-16 by its zero bytes, then what
markup declares of itself, then the code page whose letters sit best.

A head of ten kilobytes is never enough: real files turn from ASCII to cp1252 after megabytes, so every byte is read.
"""

import codecs
import re
from dataclasses import dataclass

from atalaya.inspection.code_pages import decodes, detect_code_page
from atalaya.inspection.findings import Defect
from atalaya.inspection.mixed_text import mend
from atalaya.inspection.wide_text import wide_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {
    "cp1252": "cp1252",
    "mac_roman": "macroman",
    "cp850": "ibm850",
    "cp437": "ibm437",
    "cp852": "ibm852",
    "cp855": "ibm855",
    "cp866": "ibm866",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "cp874": "tis-620",
    "euc_jp": "euc-jp",
    "iso8859_2": "iso-8859-2",
    "iso8859_5": "iso-8859-5",
    "iso8859_7": "iso-8859-7",
    "iso8859_8": "iso-8859-8",
    "iso8859_15": "iso-8859-15",
    "big5hkscs": "big5",
    "koi8_r": "koi8-r",
    "mac_cyrillic": "maccyrillic",
}
"""Python's codec names → the names that people and other programs use."""
_CONTROLS = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 14, 15, 26, 27})
"""C0 controls that text does not hold (tab, line ends, form feed, shifts, end-of-file mark and escape do occur)."""
_BINARY_SHARE = 0.01
"""Share of such controls from which bytes are not text: printed text has none, a damaged file a few."""
_HEAD = 4096
_ZEROS = re.compile(rb"\0+")
_STRETCHES = 3
"""Stretches of zero bytes in a text that lost a block; formats of bytes have many."""
_LEAST_TEXT = 16
"""Bytes of text that must stand beside the zeros."""
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the name of its encoding, why it was read so, and what is wrong with its bytes."""

    text: str
    encoding: str
    reason: str
    defects: tuple[Defect, ...] = ()


def decode(data: bytes) -> Decoded | None:
    """Read bytes as text; None when they are not text. Never raises for any bytes."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding, len(mark))
    wide = wide_encoding(data)
    if wide is not None:
        text = data.decode(wide, "replace")
        return Decoded(text, wide, "zero bytes at every second or fourth place", _replaced(text))
    if _is_binary(data):
        return _decode_padded(data)
    plain = _decode_utf8(data)
    if plain is not None:
        return plain
    return _decode_code_page(data)


def _decode_marked(data: bytes, encoding: str, mark: int) -> Decoded | None:
    reason = "byte-order mark"
    if encoding == "utf-8-sig":
        rest = _decode_utf8(data[mark:]) or _decode_code_page(data[mark:])
        if rest.encoding == "utf-8":
            return Decoded(rest.text, encoding, reason, rest.defects)
        invalid = Defect(
            code="broken_encoding", place="byte 4", detail="a UTF-8 byte-order mark before text in another encoding"
        )
        return Decoded(rest.text, rest.encoding, rest.reason, (*rest.defects, invalid))
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, reason, _replaced(text))


def _decode_padded(data: bytes) -> Decoded | None:
    """A text with one or a few stretches of zero bytes, as a disk leaves them where a block was never written."""
    if len(_ZEROS.findall(data)) > _STRETCHES:
        return None
    rest = data.replace(b"\0", b"")
    if len(rest) < _LEAST_TEXT or len(rest.translate(None, _CONTROLS)) < len(rest):
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    detail = f"{len(data) - len(rest)} zero bytes stand in the text"
    zeros = Defect(code="broken_encoding", place=f"byte {data.index(0) + 1}", detail=detail)
    return Decoded(text, "utf-8", "text around a stretch of zero bytes", (zeros,))


def _is_binary(data: bytes) -> bool:
    if not data:
        return False
    head = data[:_HEAD]
    if _share_of_controls(head) > _BINARY_SHARE:
        return True
    return _share_of_controls(data) > _BINARY_SHARE


def _share_of_controls(data: bytes) -> float:
    return 1 - len(data.translate(None, _CONTROLS)) / len(data)


def _decode_utf8(data: bytes) -> Decoded | None:
    """UTF-8 when all of it is, or when its valid sequences outnumber the broken places so far that it must be meant."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_mixed(data, error.start)
    if data.isascii() and b"\x1b$" in data:
        return _decode_escaped(data, text)
    reason = "only ASCII" if data.isascii() else "strict UTF-8 over the whole stream"
    return Decoded(text, "utf-8", reason)


def _decode_escaped(data: bytes, text: str) -> Decoded:
    for codec, name in (("iso2022_kr", "iso-2022-kr"), ("iso2022_jp_2", "iso-2022-jp")):
        if decodes(codec, data):
            return Decoded(data.decode(codec), name, "escape sequences of ISO 2022")
    return Decoded(text, "utf-8", "only ASCII")


def _decode_mixed(data: bytes, first: int) -> Decoded | None:
    mended = mend(data)
    if mended is None:
        return None
    place = f"byte {first + 1}"
    found = []
    if mended.strays:
        name = _NAMES.get(mended.code_page or "", mended.code_page)
        detail = f"{mended.strays} bytes are not UTF-8 and read as {name}; the place is the first"
        found.append(Defect(code="mixed_encodings", place=place, detail=detail))
    if mended.damaged:
        detail = f"{mended.damaged} bytes are not UTF-8 and make no letter; the place is the first"
        found.append(Defect(code="broken_encoding", place=place, detail=detail))
    if mended.cut:
        found.append(Defect(code="truncated", place="end of file", detail="the last character is cut short"))
    reason = "UTF-8 with stray bytes" if mended.strays or mended.damaged else "strict UTF-8 up to a cut last character"
    return Decoded(mended.text, "utf-8", reason, tuple(found))


def _decode_code_page(data: bytes) -> Decoded:
    declared = _declared_codec(data)
    if declared is not None and not decodes(declared, data):
        declared = None
    codec, _ = detect_code_page(data, declared)
    reason = (
        "declared by the markup and readable as such" if codec == declared else "letters sit best in this code page"
    )
    text = data.decode(codec, "replace")
    broken = text.count("\ufffd")
    defects: tuple[Defect, ...] = ()
    if broken:
        detail = f"{broken} bytes have no letter in {_NAMES.get(codec, codec)}"
        defects = (Defect(code="broken_encoding", place="text", detail=detail),)
    return Decoded(text, _NAMES.get(codec, codec), reason, defects)


def _declared_codec(data: bytes) -> str | None:
    """What an XML declaration or an HTML meta element says of the encoding, where Python knows it."""
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return None
    name = (match.group(1) or match.group(2)).decode("ascii", "replace").lower()
    name = {
        "iso-8859-1": "cp1252",
        "latin1": "cp1252",
        "shift_jis": "cp932",
        "gb2312": "gb18030",
        "tis-620": "cp874",
    }.get(name, name)
    try:
        found = codecs.lookup(name).name.replace("-", "_")
    except LookupError:
        return None
    return None if found.startswith(("utf", "ascii")) else found


def _replaced(text: str) -> tuple[Defect, ...]:
    broken = text.count("\ufffd")
    if not broken:
        return ()
    return (Defect(code="broken_encoding", place="text", detail=f"{broken} places could not be decoded"),)
