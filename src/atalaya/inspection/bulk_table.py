"""A large delimited text as a table in DuckDB: read once, checked byte by byte in sum, and counted by column.

DuckDB reads a text several times faster than Python and, where it is written regularly, to the same cells. Whether it did is
not taken on trust: it must accept every row in strict mode, and the cells it read must account for every line end, quote and byte
of the file. All cells are text; the database lives in memory with a limit and spills into a folder of its own, sees no other
file, and loads no extension.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.inspection.canonical import SORTED_ROWS, RowsHash
from atalaya.inspection.findings import Dialect
from atalaya.inspection.frame import Values
from atalaya.inspection.held_rows import Counted
from atalaya.inspection.kinds_sql import is_blank, is_padded, is_sure_boolean, kind_of, literal, stripped, stripped_of
from atalaya.inspection.tallies import KEPT, TOP, Tally

_MEMORY = 280
"""Megabytes that the database may hold, and one more for every two columns; the rest is in its folder."""
_THREADS = 2
_WIDE = 100
"""Columns from which one thread reads alone: each holds a block of every column."""
_ROW_GROUP = 24_576
"""Rows that one thread takes at a time; by default they are so many that a table of 100,000 rows is read by one alone."""
_LONGEST_ROW = 16 * 1024 * 1024
_BUFFER = 32 * 1024 * 1024
"""Bytes of the longest row, and those that one thread reads at a time: by default sixteen times as many."""
_NO_NULL = "\x01\x02\x01"
"""What no cell is, so that none is read as NULL."""
_FIRST = 8
"""Columns that are looked at before all of them."""
_SPARE = 8
"""Times as many values as are kept among which those with the least hashes are looked for first."""
_TAIL = 200
"""Rows at the end among which notes are looked for."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What the cells hold together: bytes, line feeds, carriage returns and quotes."""

    size: int
    newlines: int
    returns: int
    quotes: int


