"""Judging: the outcomes of the cases of a unit, gathered into one block for each level."""

from array import array
from collections import defaultdict
from collections.abc import Iterator

from atalaya.checks.cases import Case
from atalaya.checks.check import Level
from atalaya.checks.memory import Class, Judge
from atalaya.store.outcome_blocks import SUBJECT_COLUMNS, Column, OutcomeBlock
from atalaya.store.tables import Row


class Judges:
    """One judge for each level, kept by a process from unit to unit, with what they remember."""

    def __init__(self) -> None:
        self._judges = {level: Judge(level) for level in Level}

    def sitting(self) -> "Sitting":
        """Begin a unit. No two sittings of the same judges may run side by side."""
        for judge in self._judges.values():
            judge.forget()
        return Sitting(self._judges)


class Sitting:
    """The cases of one unit, judged one after another."""

    def __init__(self, judges: dict[Level, Judge]) -> None:
        self._judges = judges
        self._numbers: defaultdict[Level, list[list[int]]] = defaultdict(list)
        self._subjects: defaultdict[Level, list[tuple[str | None, ...]]] = defaultdict(list)

    def judge(self, level: Level, subject_id: str, case: Case, about: Row) -> None:
        """Judge a case; `about` says whose it is."""
        self._numbers[level].append(self._judges[level].judge(case))
        self._subjects[level].append(subject_values(subject_id, about))

    def blocks(self) -> Iterator[OutcomeBlock]:
        """The outcomes of all cases."""
        for level, vectors in self._numbers.items():
            judge = self._judges[level]
            columns = []
            for place, (check, said) in enumerate(zip(judge.checks, zip(*vectors, strict=True), strict=True)):
                order = {number: position for position, number in enumerate(dict.fromkeys(said))}
                numbers = array("I", map(order.__getitem__, said))
                columns.append(Column(check.id, check.version, tuple(judge.classes(place, order)), numbers))
            yield OutcomeBlock(level.value, subjects_of(self._subjects[level]), tuple(columns))


def said_of_all(level: Level, subjects: list[tuple[str | None, ...]], class_: Class) -> OutcomeBlock:
    """The block in which every check of a level says the same of every subject (`subject_values`)."""
    numbers = array("I", bytes(4 * len(subjects)))
    columns = tuple(Column(check.id, check.version, (class_,), numbers) for check in Judge(level).checks)
    return OutcomeBlock(level.value, subjects_of(subjects), columns)


def subject_values(subject_id: str, about: Row) -> tuple[str | None, ...]:
    """What says whose an outcome is, in the order of the columns."""
    get = about.get
    return (  # type: ignore[return-value]
        subject_id, get("institution_id"), get("source_id"), get("record_id"), get("resource_id"), get("table"),
    )  # fmt: skip


def subjects_of(subjects: list[tuple[str | None, ...]]) -> dict[str, list[str | None]]:
    """Subjects by column."""
    return dict(zip(SUBJECT_COLUMNS, map(list, zip(*subjects, strict=True)), strict=True))
