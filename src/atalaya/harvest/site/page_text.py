"""The text of a page from its bytes, in the encoding that it says and, where that is wrong, in the one that it has."""

import codecs
import re
from functools import lru_cache

_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_LOOKED_AT = 4096
"""Bytes in which an encoding is stated: the standard asks for the first 1024, and pages state it later."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "shift_jis": "cp932"}
"""Encodings that are read as a wider one, as browsers do (https://encoding.spec.whatwg.org/#names-and-labels)."""
LONGEST = 4_000_000
"""Bytes of a page that are read: one of more is a listing that no person reads to its end."""


def page_text(body: bytes, content_type: str | None) -> str:
    """The text of a page: by its byte-order mark, then as UTF-8 where it is, then as the header or the page says.

    >>> page_text("<p>año".encode("latin-1"), "text/html"), page_text("<p>año".encode(), "text/html; charset=iso-8859-1")
    ('<p>año', '<p>año')
    """
    body = body[:LONGEST]
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(body) == LONGEST and error.start > LONGEST - 4:
            return body[: error.start].decode("utf-8")
    for said in (_HEADER.search(content_type or ""), _META.search(body[:_LOOKED_AT])):
        known = _known(said[1] if isinstance(said[1], str) else said[1].decode("ascii")) if said is not None else None
        if known not in (None, "utf-8"):
            return body.decode(str(known), "replace")
    return body.decode("cp1252", "replace") if _mostly_western(body) else body.decode("utf-8", "replace")


@lru_cache(maxsize=200)
def _known(name: str) -> str | None:
    try:
        known = codecs.lookup(name)
    except LookupError:
        return None
    is_text: bool = getattr(known, "_is_text_encoding", True)
    return _WIDER.get(known.name, known.name) if is_text else None


def _mostly_western(body: bytes) -> bool:
    """Whether more bytes are wrong in UTF-8 than a cut or damaged letter explains."""
    return body.decode("utf-8", "replace").count("\ufffd") > 2 or len(body) < _LOOKED_AT