class BulkTable:
    """The cells of a table of `width` columns, of which `folder` takes what memory does not. A context manager.

    Read them from a `text`, the only file that the database may see, or begin without any and add some.
    """

    def __init__(self, width: int, folder: Path, text: Path | None = None) -> None:
        self.width = width
        self.names = [f"c{place}" for place in range(width)]
        self._beyond = False
        self._rows: int | None = None
        self._loose: Sequence[int] = range(width)
        self._quote = '"'
        self._edges: dict[int, str] | None = None
        self._connection = duckdb.connect(
            ":memory:",
            config={
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "threads": _threads(width),
                "memory_limit": f"{_MEMORY + width // 2}MB",
                "temp_directory": str(folder / "spilled"),
            },
        )
        self._run(f"ATTACH ':memory:' AS bulk (ROW_GROUP_SIZE {_ROW_GROUP})")
        self._run("USE bulk")
        if text is not None:
            self._run(f"SET allowed_paths = [{literal(str(text))}]")
        self._run("SET enable_external_access = false")
        self._run("SET lock_configuration = true")

    def __enter__(self) -> "BulkTable":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def _run(self, query: str) -> "duckdb.DuckDBPyConnection":
        return self._connection.execute(query)

    def _one(self, query: str) -> tuple[int, ...]:
        row = self._run(query).fetchone()
        assert row is not None, "an aggregate has a row"
        return tuple(int(value or 0) for value in row)

    def read(self, path: Path, skip: int, dialect: Dialect) -> None:
        """Read a text from row `skip` (from 0, as `csv.reader` counts) on. Whatever DuckDB refuses raises `duckdb.Error`."""
        self._quote = quote_of(dialect)
        self._run(f"CREATE TABLE cells AS SELECT * FROM {_reading(path, self.names, skip, dialect)}")
        self.gather()

    def begin(self) -> None:
        """Begin without a row; rows have a column `beyond` for texts beyond the columns, joined by U+001F."""
        self._beyond = True
        self._run(f"CREATE TABLE cells ({', '.join(f'{name} VARCHAR' for name in self.names)}, beyond VARCHAR)")

    def add(self, rows: "pa.Table") -> None:
        """Add some rows to those that it began with; `gather` once all are there."""
        self._connection.register("arrived", rows)
        self._run("INSERT INTO cells SELECT * FROM arrived")
        self._connection.unregister("arrived")

    def gather(self) -> None:
        """Count the different texts of each column, as they were read."""
        self._run("CREATE OR REPLACE TABLE different (place USMALLINT, raw VARCHAR, cells BIGINT)")
        self._beside(
            f"INSERT INTO bulk.different SELECT {place}, {name}, count(*) FROM bulk.cells GROUP BY {name}"
            for place, name in enumerate(self.names)
        )

    def take_counts(self, counted: Counted, rows: int) -> None:
        """Instead of rows, what was counted of so many."""
        self._rows = rows
        self._loose = sorted(counted.loose)
        self._connection.register("different", counted.texts)

    def rows(self) -> int:
        """How many rows there are."""
        return self._rows if self._rows is not None else self._one("SELECT count(*) FROM cells")[0]

    def sums(self) -> Sums:
        """What all cells hold together."""
        held = ", ".join(_times(letter) for letter in ("\n", "\r", self._quote))
        return Sums(*self._one(f"SELECT sum(strlen(raw) * cells), {held} FROM different"))

    def repeats(self, row: Sequence[str], place: int) -> bool:
        """Whether a row stands again at this place (from 0) or below, or its first cell alone in its row."""
        first, *others = zip(self.names, row, strict=True)
        begins = f"rowid >= {place} AND {first[0]} = {literal(first[1])}"
        if not self._any(begins):
            return False
        same = " AND ".join(["true", *(f"{name} = {literal(cell)}" for name, cell in others)])
        blank = " AND ".join(["true", *(is_blank(name) for name, _ in others)])
        return self._any(f"{begins} AND (({same}) OR ({blank}))")

    def _any(self, condition: str) -> bool:
        return self._one(f"SELECT count(*) FROM (SELECT 1 FROM cells WHERE {condition} LIMIT 1)")[0] > 0

    def blank_rows(self) -> list[int]:
        """The first rows without a value, at most as many as are looked at at the end, and one."""
        if not self._any(_all_blank(self.names[:_FIRST])):
            return []
        query = f"SELECT rowid FROM cells WHERE {_all_blank(self.names)} ORDER BY rowid LIMIT {_TAIL + 1}"
        return [int(row) for (row,) in self._run(query).fetchall()]

    def tail(self) -> list[tuple[str, ...]]:
        """The last rows."""
        first = max(0, self.rows() - _TAIL)
        return [
            tuple(row) for row in self._run(f"SELECT * FROM cells WHERE rowid >= {first} ORDER BY rowid").fetchall()
        ]

    def cut(self, rows: int) -> None:
        """Keep so many rows."""
        self._run(f"DELETE FROM cells WHERE rowid >= {rows}")
        self.gather()

    def tallies(self) -> tuple[Tally, ...]:
        """What is counted of each column."""
        if self._edges is None:
            self.padded()
        self._judge()
        kinds: dict[int, dict[str, int]] = defaultdict(dict)
        filled: dict[int, int] = defaultdict(int)
        sure: set[int] = set()
        for place, kind, cells, different, certain in self._run(
            f"SELECT place, kind, sum(cells)::BIGINT, count(*), bool_or({is_sure_boolean('text')}) FROM texts GROUP BY ALL"
        ).fetchall():
            kinds[place][kind] = cells
            if kind != "empty":
                filled[place] += different
            if kind == "boolean" and certain:
                sure.add(place)
        many = [place for place, count in filled.items() if count > KEPT]
        top, values = self._top(many), self._values({place: filled[place] for place in many})
        rows, missing = self.rows(), self._missing()
        return tuple(
            Tally(
                rows=rows,
                kinds=kinds[place],
                distinct=filled[place],
                values=values[place],
                missing=missing[place],
                whole=filled[place] <= KEPT,
                sure_booleans=place in sure,
                top=top.get(place, ()),
            )
            for place in range(self.width)
        )

    def padded(self) -> "frozenset[int]":
        """The columns in which texts have spaces around them."""
        self._run(
            f"CREATE TABLE padded AS SELECT place, raw, {stripped('raw')} AS text, cells FROM different "
            f"WHERE {_among(self._loose)} AND {is_padded('raw')}"
        )
        edges: dict[int, set[str]] = defaultdict(set)
        for place, ends in self._run("SELECT DISTINCT place, left(raw, 1) || right(raw, 1) FROM padded").fetchall():
            edges[place].update(filter(str.isspace, ends))
        self._edges = {place: "".join(sorted(letters)) for place, letters in edges.items()}
        return frozenset(edges)

    def _judge(self) -> None:
        """The different texts without spaces around them, with their kinds, as `texts`."""
        bare = self._merged() if self._edges else "SELECT place, raw AS text, cells FROM different"
        self._run(f"CREATE TABLE texts AS SELECT *, {kind_of('text')} AS kind FROM ({bare})")

    def _merged(self) -> str:
        """The query of the different texts where some have spaces around them: those are counted with their bare selves."""
        self._run(
            "CREATE TABLE loose AS SELECT place, text, sum(cells)::BIGINT AS cells FROM padded GROUP BY place, text"
        )
        return (
            "SELECT bare.place, raw AS text, bare.cells + coalesce(loose.cells, 0) AS cells "
            "FROM different AS bare LEFT JOIN loose ON loose.place = bare.place AND loose.text = bare.raw "
            f"WHERE NOT {is_padded('raw')} "
            "UNION ALL SELECT place, text, cells FROM loose "
            "ANTI JOIN different AS bare ON loose.place = bare.place AND loose.text = bare.raw"
        )

    def _top(self, wanted: list[int]) -> dict[int, tuple[tuple[str, int], ...]]:
        """The commonest values of some columns."""
        found = self._run(
            f"SELECT place, min({{'fewer': -cells, 'text': text}}, {TOP}) FROM texts "
            f"WHERE kind <> 'empty' AND {_among(wanted)} GROUP BY place"
        ).fetchall()
        return {place: tuple((each["text"], -each["fewer"]) for each in held) for place, held in found}

    def _values(self, many: Mapping[int, int]) -> list[dict[str, int]]:
        """The different values of each column with how many cells hold each; of columns with many, given with how many, those
        that are kept."""
        values: list[dict[str, int]] = [{} for _ in self.names]
        filled = f"FROM texts WHERE kind <> 'empty' AND NOT {_among(many)}"
        for place, text, cells in self._run(f"SELECT place, text, cells {filled}").fetchall():
            values[place][text] = cells
        cuts = "".join(f" WHEN {place} THEN {_most_hash(count)}" for place, count in many.items())
        values = self._kept(many, f"hash(text) <= (CASE place{cuts} END)::UBIGINT", values) if many else values
        few = [place for place in many if len(values[place]) < KEPT]
        return self._kept(few, "true", values) if few else values

    def _kept(self, places: Collection[int], condition: str, values: list[dict[str, int]]) -> list[dict[str, int]]:
        """The values with those of some columns that are kept, of those for which a condition holds."""
        sampled = f"min({{'hash': hash(text), 'text': text, 'cells': cells}}, {KEPT})"
        among = f"kind <> 'empty' AND {_among(places)} AND {condition}"
        for place, held in self._run(f"SELECT place, {sampled} FROM texts WHERE {among} GROUP BY place").fetchall():
            values[place] = {each["text"]: each["cells"] for each in held}
        return values

    def _missing(self) -> dict[int, dict[str, int]]:
        """The signs and words that stand for missing values in each column."""
        found: dict[int, dict[str, int]] = defaultdict(dict)
        query = "SELECT place, text, cells FROM texts WHERE kind = 'empty' AND text <> ''"
        for place, text, cells in self._run(query).fetchall():
            found[place][text] = cells
        return found

    def hashed(self, volatile: Sequence[int]) -> RowsHash:
        """The hash of all rows; cells of the volatile columns do not count."""
        edges = self._edges or {}
        texts = [
            "''" if place in volatile else stripped_of(name, edges.get(place, ""))
            for place, name in enumerate(self.names)
        ]
        joined = f"concat_ws(chr(31), {', '.join([*texts, *(['beyond'] if self._beyond else [])])})"
        rows = (
            "(SELECT CASE WHEN suffix(text, chr(31)) THEN rtrim(text, chr(31)) ELSE text END AS text FROM "
            f"(SELECT {joined} AS text FROM bulk.cells WHERE "
        )
        count = self.rows()
        if count <= SORTED_ROWS:
            hashed = RowsHash()
            hashed.add(text for (text,) in self._run(f"SELECT text FROM {rows} true))").fetchall())
            return hashed
        self._run(f"CREATE TABLE hashes ({', '.join(f'word{first} UBIGINT' for first in _WORDS)})")
        words = ", ".join(f"('0x' || substr(hash, {first}, 16))::UBIGINT" for first in _WORDS)
        query = f"INSERT INTO bulk.hashes SELECT {words} FROM (SELECT sha256(text) AS hash FROM {rows}"
        half = count // 2
        self._beside((f"{query} rowid < {half})))", f"{query} rowid >= {half})))"))
        sums = ", ".join(f"sum(word{first} * times::HUGEINT)" for first in _WORDS)
        *held, duplicates = self._run(
            f"SELECT {sums}, sum(times - 1) FROM (SELECT *, count(*) AS times FROM hashes GROUP BY ALL)"
        ).fetchall()[0]
        total = sum(int(word) << 64 * (3 - place) for place, word in enumerate(held))
        return RowsHash.of_sum(count, total, int(duplicates))

    def _beside(self, queries: Iterable[str]) -> None:
        """Run queries beside each other: one alone keeps one thread busy where a table has no more than 100,000 rows."""
        with ThreadPoolExecutor(_threads(self.width)) as threads:
            for _ in threads.map(self._alone, queries):
                """Raises what a query raised."""

    def _alone(self, query: str) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(query)

    def first_rows(self, most_bytes: int, text_bytes: int) -> int:
        """How many rows a frame may hold; `text_bytes` is what a text takes beside its characters.

        As many as have their share of what all would take. The texts of a table come up more often at its start, by which a frame
        may become somewhat larger than it should.
        """
        texts, count = self._one("SELECT sum(strlen(raw)), count(*) FROM different")
        rows = self.rows()
        taken = texts + count * text_bytes + 4 * rows * self.width
        return rows if taken <= most_bytes else rows * most_bytes // taken

    def columns(self, rows: int) -> Iterator[Values]:
        """The columns of the first rows."""
        with self._connection.cursor() as cursor:
            for name in self.names:
                yield _values_of(
                    cursor.sql(f"SELECT {name} FROM bulk.cells WHERE rowid < {rows}").to_arrow_table()[name]
                )


