"""Texts in workbooks as their reader gives them: references to characters, line ends, spaces at their ends, `_x000D_`.

The rules are those of the native reader (calamine), whose results these must equal: line ends become line feeds, references are
resolved, spaces at the ends of a text are dropped unless `xml:space` keeps them, and then `_xHHHH_` stands for a character
(ECMA-376 part 1, §22.9.2.19, ST_Xstring).
"""

import re

import numpy as np
import pyarrow as pa

from atalaya.inspection.sheet_tags import Irregular

_REFERENCE = re.compile(r"&(?:#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}))|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACES = " \t\r\n"
_IS_SPACE = np.isin(np.arange(256), list(map(ord, _SPACES)))
"""Which bytes are spaces to XML."""
_DECLARATION = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml version=[\"']1\.0[\"'](?:\s+encoding=[\"'][Uu][Tt][Ff]-8[\"'])?"
    rb"(?:\s+standalone=[\"'](?:yes|no)[\"'])?\s*\?>\s*)?\Z"
)
_OPENING = re.compile(rb"<sst(?: [^<>]*[^/<>])?>")
_ITEM = re.compile(r"<si>(?:(?:<t( xml:space=\"preserve\")?>([^<>]*)</t>)|<t ?/>|(.*?))</si>|<si ?/>", re.DOTALL)
_RUN = re.compile(
    r"<r>(?:<rPr ?/>|<rPr>(?:<(?!/?rPr\b|/?t\b|/?r\b)[^<>]*>)*</rPr>)?(?:<t( xml:space=\"preserve\")?>([^<>]*)</t>|<t ?/>)</r>"
)


def told(text: str, *, kept: bool) -> str:
    """A text as it is written, as the reader gives it; `kept` tells that spaces at its ends count. Raises `Irregular`."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        if _REFERENCE.sub("", text).count("&"):
            raise Irregular("a text refers to an unknown character")
        text = _REFERENCE.sub(_referred, text)
    if not kept:
        text = text.strip(_SPACES)
    return _ESCAPED.sub(_escaped, text) if "_x" in text else text


def _referred(found: "re.Match[str]") -> str:
    if found[3]:
        return _NAMED[found[3]]
    number = int(found[1], 16) if found[1] else int(found[2])
    if number > 0x10FFFF or 0xD800 <= number < 0xE000 or (number < 32 and number not in (9, 10, 13)):
        raise Irregular("a text refers to an impossible character")
    return chr(number)


def _escaped(found: "re.Match[str]") -> str:
    number = int(found[1], 16)
    return found[0] if 0xD800 <= number < 0xE000 else chr(number)


def shared_strings(part: bytes) -> "pa.Array":
    """The texts of a part of shared strings (`xl/sharedStrings.xml`), in order. Raises `Irregular`."""
    start, end = _OPENING.search(part), part.rfind(b"</sst>")
    if start is None or not is_declaration(part[: start.start()]) or end < 0 or part[end + 6 :].strip():
        raise Irregular("the shared strings are not a list of strings")
    items = part[start.end() : end]
    plain = _plain_items(items)
    try:
        return pa.array(_items(items.decode("utf-8")), pa.string()) if plain is None else plain.cast(pa.string())
    except (UnicodeDecodeError, pa.ArrowInvalid):
        raise Irregular("the shared strings are not UTF-8") from None


def is_declaration(head: bytes) -> bool:
    """Whether what stands before the first element is nothing, or the declaration of XML in UTF-8."""
    return _DECLARATION.match(head) is not None


def _plain_items(items: bytes) -> "pa.Array | None":
    """The strings where all are written alike and stand for themselves; else None."""
    if not items.startswith(b"<si><t>") or not items.endswith(b"</t></si>") or b"&" in items or b"\r" in items:
        return None
    data = np.frombuffer(items, np.uint8)
    tags = np.flatnonzero(data == ord("<"))
    bare = items[7:-9].replace(b"</t></si><si><t>", b"")
    if len(tags) % 4 or b"<" in bare or b"_x" in bare:
        return None
    starts, ends = tags[1::4] + 3, tags[2::4]
    offsets = np.zeros(len(starts) + 1, np.int32)
    np.cumsum(ends - starts, out=offsets[1:])
    if offsets[-1] != len(bare) or (_IS_SPACE[data[starts]] | _IS_SPACE[data[ends - 1]]).any():
        return None
    return pa.Array.from_buffers(pa.binary(), len(starts), [None, pa.py_buffer(offsets), pa.py_buffer(bare)])


def _items(items: str) -> list[str]:
    """The strings one by one: plain ones, and those of several runs."""
    found: list[str] = []
    at = 0
    for item in _ITEM.finditer(items):
        if item.start() != at:
            raise Irregular("something stands between the shared strings")
        at = item.end()
        if item[2] is not None:
            found.append(told(item[2], kept=item[1] is not None))
        else:
            found.append(_runs(item[3]) if item[3] else "")
    if at != len(items):
        raise Irregular("something stands behind the shared strings")
    return found


def _runs(text: str) -> str:
    """The text of several runs, each with its own looks."""
    parts: list[str] = []
    at = 0
    for run in _RUN.finditer(text):
        if run.start() != at:
            break
        at = run.end()
        if run[2] is not None:
            parts.append(told(run[2], kept=run[1] is not None))
    if at != len(text):
        raise Irregular("a shared string has parts that are not told")
    return "".join(parts)
