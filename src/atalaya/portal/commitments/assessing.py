"""What a self-assessment says before anybody edits it: how the plan stood on a day, by what was said of it until then."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from atalaya.commitments.plan import Plan
from atalaya.commitments.progress import Progress, counted
from atalaya.commitments.readings import LEVELS
from atalaya.portal.commitments.standing import CommitmentStanding, MilestoneStanding, Readings, plan_standing

TEXTS = ("introduction", "lessons", "conclusions")
"""What those who keep the plan write about the whole."""
LONGEST = 20_000
"""Characters of one text."""
SCALE = (*LEVELS["tracker"], *(level for level in LEVELS["irm_completion"] if level not in LEVELS["tracker"]))


def assessed(plan: Plan, readings: Readings, day: date, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The document of a self-assessment on a day; the texts of `before`, an earlier one, stay."""
    standing = plan_standing(plan, readings, day)
    milestones = [each for one in standing.commitments for each in one.milestones]
    kept = before or {}
    texts = {str(each["number"]): each.get("text", "") for each in kept.get("commitments", ())}
    return {
        "title": plan.title,
        "progress": _progress(standing.progress),
        "levels": counted([each.shown.level for each in milestones], SCALE),
        "late": sum(each.shown.timing == "late" for each in milestones),
        "milestones": len(milestones),
        **{name: kept.get(name, "") for name in TEXTS},
        "commitments": [_commitment(each, texts) for each in standing.commitments],
    }


def written(document: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """The document with other texts: `introduction`, `lessons`, `conclusions`, and one for each commitment by its number."""
    commitments = [
        {**each, "text": texts.get(f"commitment-{each['number']}", each["text"])} for each in document["commitments"]
    ]
    own = {name: texts.get(name, document[name]) for name in TEXTS}
    return {**document, **own, "commitments": commitments}


def _commitment(standing: CommitmentStanding, texts: Mapping[str, str]) -> dict[str, Any]:
    one = standing.commitment
    return {
        "number": one.number,
        "title": one.title if isinstance(one.title, str) else None,
        "lead": list(standing.lead),
        "progress": _progress(standing.progress),
        "text": texts.get(str(one.number), ""),
        "milestones": [_milestone(each) for each in standing.milestones],
    }


def _milestone(standing: MilestoneStanding) -> dict[str, Any]:
    said = standing.shown.reading
    return {
        "number": standing.number,
        "text": standing.milestone.text if isinstance(standing.milestone.text, str) else None,
        "end": str(standing.milestone.end) if standing.milestone.end else None,
        "timing": standing.shown.timing,
        "level": standing.shown.level,
        "voice": said.voice if said else None,
        "on": said.on.isoformat() if said else None,
        "note": said.note if said else "",
        "evidence": list(said.evidence) if said else [],
        "voices": {voice: reading.level for voice, reading in standing.voices.items()},
    }


def _progress(found: Progress | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {name: getattr(found, name) for name in ("value", "low", "high", "told", "parts")}