_WORDS = (1, 17, 33, 49)
"""Where the four words of 64 bits start in a sha256 in hexadecimal."""


def quote_of(dialect: Dialect) -> str:
    """The quote with which a text is read: one may come behind the head in which none was seen."""
    return dialect.quote or '"'


def _reading(path: Path, columns: Sequence[str], skip: int, dialect: Dialect) -> str:
    quote = quote_of(dialect)
    types = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in columns)
    return (
        f"read_csv({literal(str(path))}, auto_detect=false, header=false, skip={skip}, columns={{{types}}}, "
        f"delim={literal(dialect.delimiter)}, quote={literal(quote)}, escape={literal(quote)}, strict_mode=true, comment='', "
        f"nullstr={literal(_NO_NULL)}, max_line_size={_LONGEST_ROW}, buffer_size={_BUFFER})"
    )


def _all_blank(columns: Sequence[str]) -> str:
    return " AND ".join(map(is_blank, columns))


def _threads(width: int) -> int:
    return _THREADS if width < _WIDE else 1


def _times(letter: str) -> str:
    """How often a character stands in all cells."""
    shown = literal(letter)
    without = f"(strlen(raw) - strlen(replace(raw, {shown}, '')))"
    return f"sum(CASE WHEN contains(raw, {shown}) THEN {without} * cells ELSE 0 END)"


def _most_hash(count: int) -> int:
    """The hash up to which many more values lie than are kept, of so many: hashes are spread evenly."""
    return min((1 << 64) - 1, (1 << 64) // count * _SPARE * KEPT)


def _among(places: Collection[int]) -> str:
    return f"place IN ({', '.join(map(str, places))})" if places else "false"


def _values_of(column: "pa.ChunkedArray") -> Values:
    """A column of the frame: different texts without spaces around them, in order of appearance, and the number of each row."""
    encoded = pc.dictionary_encode(column).unify_dictionaries().combine_chunks()
    raw: list[str] = encoded.dictionary.to_pylist()
    codes = array("I", encoded.indices.cast(pa.uint32()).buffers()[1].to_pybytes()[: 4 * len(column)])
    texts: dict[str, int] = {}
    numbers = [texts.setdefault(text.strip(), len(texts)) for text in raw]
    padded = {number for number, text in enumerate(raw) if text != text.strip()}
    rows = [row for row, code in enumerate(codes) if code in padded] if padded else ()
    if len(texts) < len(raw):
        codes = array("I", map(numbers.__getitem__, codes))
    return Values(list(texts), codes, padded=rows)
