"""The content of a file without its dressing, as one hash: what is equal to a reader hashes equal.

Rows count as a set with repetitions, so sorting a table does not change it; encodings, delimiters, line ends, sheet order,
dates of generation and identifiers of a download do not count. In large tables the sum of the rows' hashes modulo 2^256 stands
for the sorted rows.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring_ascii

_VOLATILE_NAMES = frozenset(
    {
        "generated", "generated_at", "generatedat", "generated_on", "generation_time", "generation_date", "timestamp_generated",
        "retrieved", "retrieved_at", "downloaded_at", "download_date", "exported_at", "export_date", "extracted_at",
        "created_at_export", "request_id", "requestid", "response_time", "responsetime", "query_time", "querytime", "took",
        "elapsed", "nonce", "session_id", "etag", "cache", "cached_at", "server_time", "servertime", "current_time",
        "fecha_generacion", "fecha_de_generacion", "generado", "generado_en", "generado_el", "fecha_descarga",
        "fecha_de_descarga", "fecha_exportacion", "fecha_de_exportacion", "fecha_consulta", "fecha_de_consulta",
        "fecha_extraccion", "fecha_de_extraccion", "data_geracao", "data_de_geracao", "gerado_em", "fechageneracion",
    }
)  # fmt: skip
_ACCENTS = str.maketrans("áéíóúüñçãõâêô", "aeiouuncaoaeo")
_GENERATED_LINE = re.compile(
    r"\b(generated|created|exported|downloaded|retrieved|extracted|produced|printed|generad[oa]|cread[oa]|exportad[oa]|descargad[oa]|"
    r"extra[ií]d[oa]|consultad[oa]|impres[oa]|gerad[oa]|emitid[oa])\b.{0,40}?(\d{1,4}[-/.]\d{1,2}|\d{1,2}:\d{2}|\d{4})"
    r"|\bfecha\s+(?:y\s+hora\s+)?de\s+(generaci[oó]n|descarga|consulta|extracci[oó]n|impresi[oó]n|exportaci[oó]n|emisi[oó]n)\b",
    re.IGNORECASE,
)
_PDF_DRESSING = re.compile(
    rb"/(?:CreationDate|ModDate)\s*\([^)]{0,60}\)|/ID\s*\[[^\]]{0,200}\]"
    rb"|<(xmp:(?:Create|Modify|Metadata)Date|xmpMM:(?:Document|Instance)ID)>[^<]{0,100}</\1>"
)
_MODULUS = 1 << 256


SORTED_ROWS = 20_000
"""Rows up to which a table is hashed as its sorted rows; of larger ones their hashes are summed, which needs no memory."""


_REMEMBERED = 1_000_000
"""Rows up to which it is counted how many repeat an earlier one; each takes about a hundred bytes."""


class RowsHash:
    """The hash of a growing table; `add` takes rows in any order, each as its texts joined by U+001F.

    `duplicates` are the rows that are equal to an earlier one, None where there are too many rows to know.
    """

    def __init__(self) -> None:
        self._sum = 0
        self._rows = 0
        self._waiting: list[str] = []
        self._seen: set[bytes] = set()
        self._duplicates: int | None = None

    @classmethod
    def of_sum(cls, rows: int, total: int, duplicates: int) -> "RowsHash":
        """The hash of so many rows, more than are sorted, whose own hashes add up to `total`."""
        whole = cls()
        whole._rows, whole._sum, whole._duplicates = rows, total, duplicates
        return whole

    @property
    def duplicates(self) -> int | None:
        """How many of the rows so far are equal to an earlier one."""
        if not self._rows:
            return len(self._waiting) - len(set(self._waiting))
        self._add_up()
        if self._duplicates is not None:
            return self._duplicates
        return self._rows - len(self._seen) if self._rows <= _REMEMBERED else None

    def add(self, rows: Iterable[str], *, full: bool = False) -> None:
        """Count some rows; empty cells at their end do not matter, `full` tells that there are none."""
        self._waiting.extend(rows if full else [row.rstrip("\x1f") for row in rows])
        if self._rows + len(self._waiting) > SORTED_ROWS:
            self._add_up()

    def _add_up(self) -> None:
        hashes = [hashlib.sha256(row.encode("utf-8", "surrogatepass")).digest() for row in self._waiting]
        self._sum += sum(int.from_bytes(each, "big") for each in hashes)
        self._rows += len(hashes)
        if self._rows <= _REMEMBERED:
            self._seen.update(hashes)
        else:
            self._seen.clear()
        self._waiting.clear()

    def digest(self, names: Sequence[str]) -> str:
        """The hash of the rows so far under the given column names."""
        head = "\x1f".join(names)
        if not self._rows:
            return text_hash("\x1e".join((head, *sorted(self._waiting))))
        self._add_up()
        return text_hash(f"{head}\x1e{self._rows}\x1e{self._sum % _MODULUS:064x}")


def text_hash(text: str) -> str:
    """sha256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def combine(parts: Iterable[str]) -> str:
    """One hash for several, in any order."""
    return text_hash("\x1e".join(sorted(parts)))


@lru_cache(maxsize=20_000)
def is_volatile(name: str) -> bool:
    """Whether a column, key or element of this name only says when or how the file was made."""
    plain = re.sub(r"[\s.\-]+", "_", name.strip().lower().translate(_ACCENTS))
    return plain in _VOLATILE_NAMES


def is_generated_line(line: str) -> bool:
    """Whether a line of title or footer only says when the file was made."""
    return len(line) < 300 and _GENERATED_LINE.search(line) is not None


def lines_hash(text: str) -> str:
    """Of a text that is no table: its lines in order, without spaces at their ends and lines that say when it was made."""
    kept = [line.rstrip() for line in text.splitlines()]
    return text_hash("\n".join(line for line in kept if line and not is_generated_line(line)))


def json_hash(value: object) -> str:
    """Of a JSON document: keys in order, lists of objects as sets, volatile keys dropped."""
    return text_hash(_canonical_json(value))


def pdf_hash(data: bytes) -> str:
    """Of a PDF: its bytes without dates and identifiers of its making."""
    return hashlib.sha256(_PDF_DRESSING.sub(b"", data)).hexdigest()


_CONSTANTS = {None: "null", True: "true", False: "false"}


def _canonical_json(value: object) -> str:
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    if isinstance(value, dict | Mapping):
        kept = sorted((str(key), member) for key, member in value.items() if not is_volatile(str(key)))
        return "{" + ",".join(f"{encode_basestring_ascii(key)}:{_canonical_json(member)}" for key, member in kept) + "}"
    if isinstance(value, list):
        members = [_canonical_json(member) for member in value]
        if members and all(isinstance(member, dict | Mapping) for member in value):
            members.sort()
        return "[" + ",".join(members) + "]"
    if value is None or value is True or value is False:
        return _CONSTANTS[value]
    if type(value) is int:
        return repr(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return json.dumps(value)
