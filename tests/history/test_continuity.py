"""Runs of probe states over observations: what starts, what ends, what is confirmed."""

from datetime import date

import pytest

from atalaya.checks.cases import PriorTable, ProbeFacts
from atalaya.history.continuity import (
    MOST_COLUMNS,
    Sighting,
    advance,
    columns_of,
    is_second_look,
    prior_of,
    probe_state,
    table_before,
)
from atalaya.inspection.findings import Column, Table
from atalaya.store.tables import Row

DAY_1, LATER, DAY_2, DAY_3 = (
    "2026-01-05T12:00:00Z",
    "2026-01-05T12:59:59Z",
    "2026-01-07T12:00:00Z",
    "2026-01-09T12:00:00Z",
)


def probe(status: int | None = None, failure: str | None = None, sha256: str | None = None) -> ProbeFacts:
    return ProbeFacts(
        url="https://a.example/", final_url="https://a.example/", status=status, failure=failure, sha256=sha256
    )


@pytest.mark.parametrize(
    ("seen", "state"),
    [
        (probe(200, sha256="00"), "good"),
        (probe(206, sha256="00"), "good"),
        (probe(200), "hidden"),
        (probe(404, sha256="00"), "gone"),
        (probe(410), "gone"),
        (probe(500, sha256="00"), "unreached"),
        (probe(503), "unreached"),
        (probe(failure="timeout"), "unreached"),
        (probe(failure="dns"), "unreached"),
        (probe(failure="refused"), "unreached"),
        (probe(200, failure="truncated", sha256="00"), "unreached"),
        (probe(401), "hidden"),
        (probe(403, sha256="00"), "hidden"),
        (probe(407), "hidden"),
        (probe(429), "hidden"),
        (probe(failure="robots"), "hidden"),
        (probe(failure="address"), "hidden"),
        (probe(failure="postponed"), "not_asked"),
        (probe(failure="scheme"), "not_asked"),
    ],
)
def test_a_probe_falls_into_one_state(seen: ProbeFacts, state: str) -> None:
    assert probe_state(seen) == state


def history(*seen: tuple[str, str, str | None]) -> Row:
    row: Row | None = None
    for as_of, state, content in seen:
        row = advance(row, Sighting("r", "resource", state, content), as_of)
    assert row is not None
    return row


def test_a_run_keeps_its_first_moment_and_ends_with_another_state() -> None:
    row = history((DAY_1, "gone", None), (DAY_2, "gone", None))
    assert row["failing_since"] == DAY_1
    assert history((DAY_1, "gone", None), (DAY_2, "good", "a"), (DAY_3, "gone", None))["failing_since"] == DAY_3
    assert history((DAY_1, "unreached", None), (DAY_2, "hidden", None))["unreached_since"] is None


def test_unknown_rounds_count_only_the_last_run() -> None:
    assert history((DAY_1, "hidden", None), (DAY_2, "unreached", None))["unknown_rounds"] == 2
    assert history((DAY_1, "hidden", None), (DAY_2, "good", "a"), (DAY_3, "hidden", None))["unknown_rounds"] == 1


def test_what_was_not_asked_leaves_every_run_as_it_was() -> None:
    before = history((DAY_1, "unreached", None))
    after = history((DAY_1, "unreached", None), (DAY_2, "not_asked", None))
    assert (after["unreached_since"], after["unknown_rounds"]) == (before["unreached_since"], before["unknown_rounds"])


def test_content_changes_only_between_two_known_contents() -> None:
    row = history((DAY_1, "good", "a"), (DAY_2, "unreached", None), (DAY_3, "good", "b"))
    assert (row["changed"], row["changes"], row["content_sha256"]) == (DAY_3, 1, "b")
    assert history((DAY_1, "good", "a"), (DAY_2, "good", "a"))["changed"] is None
    assert history((DAY_1, "unreached", None), (DAY_2, "good", "a"))["changes"] == 0


def test_a_prior_speaks_in_days() -> None:
    prior = prior_of(history((DAY_1, "good", "a"), (DAY_2, "good", "b"), (DAY_3, "gone", None)))
    assert (prior.first_seen, prior.last_good, prior.changed, prior.failing_since) == (
        date(2026, 1, 5),
        date(2026, 1, 7),
        date(2026, 1, 7),
        date(2026, 1, 9),
    )
    assert (prior.observations, prior.changes, prior_of(None).observations) == (3, 1, 0)


@pytest.mark.parametrize(
    ("seen", "now", "second"),
    [
        (None, DAY_1, False),
        (history((DAY_1, "gone", None)), LATER, False),
        (history((DAY_1, "gone", None)), "2026-01-05T13:00:00Z", True),
        (history((DAY_1, "unreached", None)), DAY_2, False),
    ],
)
def test_a_second_look_comes_an_hour_later(seen: Row | None, now: str, second: bool) -> None:
    assert is_second_look(seen, now) is second


def example_table(name: str, *columns: str) -> Table:
    shown = tuple(Column(position=n, name=each, kind="text", filled=1, missing=0) for n, each in enumerate(columns, 1))
    return Table(name=name, header_row=1, first_data_row=2, rows=1, columns=shown, reason="")


def seen(content: str | None, sha256: str | None, *tables: Table) -> Sighting:
    return Sighting("r", "resource", "good", content, sha256, columns_of(tables, [each.name for each in tables]))


def test_bytes_and_columns_are_carried_until_they_are_read_again() -> None:
    first = advance(None, seen("c", "s", example_table("", "a", "b")), DAY_1)
    missed = advance(first, Sighting("r", "resource", "unreached"), DAY_2)
    prior = prior_of(missed)
    assert (prior.sha256, prior.content_sha256) == ("s", "c")
    assert prior.tables == (PriorTable(key="", names=("a", "b"), kinds=("text", "text")),)
    again = prior_of(advance(missed, seen("c", "t", example_table("", "a")), DAY_3))
    assert (again.sha256, again.content_sha256, again.tables[0].names) == ("t", "c", ("a",))


def test_a_history_of_before_these_columns_is_read() -> None:
    prior = prior_of({"subject_id": "r", "first_seen": DAY_1})
    assert (prior.sha256, prior.tables) == (None, ())


def test_a_table_is_found_by_its_key_or_because_it_is_the_only_one() -> None:
    one = prior_of(advance(None, seen("c", "s", example_table("hoja", "a")), DAY_1))
    two = prior_of(advance(None, seen("c", "s", example_table("x", "a"), example_table("y", "b")), DAY_1))
    assert table_before(one, "otra", 1) == one.tables[0]
    assert table_before(one, "otra", 2) is None
    assert table_before(two, "y", 2) == two.tables[1]
    assert table_before(two, "z", 1) is None


def test_very_wide_files_are_cut() -> None:
    wide = example_table("", *(f"c{n}" for n in range(2 * MOST_COLUMNS)))
    assert len(prior_of(advance(None, seen("c", "s", wide), DAY_1)).tables[0].names) == MOST_COLUMNS
