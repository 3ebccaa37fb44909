"""What became of an improvement plan in a later observation: of each finding, and what is new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from atalaya.checks.check import finding_id
from atalaya.checks.outcomes import Verdict
from atalaya.exceptions import StoreError
from atalaya.history.amending import Judged
from atalaya.history.compare import compare
from atalaya.history.improvement import ImprovementPlan, findings_in
from atalaya.history.read import Sealed
from atalaya.history.recompute import measures_of, wanting
from atalaya.indices.language.definition import Index
from atalaya.indices.mending import Standing, Trial
from atalaya.measures.presence import MEASURE as PUBLISHES
from atalaya.store.tables import Row


class Became(StrEnum):
    """What became of a finding."""

    MENDED = "mended"
    OPEN = "open"
    UNSEEN = "unseen"
    """The same check could not decide: silence mends nothing."""
    NOT_APPLICABLE = "not_applicable"
    GONE = "gone"
    """Its subject is there no more, though its source was read whole."""
    UNREAD = "unread"
    """Its source was not read whole."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one finding, and whether its check has another version since: then the rule may have decided it."""

    became: Became
    rule_changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A plan followed into a later observation.

    `fates` are by the finding's id in the plan. `new` are the findings that the index reads and that were not there before.
    `standing` is where the institution stands then; None where the later observation lacks measures that the index reads.
    """

    observation: str
    as_of: str
    fates: Mapping[str, Fate]
    new: tuple[Row, ...]
    standing: Standing | None

    def counts(self) -> dict[str, int]:
        """How many findings became what, in the order of `Became`, and how many are new."""
        found = {each.value: sum(fate.became is each for fate in self.fates.values()) for each in Became}
        return {**found, "new": len(self.new)}


def follow_up(plan: ImprovementPlan, earlier: Sealed, later: Sealed, index: Index) -> FollowUp:
    """Follow a plan of the earlier observation into a later one.

    Raises StoreError where the later observation is not later, or is of another country.
    """
    if later.manifest.country != earlier.manifest.country or later.manifest.as_of <= earlier.manifest.as_of:
        raise StoreError(
            f"{later.manifest.observation} does not come after {earlier.manifest.observation}; "
            "give a later observation of the same country"
        )
    before = findings_in(Judged(earlier, (plan.institution,)).findings, index)
    judged = Judged(later, (plan.institution,))
    seen = _seen(later, [(str(row["check_id"]), str(row["subject_id"])) for row in before])
    known = {finding_id(*key) for key in seen}
    lost = any(str(row["finding_id"]) not in known for row in before)
    moved = compare(earlier, later).moved_findings if lost else {}
    now = {former: id_ for id_, former in moved.items()}
    rows = {finding_id(*key): row for key, row in (seen | _moved(later, before, now)).items()}
    states = {str(row["source_id"]): str(row["state"]) for row in later.rows("sources")}
    had = {str(row["finding_id"]) for row in before}
    return FollowUp(
        observation=later.manifest.observation,
        as_of=later.manifest.as_of,
        fates={
            step.finding_id: _first(later, plan.institution)
            if step.level == "institution"
            else _fate(
                rows.get(now.get(step.finding_id, step.finding_id)),
                step.check_version,
                states.get(step.subject.source_id),
            )
            for step in plan.steps
        },
        new=tuple(
            row
            for row in findings_in(judged.findings, index)
            if moved.get(str(row["finding_id"]), str(row["finding_id"])) not in had
        ),
        standing=None if wanting(index, later) else Trial(index, measures_of(later), plan.institution, ()).standing({}),
    )


def _seen(later: Sealed, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Row]:
    """The later outcomes of some checks on some subjects, whoever they are of."""
    wanted = set(keys)
    subjects = sorted({subject for _, subject in wanted})
    columns = ("check_id", "subject_id", "check_version", "verdict")
    rows = later.rows("outcomes", "subject_id IN (SELECT unnest(?::VARCHAR[]))", [subjects], columns=columns)
    found = {(str(row["check_id"]), str(row["subject_id"])): row for row in rows}
    return {key: row for key, row in found.items() if key in wanted}


def _moved(later: Sealed, before: Sequence[Row], now: Mapping[str, str]) -> dict[tuple[str, str], Row]:
    """The later outcomes on subjects that have another identifier since."""
    wanted = {now[str(row["finding_id"])]: str(row["check_id"]) for row in before if str(row["finding_id"]) in now}
    if not wanted:
        return {}
    columns = ("check_id", "subject_id", "check_version", "verdict")
    checks = sorted(set(wanted.values()))
    rows = later.rows("outcomes", "check_id IN (SELECT unnest(?::VARCHAR[]))", [checks], columns=columns)
    keyed = {(str(row["check_id"]), str(row["subject_id"])): row for row in rows}
    return {key: row for key, row in keyed.items() if finding_id(*key) in wanted}


def _fate(row: Row | None, version: int, state: str | None) -> Fate:
    if row is None:
        return Fate(Became.GONE if state == "complete" else Became.UNREAD)
    became = {
        Verdict.PASS: Became.MENDED,
        Verdict.FAIL: Became.OPEN,
        Verdict.UNKNOWN: Became.UNSEEN,
        Verdict.NOT_APPLICABLE: Became.NOT_APPLICABLE,
    }[Verdict(str(row["verdict"]))]
    return Fate(became, row["check_version"] != version)


def _first(later: Sealed, institution: str) -> Fate:
    """What became of an institution that published nothing."""
    rows = list(later.rows("measures", "measure_id = ? AND institution_id = ?", [PUBLISHES, institution]))
    value = rows[0]["value"] if rows else None
    return Fate(Became.UNSEEN if value is None else Became.MENDED if value == 1.0 else Became.OPEN)
