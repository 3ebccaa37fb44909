"""Text formats that are no markup and no JSON: RDF in lines, calendars, statistics, scripts, and delimited tables."""

import re

from atalaya.inspection.canonical import lines_hash
from atalaya.inspection.collecting import uncollected
from atalaya.inspection.dialect import Guess, detect_dialect, told_by_name
from atalaya.inspection.fixed_width import sniff_fixed_width
from atalaya.inspection.material import Findings, Hint, Material, Sniffed
from atalaya.inspection.records import lines
from atalaya.inspection.services import service_of_format
from atalaya.inspection.soft_failures.documents import find_in_text
from atalaya.inspection.text import Decoded

_HEAD = 65_536
_TERM = r"(?:<[^<>\s]*>|_:\S+)"
_OBJECT = rf'(?:{_TERM}|"(?:[^"\\]|\\.)*"(?:\^\^<[^<>\s]*>|@[\w-]+)?)'
_TRIPLE = re.compile(rf"\s*{_TERM}\s+<[^<>\s]*>\s+{_OBJECT}\s*(<[^<>\s]*>|_:\S+)?\s*\.\s*(?:#.*)?\Z")
_STATEMENT = re.compile(rf"<[^<>\s]*>\s+(?:<[^<>\s]*>|a|[\w-]+:[\w-]+)\s+(?:{_OBJECT}|[\w-]+:[\w-]+)\s*[;.,]\s")
# Patterns of lines begin with blanks that are no line ends: over thousands of blank lines those would be tried from each.
_PREFIX = re.compile(
    r"^[^\S\n]*(?:@prefix\s+[\w.-]*:\s*<[^>]*>\s*\.|@base\s+<[^>]*>\s*\.|prefix\s+[\w.-]*:\s*<[^>]*>|base\s+<[^>]*>)",
    re.IGNORECASE | re.MULTILINE,
)
_GRAPH = re.compile(r"^[^\S\n]*(?:graph\s+)?(?:<[^<>\s]*>|[\w.-]*:[\w.-]+)\s*\{", re.IGNORECASE | re.MULTILINE)
_QUERY = re.compile(r"^[^\S\n]*(?:select|construct|ask|describe)\b", re.IGNORECASE | re.MULTILINE)
_FIELD = r"(?:[\w-]{2,40}:[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n){0,30})"
"""One field of a message's head with its continuation lines (RFC 5322 §2.2)."""
_MAIL = r"(?=(?:From|Received|Return-Path|MIME-Version|Date|Subject|Message-ID|Delivered-To|X-[\w-]+): )"
_STARTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"BEGIN:VCALENDAR", re.IGNORECASE), "ical"),
    (re.compile(r"BEGIN:VCARD", re.IGNORECASE), "vcard"),
    (re.compile(r"(?:CHARSET\s*=\s*\"ANSI|AXIS-VERSION\s*=)"), "px"),
    (re.compile(r"(?:PROJCS|GEOGCS|GEOGCRS|PROJCRS|COMPD_CS|GEOCCS|LOCAL_CS|BOUNDCRS)\s*\["), "prj"),
    (re.compile(r"ncols\s+\d+\s+nrows\s+\d+", re.IGNORECASE), "ascii_grid"),
    (re.compile(r"(?:\ufeff)?\d+\s*\r?\n\d\d:\d\d:\d\d[,.]\d{3} --> "), "subtitles"),
    (re.compile(r"WEBVTT\b"), "subtitles"),
    (re.compile(r"\s*0\s*\r?\n\s*SECTION\s*\r?\n"), "dxf"),
    (re.compile(r"(?i:version) \d+\s*\r?\n(?i:charset) \""), "map_info"),
    (re.compile(r"EXP\s+\d\s+\S+\.E00", re.IGNORECASE), "e00"),
    (re.compile(r"!table\s*\n\s*!version", re.IGNORECASE), "map_info"),
    (re.compile(rf"{_MAIL}{_FIELD}*Content-Type:\s*multipart/related", re.IGNORECASE), "mhtml"),
    (re.compile(rf"{_MAIL}{_FIELD}*(?:From|To|Subject|MIME-Version):", re.IGNORECASE), "eml"),
    (re.compile(r"%YAML|---\s*\r?\n\s*[\w\"'-]+\s*:|openapi:\s|swagger:\s"), "yaml"),
    (re.compile(r"#!.*\b(?:python|sh|bash|perl|Rscript)\b"), "source_code"),
)
_SQL = re.compile(
    r"^[^\S\n]*(?:CREATE\s+(?:TABLE|DATABASE|SCHEMA)|INSERT\s+INTO|DROP\s+TABLE|PRAGMA\s+\w+|SET\s+(?:NAMES|"
    r"client_encoding))\b",
    re.IGNORECASE | re.MULTILINE,
)
_DELIMITED = ("csv", "tsv", "excel", "xls", "xlsx")


