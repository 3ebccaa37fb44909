"""Judging: the outcomes of the cases of a unit, gathered into one block for each level.

Of many cases most say the same, so each thing that a check says is written once and numbered.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from atalaya.checks.cases import Case
from atalaya.checks.check import AnyCheck, Level
from atalaya.checks.outcomes import NOTHING, Outcome, Verdict
from atalaya.checks.registry import by_level
from atalaya.rounds.rulings import Upheld
from atalaya.store.outcome_blocks import SUBJECT_COLUMNS, Column, OutcomeBlock
from atalaya.store.parts import canonical_json
from atalaya.store.tables import Row

Class = tuple[str, str, int, int, str]
"""What an outcome says, without its subject: verdict, reason, passed, applied, evidence as canonical JSON."""

DISPUTED = "dispute_upheld"
"""The reason of an outcome that a ruling of people replaces."""

Rulings = Mapping[str, Mapping[str, Upheld]]
"""What was upheld, by subject id and check id."""

MOST = 100_000
"""Classes that are held at once over all checks of a level: some 40 MB."""


def class_of(outcome: Outcome) -> Class:
    """What an outcome says, for the store."""
    return (
        outcome.verdict.value,
        outcome.reason,
        outcome.passed,
        outcome.applied,
        canonical_json(dict(outcome.evidence)),
    )


class Judge:
    """The checks of one level. `judge` gives a number for what each says of a case; `classes` says what numbers mean."""

    def __init__(self, level: Level, checks: tuple[AnyCheck, ...] | None = None) -> None:
        self.checks = by_level(level) if checks is None else checks
        self._sayings = [_Sayings(check) for check in self.checks]

    def judge(self, case: Case) -> list[int]:
        """The number of the outcome of each check, in the order of `checks`. A rule that raises is a fault of ours."""
        return [sayings.number(sayings.rule(case)) for sayings in self._sayings]

    def ruled(self, numbers: list[int], upheld: Mapping[str, Upheld]) -> list[int]:
        """The numbers that `judge` gave, with what people ruled where the same rule fails for the same reason again."""
        return [
            sayings.instead(number, upheld[check.id], check.version) if check.id in upheld else number
            for number, sayings, check in zip(numbers, self._sayings, self.checks, strict=True)
        ]

    def classes(self, place: int, numbers: Iterable[int]) -> list[Class]:
        """What numbers of the check at a place mean."""
        known = self._sayings[place].classes
        return [known[number] for number in numbers]

    def forget(self) -> None:
        """Begin anew once there are too many; numbers given before then mean nothing any more."""
        if sum(len(sayings.classes) for sayings in self._sayings) > MOST:
            self._sayings = [_Sayings(check) for check in self.checks]


class _Sayings:
    """All that one check has said."""

    def __init__(self, check: AnyCheck) -> None:
        self.rule = check.rule
        self.classes: list[Class] = []
        self._numbers: dict[Any, int] = {}
        self._bare: dict[int, tuple[Outcome, int]] = {}

    def number(self, outcome: Outcome) -> int:
        """The number of an outcome. One without evidence is one object however often it is said (`outcomes.NOTHING`)."""
        evidence = outcome.evidence
        if evidence is NOTHING:
            same = self._bare.get(id(outcome))
            if same is not None:
                return same[1]
        key: Any = (outcome.verdict, outcome.reason, outcome.passed, outcome.applied)
        if evidence:  # 1, 1.0 and True are equal and are written differently
            key = (key, *evidence.items(), *map(type, evidence.values()))
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.classes)
            self.classes.append(class_of(outcome))
        if evidence is NOTHING:
            self._bare[id(outcome)] = outcome, number
        return number

    def instead(self, number: int, upheld: Upheld, version: int) -> int:
        """The number of what stands instead of an outcome: itself, unless it fails as it did when people ruled on it."""
        verdict, reason, _, applied, _ = self.classes[number]
        if (verdict, reason, version) != (Verdict.FAIL, upheld.reason, upheld.check_version):
            return number
        counted = applied if upheld.verdict == Verdict.PASS else 0
        evidence = {"decision": upheld.decision_id, "instead_of": reason}
        return self.number(Outcome(Verdict(upheld.verdict), DISPUTED, evidence, counted, counted))


class Judges:
    """One judge for each level, kept by a process from unit to unit, with the numbers that they gave, and what people ruled."""

    def __init__(self, rulings: Rulings | None = None) -> None:
        self._judges = {level: Judge(level) for level in Level}
        self._rulings: Rulings = rulings or {}

    def sitting(self) -> "Sitting":
        """Begin a unit. No two sittings of the same judges may run side by side."""
        for judge in self._judges.values():
            judge.forget()
        return Sitting(self._judges, self._rulings)


class Sitting:
    """The cases of one unit, judged one after another."""

    def __init__(self, judges: dict[Level, Judge], rulings: Rulings | None = None) -> None:
        self._judges = judges
        self._rulings: Rulings = rulings or {}
        self._numbers: defaultdict[Level, list[list[int]]] = defaultdict(list)
        self._subjects: defaultdict[Level, list[tuple[str | None, ...]]] = defaultdict(list)

    def judge(self, level: Level, subject_id: str, case: Case, about: Row) -> None:
        """Judge a case; `about` says whose it is."""
        numbers = self._judges[level].judge(case)
        if subject_id in self._rulings:
            numbers = self._judges[level].ruled(numbers, self._rulings[subject_id])
        self._numbers[level].append(numbers)
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
