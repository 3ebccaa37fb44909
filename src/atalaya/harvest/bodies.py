"""From the bytes of an answer to text or JSON, or the reason why they cannot be read."""

import json
import re
from urllib.parse import urljoin

import orjson

from atalaya.harvest.visits import Refusal, Visit, landed

_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html|<head|<body)", re.IGNORECASE | re.DOTALL
)
_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

_DIGITS = bytes(b"0"[0] if chr(code).isdecimal() and code < 128 else code for code in range(256))
LONG_NUMBER = b"0" * 19
"""With every digit made a zero: the shortest integer that may not fit into 64 bits (-9223372036854775809)."""


def is_html(body: bytes) -> bool:
    """Whether the bytes start like a web page."""
    return _HTML.match(body[:4096].removeprefix(b"\xef\xbb\xbf")) is not None


def decode(body: bytes) -> tuple[str, str | None]:
    """Text of bytes by byte-order mark, then UTF-8, then Windows-1252; the second part names the departure from UTF-8."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            try:
                return body.decode(encoding), None
            except UnicodeDecodeError:
                break
    try:
        return body.decode("utf-8"), None
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        return body.decode("cp1252", errors="replace"), f"not UTF-8 (line {line}); read as Windows-1252"


def parse_json(visit: Visit) -> tuple[object, str | None] | Refusal:
    """The JSON value of a page and a note on its encoding, or why there is none."""
    if is_html(visit.body):
        return Refusal("html", landed(visit))
    try:
        return parse_quickly(visit.body), None
    except ValueError:
        pass  # the tolerant reader finds out whether anything is wrong, and what
    text, note = decode(visit.body)
    try:
        return json.loads(text.strip("\x00 \t\r\n\ufeff")), note
    except json.JSONDecodeError as error:
        return Refusal(
            "malformed", f"{landed(visit)}: not JSON at line {error.lineno}, column {error.colno}: {error.msg}"
        )
    except RecursionError:
        return Refusal("nesting", f"{landed(visit)}: nested deeper than the reader goes")
    except ValueError:
        return Refusal("malformed", f"{landed(visit)}: holds a number of too many digits")


def parse_quickly(body: bytes) -> object:
    """The JSON value of strictly written UTF-8, exactly as `json.loads` reads it. Raises ValueError for anything else.

    orjson reads integers of more than 64 bits as floats: where so many digits stand together, it is not asked.
    """
    if LONG_NUMBER in body.translate(_DIGITS):
        raise ValueError("holds a number that may exceed 64 bits")
    return orjson.loads(body)


def join(base: str, reference: str) -> str | None:
    """An address resolved against a base; None where it cannot be one."""
    try:
        return urljoin(base, reference.strip())
    except ValueError:
        return None


def next_link(visit: Visit) -> str | None:
    """The page that an HTTP `Link` header calls `next` (RFC 8288), absolute."""
    for link in _LINK.finditer(visit.answer.headers.get("link", "")):
        if re.search(r"""\brel\s*=\s*["']?[^"']*\bnext\b""", link[2]):
            return join(visit.answer.final_url or visit.url, link[1])
    return None
