"""What people ruled on findings and duties, as decisions of the store: how they are written, and what a round reads of them.

A dispute that was upheld changes what a check says of a subject for as long as the same rule would fail it for the same reason;
a duty that was ruled not to concern an institution is justified for as long as nothing of it is there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from atalaya.store.decisions import Decision, decisions, record

DISPUTE = "dispute"
"""The kind of decision that upholds a dispute over a finding: its subject is the finding's id."""

NOT_CONCERNED = "duty_not_concerned"
"""The kind of decision on whether a duty concerns an institution: its subject is both ids, with `SEPARATOR` between them."""

ATTRIBUTION = "attribution"
"""The kind of decision on whose institution a publisher is: its subject is a source id and a publisher key."""

SEPARATOR = "|"
"""Between the parts of a subject; no id of an institution or a source holds it."""

INSTEAD = ("unknown", "not_applicable", "pass")
"""What may stand instead of a failing verdict: nobody can tell, the rule does not concern the case, there is no fault."""

Ruling = Mapping[str, str | bool | None]


@dataclass(frozen=True, slots=True)
class Upheld:
    """What stands instead of a failing outcome of this version of a check and for this reason, by which decision."""

    check_version: int
    reason: str
    verdict: str
    decision_id: str


@dataclass(frozen=True, slots=True)
class Concern:
    """That a duty does not concern an institution, in the words of the ruling, by which decision."""

    decision_id: str
    words: str


def dispute_ruling(*, verdict: str, check: str, version: int, subject: str, reason: str, observation: str) -> Ruling:
    """The ruling that upholds a dispute over a finding of an observation. Raises ValueError for a verdict not in `INSTEAD`."""
    if verdict not in INSTEAD:
        raise ValueError(f"{verdict!r} cannot stand instead of a failing verdict; one of {', '.join(INSTEAD)} can")
    return {
        "verdict": verdict, "check": check, "subject": subject, "observation": observation,
        "version": str(version), "reason": reason,
    }  # fmt: skip


def concern_subject(institution: str, duty: str) -> str:
    """The subject of a decision on whether a duty concerns an institution.

    >>> concern_subject("zz:office", "openness-3")
    'zz:office|openness-3'
    """
    return f"{institution}{SEPARATOR}{duty}"


def attribution_subject(source: str, publisher_key: str) -> str:
    """The subject of a decision on whose institution a publisher of a source is."""
    return f"{source}{SEPARATOR}{publisher_key}"


def deposit(home: Path, country: str, decision: Decision) -> bool:
    """Put a decision among those of a country, once however often it is put; whether it was new.

    Whoever calls sees to it that no two put the same one at the same moment. Raises StoreError where the file cannot be read.
    """
    if any(each.id == decision.id for each in decisions(home, country, decision.kind)):
        return False
    record(home, country, decision)
    return True


def read_upheld(rulings: Iterable[tuple[str, str, Ruling]]) -> dict[str, dict[str, Upheld]]:
    """Subject id → check id → what was upheld last, from (decision id, finding, ruling), the oldest first.

    Rulings that do not say on which version and reason they were made hold for their edition alone, and are left out.
    """
    found: dict[str, dict[str, Upheld]] = {}
    for decision_id, _, ruling in rulings:
        version, reason, verdict = str(ruling.get("version", "")), ruling.get("reason"), str(ruling.get("verdict"))
        if version.isdecimal() and isinstance(reason, str) and verdict in INSTEAD:
            made = Upheld(int(version), reason, verdict, decision_id)
            found.setdefault(str(ruling["subject"]), {})[str(ruling["check"])] = made
    return found


def read_concerns(rulings: Iterable[tuple[str, str, Ruling]]) -> dict[tuple[str, str], Concern]:
    """(institution, duty) → that it does not concern it, as ruled last, from (decision id, subject, ruling), the oldest first."""
    found: dict[tuple[str, str], Concern] = {}
    for decision_id, subject, ruling in rulings:
        institution, _, duty = subject.partition(SEPARATOR)
        if ruling.get("concerns") is False:
            found[institution, duty] = Concern(decision_id, str(ruling.get("words") or ""))
        else:
            found.pop((institution, duty), None)
    return found
