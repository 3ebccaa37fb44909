"""Outcomes as the check stage writes them: a block for each level of a unit, in which what is alike is written once.

A unit has thousands of subjects, and each check says one of a few things of all of them. A block has the subjects in one list
for each column, and for each check the list of its *classes* (verdict, reason, counts and evidence, each once) with one number
a subject, its place in that list. A block stands on a line of its part of its own, `{"o": …}`; whoever reads rows gets rows.
"""

import base64
import json
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import orjson

from atalaya.catalogue.identity import digest_id
from atalaya.store.tables import Row

TABLE = "outcomes"
SUBJECT_COLUMNS = ("subject_id", "institution_id", "source_id", "record_id", "resource_id", "table")
"""Columns of the table `outcomes` that say whose an outcome is."""

PREFIX = b'{"o":'
"""How the line of a block begins; the line of a row begins with `{"t":`."""

FAIL = "fail"
"""The verdict that is a finding (`checks.outcomes`)."""

Class = tuple[str, str, int, int, str]
"""What an outcome says, without its subject: verdict, reason, passed, applied, evidence as canonical JSON."""

Numbers = Sequence[int]


@dataclass(frozen=True, slots=True)
class Column:
    """The outcomes of one check: its classes, and for each subject of the block the place of its class."""

    check_id: str
    version: int
    classes: tuple[Class, ...]
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class OutcomeBlock:
    """The outcomes of some checks on some subjects of one level; `subjects` has a list of equal length for each column."""

    level: str
    subjects: Mapping[str, Sequence[str | None]]
    columns: tuple[Column, ...]

    def __len__(self) -> int:
        """How many subjects there are."""
        return len(self.subjects["subject_id"])

    def rows(self) -> Iterator[Row]:
        """The outcomes as rows of their table, subject by subject."""
        said = [[_said(column, class_) for class_ in column.classes] for column in self.columns]
        for place, values in enumerate(zip(*(self.subjects[name] for name in SUBJECT_COLUMNS), strict=True)):
            about = dict(zip(SUBJECT_COLUMNS, values, strict=True))
            for column, classes in zip(self.columns, said, strict=True):
                row = {**about, "level": self.level, **classes[column.numbers[place]]}
                failed = row["verdict"] == FAIL
                row["evidence"] = json.loads(row["evidence"])
                row["finding_id"] = digest_id(column.check_id, str(row["subject_id"])) if failed else None
                yield row


def _said(column: Column, class_: Class) -> dict[str, Any]:
    verdict, reason, passed, applied, evidence = class_
    return {
        "check_id": column.check_id, "check_version": column.version, "verdict": verdict, "reason": reason,
        "passed": passed, "applied": applied, "evidence": evidence,
    }  # fmt: skip


def line_of(block: OutcomeBlock) -> bytes:
    """The line of a block. A column of subjects that says one thing of all is written once."""
    body = {
        "level": block.level,
        "size": len(block),
        "subjects": {name: _shortened(block.subjects[name]) for name in SUBJECT_COLUMNS},
        "columns": [[c.check_id, c.version, c.classes, _packed(c.numbers)] for c in block.columns],
    }
    return orjson.dumps({"o": body}, option=orjson.OPT_APPEND_NEWLINE)


def block_of(line: bytes) -> OutcomeBlock:
    """The block of a line. Raises ValueError, KeyError or TypeError where it is damaged."""
    body = orjson.loads(line)["o"]
    size = body["size"]
    subjects = {
        name: values if isinstance(values, list) else [values] * size for name, values in body["subjects"].items()
    }
    columns = tuple(
        Column(check_id, version, tuple(tuple(class_) for class_ in classes), _unpacked(numbers))
        for check_id, version, classes, numbers in body["columns"]
    )
    if any(len(values) != size for values in (*subjects.values(), *(column.numbers for column in columns))):
        raise ValueError("a block whose columns differ in length")
    return OutcomeBlock(body["level"], subjects, columns)


def blocks_of(rows: Iterable[Mapping[str, Any]]) -> list[OutcomeBlock]:
    """Rows of the table `outcomes` as blocks: subjects that have the same checks share one."""
    outcomes: dict[tuple[Any, ...], dict[tuple[str, int], Class]] = {}
    for row in rows:
        about = (row["level"], *(row.get(name) for name in SUBJECT_COLUMNS))
        class_ = (
            str(row["verdict"]), row.get("reason") or "", row.get("passed") or 0, row.get("applied") or 0,
            json.dumps(row.get("evidence") or {}, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        )  # fmt: skip
        check, again = (row["check_id"], row["check_version"]), 0
        while check in outcomes.setdefault((*about, again), {}):  # a key that two rows share is for others to refuse
            again += 1
        outcomes[(*about, again)][check] = class_
    alike = groupby(outcomes.items(), key=lambda item: (item[0][0], tuple(item[1])))
    return [_block(level, checks, list(group)) for (level, checks), group in alike]


def _block(level: str, checks: Sequence[tuple[str, int]], found: list[Any]) -> OutcomeBlock:
    subjects = {name: [about[place] for about, _ in found] for place, name in enumerate(SUBJECT_COLUMNS, start=1)}
    columns = tuple(column_of(*check, [said[check] for _, said in found]) for check in checks)
    return OutcomeBlock(level, subjects, columns)


def column_of(check_id: str, version: int, said: Sequence[Class]) -> Column:
    """The column of a check from what it says of each subject."""
    places = {class_: place for place, class_ in enumerate(dict.fromkeys(said))}
    return Column(check_id, version, tuple(places), array("I", [places[class_] for class_ in said]))


def _shortened(values: Sequence[str | None]) -> Sequence[str | None] | str | None:
    first = values[0] if values else None
    return first if all(value == first for value in values) else values


def _packed(numbers: Numbers) -> str:
    """Numbers as base64 of unsigned integers of four bytes, least first."""
    packed = numbers if isinstance(numbers, array) and numbers.typecode == "I" else array("I", numbers)
    if sys.byteorder == "big":
        packed = array("I", packed)
        packed.byteswap()
    return base64.b64encode(packed.tobytes()).decode()


def _unpacked(text: str) -> "array[int]":
    numbers = array("I")
    numbers.frombytes(base64.b64decode(text))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
