"""XML made safe before it is parsed: encoding, entities and nesting are looked at first, with a line for every fault.

The parser of triples expands entities without a limit, reads UTF-8 only and gives no line for a syntax error.
"""

import re
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat

from atalaya.harvest.bodies import is_html
from atalaya.harvest.visits import Refusal, Visit, landed

NESTING_LIMIT = 500
"""Elements inside each other; the deepest of the recorded catalogues has 13, and the parser slows down with the square."""
ENTITY_LIMIT = 2_000
"""Characters that one entity may expand to; real ones abbreviate namespaces."""
EXPANSION_FACTOR = 10
"""How many times larger than the document all expansions together may be."""

_AMPLIFICATION = 43
"""Expat's own limit on what entities may expand to (XML_ERROR_AMPLIFICATION_LIMIT_BREACH, since 2.4)."""

_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"'][^>]*\?>")
_REFERENCE = re.compile(r"&([^;&\s#]+);")


def parse_xml(visit: Visit) -> tuple[Element, str | None] | Refusal:
    """The root element of a page and a note on its encoding, or why there is none."""
    if is_html(visit.body):
        return Refusal("html", landed(visit))
    content = as_utf8(visit.body)
    if isinstance(content, Refusal):
        return Refusal(content.reason, f"{landed(visit)}: {content.detail}")
    refusal = inspect(content)
    if refusal is not None:
        return Refusal(refusal.reason, f"{landed(visit)}: {refusal.detail}")
    try:
        root = fromstring(content)  # noqa: S314 - inspected: no entities from outside, no expansion, no deep nesting
    except (ParseError, ValueError) as error:
        return Refusal("malformed", f"{landed(visit)}: XML error: {error}")
    return root, _departure(visit.body)


def _departure(body: bytes) -> str | None:
    """That the bytes are not the UTF-8 that they are declared as, or that stands where nothing is declared."""
    declared = _DECLARATION.match(body[:500])
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or (declared and declared[1].lower() not in (b"utf-8", b"utf8")):
        return None
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        return f"not UTF-8 (line {line}); read as Windows-1252"
    return None


def as_utf8(body: bytes) -> bytes | Refusal:
    """The document in UTF-8, whatever its byte-order mark or declaration says."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            return _encode(body, encoding)
    declared = _DECLARATION.match(body[:500])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name in ("utf-8", "utf8"):
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            return _encode(body, "cp1252")
        return body.lstrip()
    return _encode(body, name)


def _encode(body: bytes, encoding: str) -> bytes | Refusal:
    try:
        text = body.decode(encoding, errors="replace" if encoding == "cp1252" else "strict")
    except (LookupError, UnicodeError):
        return Refusal("encoding", f"declared as {encoding[:40]}, which its bytes are not")
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")).lstrip(" \t\r").encode()


class _Watch:
    """Handlers of one pass over the document."""

    def __init__(self) -> None:
        self.depth = 0
        self.entities: dict[str, str] = {}
        self.refusal: Refusal | None = None

    def start(self, _name: str, _attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > NESTING_LIMIT:
            self._stop("nesting", f"elements nested deeper than {NESTING_LIMIT}")

    def end(self, _name: str) -> None:
        self.depth -= 1

    def entity(
        self, name: str, parameter: bool, value: str | None, _base: str | None, _system: str | None, *_rest: object
    ) -> None:
        if value is None or parameter:
            self._stop("entities", f"entity {name[:40]} points outside of the document")
            return
        size = len(_REFERENCE.sub(lambda found: self.entities.get(found[1], ""), value))
        if size > ENTITY_LIMIT or len(self.entities) >= ENTITY_LIMIT:
            self._stop("entities", f"entity {name[:40]} expands to {size} characters or more")
        self.entities[name] = _REFERENCE.sub(lambda found: self.entities.get(found[1], ""), value)

    def _stop(self, reason: str, detail: str) -> None:
        self.refusal = Refusal(reason, detail)
        raise _StopWatching


class _StopWatching(Exception):
    """Raised inside the pass over a document to end it; never leaves this module."""


def inspect(body: bytes) -> Refusal | None:
    """Why a UTF-8 XML document must not be parsed, with its line; None where it may."""
    watch = _Watch()
    parser = expat.ParserCreate(encoding="utf-8")
    parser.StartElementHandler = watch.start
    parser.EndElementHandler = watch.end
    parser.EntityDeclHandler = watch.entity
    try:
        parser.Parse(body, True)
    except _StopWatching:
        return watch.refusal
    except expat.ExpatError as error:
        if error.code == _AMPLIFICATION:
            return Refusal("entities", f"entities expand without measure at line {error.lineno}")
        return Refusal("malformed", f"XML error at line {error.lineno}, column {error.offset}: {_words(error)}")
    grown = sum(body.count(f"&{name};".encode()) * len(value) for name, value in watch.entities.items())
    if grown > EXPANSION_FACTOR * len(body) + 1_000_000:
        return Refusal("entities", f"entities expand to {grown} characters")
    return None


def _words(error: expat.ExpatError) -> str:
    return expat.errors.messages.get(error.code, "syntax error")
