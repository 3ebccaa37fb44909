"""Loads the read model into a schema of its own and swaps it in by one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources

from psycopg import Connection, sql

from atalaya.countries.pack import CountryPack
from atalaya.history.read import Sealed
from atalaya.publish.read_model import (
    archive_rows,
    calendar_rows,
    dataset_rows,
    duty_rows,
    international_rows,
    letter_rows,
    moved_rows,
    plan_rows,
    rows,
    score_rows,
    search_rows,
    tile_rows,
    topic_rows,
    translation_rows,
    tree_rows,
    vanished_rows,
)
from atalaya.publish.read_model.newest import Newest
from atalaya.publish.read_model.values import Values
from atalaya.publish.shown import shown

SCHEMA = "published"
NEXT = "published_next"
LOCK = 0x41544C59
"""The advisory lock that keeps two loads apart: the letters ATLY."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load brought in: rows by table, and the observation that pages now show."""

    observation: str
    rows: dict[str, int]


def load(connection: Connection[tuple[object, ...]], observations: Sequence[Sealed], pack: CountryPack) -> Loaded:
    """Make the read model of these sealed observations of one country, oldest first, and show it in place of the one before.

    Pages go on reading the old one until the transaction ends; a load that dies leaves it as it was. Raises ValueError where no
    observation is given.
    """
    if not observations:
        raise ValueError("no sealed observation to publish; observe first")
    observations = [shown(each) for each in observations]
    newest = Newest(
        observation=observations[-1],
        previous=observations[-2] if len(observations) > 1 else None,
        pack=pack,
        failing_since=_failing_since(observations),
    )
    return Loaded(newest.observation.manifest.observation, fill(connection, _contents(observations, newest)))


def fill(
    connection: Connection[tuple[object, ...]], contents: Iterable[tuple[str, Iterable[Values]]]
) -> dict[str, int]:
    """Make the read model of tables with their rows, show it in place of the one before, and give the rows by table."""
    counts = {}
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        connection.execute(
            f"DROP SCHEMA IF EXISTS {NEXT} CASCADE; CREATE SCHEMA {NEXT}; SET LOCAL search_path TO {NEXT}"
        )
        connection.execute(_text("tables.sql"))
        for table, values in contents:
            counts[table] = _copy(connection, table, values)
        connection.execute(_text("derived.sql"))
        counts |= _fill_search(connection)
        connection.execute(_text("indexes.sql"))
        connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; ALTER SCHEMA {NEXT} RENAME TO {SCHEMA}")
    with connection.transaction():
        for (name,) in connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s", (SCHEMA,)
        ).fetchall():
            connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(SCHEMA, str(name))))
    return counts


def _contents(observations: Sequence[Sealed], newest: Newest) -> Iterator[tuple[str, Iterator[Values]]]:
    yield "edition", rows.editions(observations, newest)
    yield "unit_group", rows.groups(newest)
    yield "institution", rows.institutions(newest)
    yield "source", rows.sources(newest)
    yield "score", score_rows.scores(observations, newest)
    yield "gain", score_rows.gains(newest)
    yield "dataset", dataset_rows.datasets(newest)
    yield "theme", dataset_rows.themes(newest)
    yield "resource", dataset_rows.resources(newest)
    yield "finding", rows.findings(newest)
    yield "rule", rows.rules(newest)
    yield "change", rows.changes(newest)
    yield "duty", duty_rows.duties(newest.pack)
    yield "verdict", duty_rows.verdicts(newest.observation)
    yield "tile", tile_rows.tiles(newest)
    yield "measure", plan_rows.measures(newest)
    yield "mendable", plan_rows.mendable(newest)
    yield "plan", plan_rows.plans(newest)
    yield "step", plan_rows.steps(newest)
    yield "explained", tree_rows.explained(newest)
    yield "likely", tree_rows.likely(newest)
    chain = moved_rows.chain_of(observations)
    yield "link", moved_rows.links(observations, chain)
    yield "moved", moved_rows.moved(chain)
    yield "moved_finding", moved_rows.moved_findings(newest)
    yield "due", calendar_rows.due(newest)
    yield "bound", calendar_rows.bound(newest)
    yield "expected", calendar_rows.expected(newest)
    yield "division", calendar_rows.divisions(newest.pack)
    yield "seat", calendar_rows.seats(newest.pack)
    yield "vanished", vanished_rows.losses(observations)
    yield "letter", letter_rows.letters(newest.pack)
    yield from topic_rows.contents(newest)
    yield "international", international_rows.indices(newest.pack)
    yield "international_value", international_rows.values(newest.pack)
    yield "language", translation_rows.languages(newest.pack)
    yield "translation", translation_rows.translations(newest.pack)
    seen = archive_rows.seen_in(observations)
    yield "archived", archive_rows.archived(seen)
    yield "version", archive_rows.versions(seen)
    yield "resource_column", archive_rows.columns(newest.observation)


def _fill_search(connection: Connection[tuple[object, ...]]) -> dict[str, int]:
    """Fill the tables of the search from the others."""
    known, entries = search_rows.Known(), 0
    for kind, query in search_rows.QUERIES.items():
        found = connection.execute(query.encode()).fetchall()
        entries += _copy(connection, "entry", search_rows.entries(kind, found, known, entries))
    return {"entry": entries, "word": _copy(connection, "word", search_rows.words(known))}


def _copy(connection: Connection[tuple[object, ...]], table: str, values: Iterable[Values]) -> int:
    written = 0
    command = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in values:
            copy.write_row([_plain(value) for value in row])
            written += 1
    return written


def _plain(value: object) -> object:
    """A value as PostgreSQL takes it: it holds no character zero."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def _text(name: str) -> str:
    return resources.files("atalaya.publish.read_model").joinpath(name).read_text(encoding="utf-8")


def _failing_since(observations: Sequence[Sealed]) -> dict[str, str]:
    """Finding id → the first day of the run of observations, up to the newest, in which it was failing."""
    since: dict[str, str] = {}
    for observation in observations:
        day = observation.manifest.as_of[:10]
        failing = observation.values("outcomes", ("finding_id",), "verdict = 'fail' AND finding_id IS NOT NULL")
        since = {name: since.get(name, day) for name in (str(value) for (value,) in failing)}
    return since