def sniff_plain(decoded: Decoded, hint: Hint) -> Sniffed:
    """The kind of a text; at the least plain text."""
    text = decoded.text.lstrip("\ufeff \t\r\n\0")
    head = text[:_HEAD]
    for pattern, found in _STARTS:
        if pattern.match(head):
            return Sniffed(format=found, reason="its first words are those of the format", decoded=decoded)
    rdf = _rdf_kind(head)
    if rdf is not None:
        return Sniffed(format=rdf, reason="its statements are RDF", decoded=decoded)
    if ";" in head and _SQL.search(head) and head.rstrip("\x1a \r\n").count(";"):
        return Sniffed(format="sql", reason="it holds SQL statements", decoded=decoded)
    return _delimited_or_text(decoded, hint)


def _rdf_kind(head: str) -> str | None:
    if ">" in head and (lines_kind := _rdf_lines_kind(head)) is not None:
        return lines_kind
    start = re.sub(r"^(?:\s*#[^\n]*\n)+", "", head)
    if _PREFIX.match(start.lstrip()):
        if _QUERY.search(head) and not re.search(r"^[^\S\n]*@prefix", head, re.MULTILINE):
            return "sparql"
        return "trig" if _GRAPH.search(head) else "turtle"
    return "turtle" if _STATEMENT.match(start.lstrip()) else None


def _rdf_lines_kind(head: str) -> str | None:
    """The kind of RDF with a statement in each line, every one of which names something in angle brackets."""
    statements = [line for line in head.split("\n", 60)[:60] if line.strip() and not line.lstrip().startswith("#")]
    whole = statements[:-1] if len(head) == _HEAD and len(statements) > 1 else statements
    matches = [match for line in whole if (match := _TRIPLE.match(line.rstrip("\r"))) is not None]
    if not whole or len(matches) < 0.9 * len(whole):
        return None
    return "n_quads" if any(match.group(1) for match in matches) else "n_triples"


def _delimited_or_text(decoded: Decoded, hint: Hint) -> Sniffed:
    with uncollected():
        guess = detect_dialect(decoded.text)
    claimed = any(each in _DELIMITED for each in hint.formats)
    if guess is not None and _is_table(decoded.text, guess, hint, claimed):
        found = "tsv" if guess.dialect.delimiter == "\t" else "csv"
        return Sniffed(format=found, reason=guess.reason, decoded=decoded, value=guess)
    if claimed and decoded.text.strip() and "txt" not in hint.formats:
        single = told_by_name(decoded.text)
        return Sniffed(format="csv", reason=single.reason, decoded=decoded, value=single)
    fixed = sniff_fixed_width(decoded)
    if fixed is not None:
        return fixed
    return Sniffed(format="txt", reason="text without a structure that rows agree on", decoded=decoded)


def _is_table(text: str, guess: Guess, hint: Hint, claimed: bool) -> bool:
    """A table has two rows that agree; a single row must be called one or be wide. What is called text must agree better."""
    if guess.separator_line or claimed:
        return True
    rows = 0
    for line in lines(text):
        rows += bool(line.strip())
        if rows > 2:
            break
    if rows < 2:
        return guess.width >= 3 and "txt" not in hint.formats
    least = 0.55 if hint.formats and not claimed else 0.45
    return guess.score >= least


def read_plain(material: Material) -> Findings:
    """Any text that is not read into tables: its encoding and the hash of its lines."""
    decoded = material.sniffed.decoded
    if decoded is None:
        return Findings()
    told = find_in_text(decoded.text)
    defects = decoded.defects if told is None else (*decoded.defects, told)
    service = service_of_format(material.sniffed.format, decoded.text)
    return Findings(
        encoding=decoded.encoding, defects=defects, content_sha256=lines_hash(decoded.text), service=service
    )
