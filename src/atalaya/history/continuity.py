"""What earlier observations say of a subject, carried from one observation to the next in the table `histories`.

A probe falls into one of four states. `good`: bytes came with a 2xx. `gone`: 404 or 410. `unreached`: timeout, refused
connection, DNS, 5xx, an answer that broke off. `hidden`: 401, 403, 407, 429, robots, and whatever else was an answer but not
the data. `not_asked`: nothing was asked, so nothing changes. Runs of the same state keep the moment of their first observation.
`lineage` is the identifier under which a subject was seen first: it stays when a source gives it another one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from atalaya.checks.cases import Prior, PriorTable, ProbeFacts
from atalaya.fetch.answers import Failure
from atalaya.inspection.findings import Table
from atalaya.store.tables import Row

SECOND_LOOK_AFTER = timedelta(hours=1)
"""A 404 or 410 fails only when a second look at least this much later agrees (architecture, rule 1)."""

NOT_ASKED = frozenset({Failure.POSTPONED, Failure.SCHEME})
"""Nothing was asked, on our side or because the host wanted rest: runs stay as they were."""

MOST_TABLES = 20
MOST_COLUMNS = 300
LONGEST_NAME = 100
"""What a history keeps of the columns of a file: enough to tell a change, and bounded for files of thousands of columns."""

GONE = frozenset({404, 410})
UNREACHED = frozenset(
    {Failure.DNS, Failure.REFUSED, Failure.TIMEOUT, Failure.CONNECTION, Failure.TRUNCATED, Failure.TLS_OTHER}
)


def probe_state(probe: ProbeFacts) -> str:
    """`good`, `gone`, `unreached`, `hidden` or `not_asked`.

    >>> probe_state(ProbeFacts(url="https://a.example/", final_url="https://a.example/", status=503))
    'unreached'
    """
    if probe.failure in NOT_ASKED:
        return "not_asked"
    if probe.failure in UNREACHED or (probe.status or 0) >= 500:
        return "unreached"
    if probe.status in GONE:
        return "gone"
    good = probe.failure is None and probe.status is not None and 200 <= probe.status < 300
    return "good" if good and probe.sha256 is not None else "hidden"


@dataclass(frozen=True, slots=True)
class Sighting:
    """What this observation saw of a subject: its level, the state of its probe, the hash of its content, if known, and with
    it the hash of its bytes and the columns of its tables (as `columns_of` gives them).

    Of a dataset also the last change that its record declares (an ISO date) and the mark of what it says; of a catalogue the
    day that all its records declare.
    """

    subject_id: str
    level: str
    state: str | None = None
    content_sha256: str | None = None
    sha256: str | None = None
    tables: Sequence[Row] = ()
    declared: str | None = None
    described: str | None = None


def advance(earlier: Row | None, sighting: Sighting, as_of: str) -> Row:
    """The history row of a subject after this observation. `as_of` is a moment as `clock.stamp` writes it."""
    before = earlier or {}
    state = sighting.state
    fresh = sighting.content_sha256 is not None and before.get("content_sha256") is not None
    changed = fresh and sighting.content_sha256 != before.get("content_sha256")
    run = {"failing_since": "gone", "unreached_since": "unreached", "hidden_since": "hidden"}
    row: Row = {
        "subject_id": sighting.subject_id,
        "level": sighting.level,
        "lineage": before.get("lineage") or before.get("subject_id") or sighting.subject_id,
        "first_seen": before.get("first_seen") or as_of,
        "last_seen": as_of,
        "last_good": as_of if state == "good" else before.get("last_good"),
        "observations": _number(before, "observations") + 1,
        "unknown_rounds": _number(before, "unknown_rounds") + 1 if state in ("unreached", "hidden") else 0,
        "changed": as_of if changed else before.get("changed"),
        "changes": _number(before, "changes") + int(changed),
        "content_sha256": sighting.content_sha256 or before.get("content_sha256"),
        "sha256": sighting.sha256 if sighting.content_sha256 else before.get("sha256"),
        "tables": list(sighting.tables) or before.get("tables") or [],
        "declared": sighting.declared,
        "described": sighting.described,
    }
    for column, wanted in run.items():
        row[column] = (before.get(column) or as_of) if state == wanted else None
    if state == "not_asked":
        row.update({column: before.get(column) for column in (*run, "unknown_rounds")})
        row["unknown_rounds"] = _number(before, "unknown_rounds")
    return row


def _number(row: Row, column: str) -> int:
    value = row.get(column)
    return value if isinstance(value, int) else 0


def prior_of(row: Row | None) -> Prior:
    """What a check may know of earlier observations; an empty prior for a subject never seen before."""
    if row is None:
        return Prior()
    dates = {
        name: _moment(row[name]).date() if row.get(name) else None
        for name in (
            "first_seen",
            "last_seen",
            "last_good",
            "failing_since",
            "unreached_since",
            "hidden_since",
            "changed",
        )
    }
    return Prior(
        **dates,
        unknown_rounds=_number(row, "unknown_rounds"),
        observations=_number(row, "observations"),
        changes=_number(row, "changes"),
        sha256=_text(row, "sha256"),
        content_sha256=_text(row, "content_sha256"),
        tables=tuple(_prior_table(table) for table in _list(row, "tables")),
        declared=_moment(row["declared"]).date() if row.get("declared") else None,
        described=_text(row, "described"),
    )


def columns_of(tables: Sequence[Table], keys: Sequence[str]) -> list[Row]:
    """Names and kinds of the columns of tables, as histories keep them; very long lists are cut."""
    return [
        {
            "key": key,
            "names": [column.name[:LONGEST_NAME] for column in table.columns[:MOST_COLUMNS]],
            "kinds": [column.kind for column in table.columns[:MOST_COLUMNS]],
        }
        for key, table in list(zip(keys, tables, strict=True))[:MOST_TABLES]
    ]


def table_before(prior: Prior, key: str, tables: int) -> PriorTable | None:
    """What a table was before: the one with the same key, or the only one where the file had and has only one."""
    for table in prior.tables:
        if table.key == key:
            return table
    return prior.tables[0] if len(prior.tables) == tables == 1 else None


def _prior_table(table: Any) -> PriorTable:
    return PriorTable(key=table["key"], names=tuple(table["names"]), kinds=tuple(table["kinds"]))


def _list(row: Row, column: str) -> list[object]:
    value = row.get(column)
    return value if isinstance(value, list) else []


def _text(row: Row, column: str) -> str | None:
    value = row.get(column)
    return value if isinstance(value, str) else None


def is_second_look(earlier: Row | None, as_of: str) -> bool:
    """Whether a 404 or 410 seen now confirms one seen at least an hour before."""
    since = (earlier or {}).get("failing_since")
    return since is not None and _moment(as_of) - _moment(since) >= SECOND_LOOK_AFTER


def _moment(value: object) -> datetime:
    return datetime.fromisoformat(str(value))
