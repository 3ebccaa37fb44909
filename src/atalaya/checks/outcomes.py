"""The result of one check on one case: pass, fail, unknown or not applicable, with counts and evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from atalaya.checks.quotation import without_people


class Verdict(StrEnum):
    """The four verdicts. Unknown never counts as fail; not applicable leaves the denominator."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


Evidence = Mapping[str, str | int | float | bool | None]
"""Named facts that the verdict rests on and that its text may quote; never a personal or rare cell value."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict, the code of its reason, how many items passed of how many applied, and the evidence.

    Evidence names no person's address, whatever a publisher wrote where: it is left out here, for every check.
    """

    verdict: Verdict
    reason: str
    evidence: Evidence = field(default_factory=dict)
    passed: int = 0
    applied: int = 0

    def __post_init__(self) -> None:
        """Leaves addresses of people out of the evidence."""
        if any(isinstance(value, str) and "@" in value for value in self.evidence.values()):
            plain = {
                name: without_people(value) if isinstance(value, str) else value
                for name, value in self.evidence.items()
            }
            object.__setattr__(self, "evidence", plain)


NOTHING: Evidence = {}
"""The evidence of outcomes that rest on none: each of them is made once, since millions of cases have the same."""

_PASSED: dict[str, Outcome] = {}
_FAILED: dict[str, Outcome] = {}
_UNKNOWN: dict[str, Outcome] = {}
_NOT_APPLICABLE: dict[str, Outcome] = {}


def passed(reason: str = "ok", **evidence: str | int | float | bool | None) -> Outcome:
    """An outcome that passes on one item."""
    if evidence:
        return Outcome(Verdict.PASS, reason, evidence, 1, 1)
    return _PASSED.get(reason) or _PASSED.setdefault(reason, Outcome(Verdict.PASS, reason, NOTHING, 1, 1))


def failed(reason: str, **evidence: str | int | float | bool | None) -> Outcome:
    """An outcome that fails on one item."""
    if evidence:
        return Outcome(Verdict.FAIL, reason, evidence, 0, 1)
    return _FAILED.get(reason) or _FAILED.setdefault(reason, Outcome(Verdict.FAIL, reason, NOTHING, 0, 1))


def unknown(reason: str, **evidence: str | int | float | bool | None) -> Outcome:
    """An outcome that could not be decided; it lowers coverage, never a score."""
    if evidence:
        return Outcome(Verdict.UNKNOWN, reason, evidence)
    return _UNKNOWN.get(reason) or _UNKNOWN.setdefault(reason, Outcome(Verdict.UNKNOWN, reason, NOTHING))


def not_applicable(reason: str, **evidence: str | int | float | bool | None) -> Outcome:
    """An outcome for a case that the check does not concern."""
    if evidence:
        return Outcome(Verdict.NOT_APPLICABLE, reason, evidence)
    known = _NOT_APPLICABLE.get(reason)
    return known or _NOT_APPLICABLE.setdefault(reason, Outcome(Verdict.NOT_APPLICABLE, reason, NOTHING))
