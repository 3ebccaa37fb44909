"""The units of the check stage: some datasets of one source each, as lines of its part, or as what stands of a held source."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from atalaya.checks.check import Level
from atalaya.checks.outcomes import unknown
from atalaya.exceptions import StoreError
from atalaya.rounds.context import Round
from atalaya.rounds.harvesting import STAGE as HARVEST
from atalaya.rounds.holding import HELD, carried_tables
from atalaya.rounds.judging import class_of, said_of_all, subject_values
from atalaya.rounds.surveying import COLUMNS, Survey, survey
from atalaya.store.ledger import Ledger
from atalaya.store.parts import Entry, row_of
from atalaya.store.tables import Row

CHUNK = 250
"""Datasets in a unit: what is judged again after the process dies is at most this for each process."""

Lines = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """Some datasets of one source, as the lines of their records, attributions and distributions, dataset by dataset.

    `among` says of each of them how it stands among the others of its source (`Survey.among`).
    """

    id: str
    source_id: str
    lines: Lines
    among: Mapping[str, Mapping[str, int]]


def survey_of(ledger: Ledger, name: str, aside: Container[str]) -> Survey:
    """The survey of the records of a source."""
    rows = (row for _, row in ledger.unit_rows(HARVEST, name, "records"))
    return survey([{column: row[column] for column in COLUMNS} for row in rows], aside)


def units_of(ledger: Ledger, name: str, surveyed: Survey) -> Iterator[Unit]:
    """The units of a source, in the order in which its part gives its datasets."""
    lines: list[tuple[str, bytes]] = []
    number = datasets = 0
    for table, line in ledger.unit_lines(HARVEST, name, "records", "attributions", "distributions"):
        if table == "records":
            if datasets == CHUNK:
                yield _unit(name, number, lines, surveyed)
                lines, datasets, number = [], 0, number + 1
            datasets += 1
        lines.append((table, line))
    if lines:
        yield _unit(name, number, lines, surveyed)


def _unit(name: str, number: int, lines: Sequence[tuple[str, bytes]], surveyed: Survey) -> Unit:
    among = {}
    for table, line in lines:
        if table == "records":
            record_id = str(row_of(line)["record_id"])
            among[record_id] = surveyed.among(record_id)
    return Unit(f"{name}-{number:05d}", name, tuple(lines), among)


def datasets_of(unit: Unit) -> Iterator[tuple[Row, str | None, list[Row]]]:
    """The datasets of a unit: the record, its institution, and its distributions in their order."""
    record: Row | None = None
    institution: str | None = None
    rows: list[Row] = []
    for table, line in (*unit.lines, ("records", b"")):
        if table == "records":
            if record is not None:
                yield record, institution, sorted(rows, key=lambda row: cast(int, row["ordinal"]))
            record, institution, rows = row_of(line) if line else None, None, []
            continue
        row = row_of(line)
        if record is None or row["record_id"] != record["record_id"]:
            raise StoreError(f"the rows of {unit.id} are not in order of their datasets")
        if table == "attributions":
            institution = cast("str | None", row["institution_id"])
        else:
            rows.append(row)


Subjects = dict[Level, list[tuple[str | None, ...]]]


def held_units(round_: Round, name: str) -> Iterator[tuple[str, Subjects]]:
    """The units of a source whose rows stand from the observation before, so that nothing of it is decided in this one."""
    institutions: dict[str, str | None] = {}
    resources: defaultdict[str, list[str]] = defaultdict(list)
    tables: defaultdict[str, list[Row]] = defaultdict(list)
    records: list[str] = []
    for table, row in round_.ledger.unit_rows(HARVEST, name, "records", "attributions", "distributions"):
        record_id = str(row["record_id"])
        if table == "records":
            records.append(record_id)
        elif table == "attributions":
            institutions[record_id] = cast("str | None", row["institution_id"])
        else:
            resources[record_id].append(str(row["resource_id"]))
    for row in carried_tables(round_.previous, name):
        tables[str(row["record_id"])].append(row)
    for number, start in enumerate(range(0, len(records), CHUNK)):
        subjects: Subjects = {level: [] for level in (Level.DATASET, Level.RESOURCE, Level.TABLE)}
        for record_id in records[start : start + CHUNK]:
            if record_id in round_.set_aside:
                continue
            about: Row = {
                "institution_id": institutions.get(record_id), "source_id": name, "record_id": record_id,
            }  # fmt: skip
            subjects[Level.DATASET].append(subject_values(record_id, about))
            for resource_id in resources[record_id]:
                subjects[Level.RESOURCE].append(subject_values(resource_id, {**about, "resource_id": resource_id}))
            for row in tables[record_id]:
                here = {**about, "resource_id": row["resource_id"], "table": row["table"]}
                subjects[Level.TABLE].append(subject_values(str(row["subject_id"]), here))
        yield f"{name}-{number:05d}", subjects


def held_blocks(subjects: Subjects) -> Iterator[Entry]:
    """Of datasets that stand from the observation before every outcome is unknown; their histories stand too."""
    undecided = class_of(unknown(HELD))
    return (said_of_all(level, found, undecided) for level, found in subjects.items() if found)
