"""What a recheck saw of findings: the verdict now on what failed in an observation."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from atalaya.history.read import Sealed
from atalaya.store.tables import Row

PASS, FAIL, UNKNOWN, NOT_APPLICABLE = "pass", "fail", "unknown", "not_applicable"
GONE = "gone"
"""Reason of a finding whose subject is not published any more; its verdict is *not applicable*."""
NOT_SEEN = "not_seen"
"""Reason of a finding that the recheck could not judge: it is judged among all that an institution publishes, or its source did
not answer; its verdict is *unknown*."""
AMONG_ALL = frozenset({"content_unique"})
"""Checks that compare the contents of all files of an institution, of which a recheck reads a few."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One finding seen again: the verdict and its reason, by which version of its check, and the evidence."""

    finding_id: str
    verdict: str
    reason: str
    check_version: int
    evidence: object


def seen_again(before: Sealed, after: Sealed, findings: Collection[str]) -> Iterator[Seen]:
    """How findings of an observation stand in its recheck, sorted by id; those that the observation does not have are left out.

    A subject that its source gives under another identifier now is followed.
    """
    marks = ", ".join("?" for _ in findings) or "''"
    rows = sorted(
        before.rows("outcomes", f"finding_id IN ({marks})", sorted(findings)), key=lambda row: str(row["finding_id"])
    )
    now = {str(row["former_id"]): str(row["subject_id"]) for row in after.rows("migrations")}
    records = {str(row["record_id"]) for row in after.rows("records", columns=("record_id",))}
    files = {str(row["resource_id"]) for row in after.rows("distributions", columns=("resource_id",))}
    read = {str(row["source_id"]) for row in after.rows("sources") if row["state"] == "complete"}
    inspected = {str(row["resource_id"]) for row in after.rows("inspections", columns=("resource_id",))}
    verdicts = {(row["check_id"], row["subject_id"]): row for row in after.rows("outcomes")}
    for row in rows:
        subject = str(row["subject_id"])
        found = verdicts.get((row["check_id"], now.get(subject, subject)))
        if found is not None and row["check_id"] not in AMONG_ALL:
            yield _seen(row, found)
            continue
        record, file = (now.get(str(row[name]), str(row[name])) for name in ("record_id", "resource_id"))
        gone = row["record_id"] is not None and record not in records
        gone |= row["resource_id"] is not None and file not in files
        gone |= row["level"] == "table" and file in inspected
        verdict, reason = (NOT_APPLICABLE, GONE) if gone and str(row["source_id"]) in read else (UNKNOWN, NOT_SEEN)
        yield Seen(str(row["finding_id"]), verdict, reason, int(str(row["check_version"])), {})


def seen_anew(before: Sealed, after: Sealed, asked: Collection[str]) -> Iterator[Seen]:
    """What changed beside the findings asked for: those that pass now, then those that are new; each sorted by id."""
    verdicts = {str(row["subject_id"]) for row in after.rows("outcomes", columns=("subject_id",))}
    failing = {
        str(row["finding_id"])
        for row in before.rows("outcomes", "verdict = 'fail' AND finding_id IS NOT NULL")
        if str(row["subject_id"]) in verdicts and row["check_id"] not in AMONG_ALL
    }
    yield from (each for each in seen_again(before, after, failing - set(asked)) if each.verdict == PASS)
    new = after.rows("outcomes", "verdict = 'fail' AND finding_id IS NOT NULL AND level IN ('resource', 'table')")
    for row in sorted(new, key=lambda row: str(row["finding_id"])):
        if str(row["finding_id"]) not in failing:
            yield Seen(
                str(row["finding_id"]), FAIL, str(row["reason"] or ""), int(str(row["check_version"])), row["evidence"]
            )


def _seen(row: Row, found: Row) -> Seen:
    return Seen(
        str(row["finding_id"]),
        str(found["verdict"]),
        str(found["reason"] or ""),
        int(str(found["check_version"])),
        found["evidence"],
    )
