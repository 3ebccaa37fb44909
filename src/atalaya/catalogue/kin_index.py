"""Pairs of records of two sources that share evidence, found among any number of records in bounded memory.

Every value that may be evidence is kept as a number of 64 bits, the start of its digest, in a table of DuckDB that spills to
disk; among the values of a billion records two differ and are taken for equal once in 40. Only pairs come back whose
evidence could reach the points that are asked for.
"""

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from atalaya.catalogue.kinship import POINTS, SHORTEST_IDENTIFIER, VALUES, after_prefix
from atalaya.catalogue.traits import Traits

KINDS = tuple(VALUES)
"""Evidence that tells where one record of each side has the value; its place here is its number in keys and masks."""
IDENTIFIER = len(KINDS)
"""Number of the evidence `identifier`; and of the keys that hold identifiers."""
AFTER_PREFIX = IDENTIFIER + 1
"""Number of the keys that hold what follows the prefix of an identifier."""

BEYOND = POINTS["near_title"] + POINTS["publisher"]
"""The most points that titles which do not tell, and the publisher, add to what is found here."""
BLOCK = 200_000
"""Keys that are handed to DuckDB at a time."""
MEMORY = "128MB"
"""What DuckDB may hold before it spills."""

Keys = tuple[list[int], list[int]]
"""The keys of one record: their kinds, and their values as numbers of 64 bits."""


def keys_of(traits: Traits) -> Keys:
    """What a record is found by."""
    kinds: list[int] = []
    numbers: list[int] = []
    for kind, name in enumerate(KINDS):
        for value in set(VALUES[name](traits)):
            kinds.append(kind)
            numbers.append(_number("\x1f".join(value) if isinstance(value, tuple) else str(value)))
    if len(traits.native_id) >= SHORTEST_IDENTIFIER:
        native_id = traits.native_id.lower()
        kinds += (IDENTIFIER, AFTER_PREFIX)
        numbers += (_number(native_id), _number(after_prefix(native_id)))
    return kinds, numbers


def _number(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


@dataclass(frozen=True, slots=True)
class Found:
    """Two records of two sources by their numbers, and the kinds of evidence that they share."""

    sources: tuple[int, int]
    records: tuple[int, int]
    evidence: frozenset[str]


class KinIndex:
    """The keys of all records. Sources and records are numbers that the caller gives, in the order of both.

    Of several records of one source with one identifier the last counts, as among the pairs of two sides (`kinship`).
    `spill` is a folder for what does not fit into memory. Use it as a context manager.
    """

    def __init__(self, spill: Path | None = None) -> None:
        self._connection = duckdb.connect(
            ":memory:",
            config={
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "threads": 2,
                "memory_limit": MEMORY,
                "preserve_insertion_order": False,
                **({} if spill is None else {"temp_directory": str(spill)}),
            },
        )
        self._connection.execute("CREATE TABLE keys (source INTEGER, record INTEGER, kind INTEGER, value BIGINT)")
        self._columns = (array("i"), array("i"), array("i"), array("q"))

    def __enter__(self) -> "KinIndex":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def add(self, source: int, record: int, keys: Keys) -> None:
        """Add the keys of a record."""
        sources, records, kinds, numbers = self._columns
        count = len(keys[0])
        sources.extend([source] * count)
        records.extend([record] * count)
        kinds.extend(keys[0])
        numbers.extend(keys[1])
        if len(kinds) >= BLOCK:
            self._flush()

    def _flush(self) -> None:
        names = ("source", "record", "kind", "value")
        types = (pa.int32(), pa.int32(), pa.int32(), pa.int64())
        arrays = [
            pa.Array.from_buffers(type_, len(column), [None, pa.py_buffer(column)])
            for type_, column in zip(types, self._columns, strict=True)
        ]
        self._connection.register("incoming", pa.Table.from_arrays(arrays, names=names))
        self._connection.execute("INSERT INTO keys SELECT * FROM incoming")
        self._connection.unregister("incoming")
        self._columns = (array("i"), array("i"), array("i"), array("q"))

    def pairs(self, least: float) -> Iterator[Found]:
        """The pairs of records of two sources that may come to so many points, by source and record.

        A pair is found by what it shares, never by titles that are only alike: those add `BEYOND` at most; `least` must be more.
        """
        assert least > BEYOND, "pairs that share no value at all would be missed"
        self._flush()
        self._connection.execute(_TELLING)
        points = " + ".join(f"CASE WHEN said & {1 << place} <> 0 THEN {worth} ELSE 0 END" for place, worth in _worth())
        # A title that tells leaves nothing for titles to add.
        beyond = f"CASE WHEN said & {_bit('title')} <> 0 THEN {POINTS['publisher']} ELSE {BEYOND} END"
        query = f"""
            SELECT * FROM ({_PAIRS}) WHERE {points} + {beyond} >= {least} ORDER BY ones, others, one, other
        """  # noqa: S608 - numbers of this module alone
        rows = self._connection.execute(query)
        while found := rows.fetchmany(BLOCK // 10):
            yield from (
                Found((ones, others), (one, other), _evidence(said)) for ones, others, one, other, said in found
            )


def _worth() -> Iterable[tuple[int, float]]:
    return ((place, POINTS[name]) for place, name in enumerate((*KINDS, "identifier")))


def _bit(name: str) -> int:
    return 1 << KINDS.index(name)


_MASKS: dict[int, frozenset[str]] = {}


def _evidence(said: int) -> frozenset[str]:
    """The names of the kinds in a mask; there are few masks, and one object stands for each."""
    if said not in _MASKS:
        _MASKS[said] = frozenset(name for place, name in enumerate((*KINDS, "identifier")) if said >> place & 1)
    return _MASKS[said]


_TELLING = f"""
    CREATE TABLE telling AS
        SELECT kind, value, source, max(record) AS record FROM keys WHERE kind < {IDENTIFIER}
        GROUP BY kind, value, source HAVING count(*) = 1;
    CREATE TABLE identifiers AS
        SELECT source, value, max(record) AS record FROM keys WHERE kind = {IDENTIFIER} GROUP BY source, value;
    CREATE TABLE prefixed AS
        SELECT keys.source, keys.record, keys.value FROM keys
        JOIN identifiers ON keys.source = identifiers.source AND keys.record = identifiers.record
        WHERE keys.kind = {AFTER_PREFIX} AND keys.value <> {_number("")};
"""  # noqa: S608 - numbers of this module alone
_PAIRS = f"""
    SELECT ones, others, one, other, bit_or(said) AS said FROM (
        SELECT a.source AS ones, b.source AS others, a.record AS one, b.record AS other, 1 << a.kind AS said
        FROM telling a JOIN telling b ON a.kind = b.kind AND a.value = b.value AND a.source < b.source
        UNION ALL
        SELECT a.source, b.source, a.record, b.record, {1 << IDENTIFIER}
        FROM identifiers a JOIN identifiers b ON a.value = b.value AND a.source < b.source
        UNION ALL
        SELECT least(a.source, b.source), greatest(a.source, b.source),
            CASE WHEN a.source < b.source THEN a.record ELSE b.record END,
            CASE WHEN a.source < b.source THEN b.record ELSE a.record END, {1 << IDENTIFIER}
        FROM prefixed a JOIN identifiers b ON a.value = b.value AND a.source <> b.source
    ) GROUP BY ones, others, one, other
"""  # noqa: S608 - numbers of this module alone
