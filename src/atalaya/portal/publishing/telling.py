"""What a version's page tells in words: what a repair would change, and who did what when."""

from dataclasses import dataclass
from typing import Any

from atalaya.portal.publishing.models import Version
from atalaya.portal.publishing.states import STATES
from atalaya.publish.words import Words
from atalaya.repair.changes import DECISIONS, DOUBTS, TEXTS


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the history: when, what became of the version, and by whom."""

    when: str
    what: str
    who: str


def repair_told(found: dict[str, Any] | None, say: Words) -> dict[str, Any] | None:
    """A proposal of repair in the reader's language; None where there is none."""
    if not found:
        return None
    tables = [
        {
            **each,
            "lines": [
                *_lines(each["reasons"], TEXTS, say, cells=True),
                *_lines(each["decisions"], DECISIONS, say),
            ],
            "doubtful": _lines(each["doubts"], DOUBTS, say),
        }
        for each in found["tables"]
    ]
    return {**found, "tables": tables}


def history_of(version: Version, reader: Any, say: Words) -> list[Told]:
    """What the trail keeps of a version, oldest first; people are named by the number of their account."""
    events = type(version).pgh_event_models["added"] if hasattr(type(version), "pgh_event_models") else None
    assert events is not None, "versions are tracked"
    told, before = [], None
    for each in events.objects.filter(pgh_obj_id=version.pk).order_by("pgh_created_at", "pgh_id"):
        account = (each.pgh_context or {}).get("account")
        changed = before is None or each.state != before
        what = say.t(STATES[each.state]) if changed else say.t("changed")
        who = say.t("you") if account == reader.pk else say.t("account {number}", number=account) if account else ""
        told.append(
            Told(f"{say.day(each.pgh_created_at.isoformat())} {each.pgh_created_at:%H:%M}", str(what), str(who))
        )
        before = each.state
    return told


def _lines(counts: dict[str, int], texts: dict[str, str], say: Words, *, cells: bool = False) -> list[str]:
    return [
        f"{say.plural('{count} cell', '{count} cells', count) if cells else say.number(count, 0)}: {say.t(texts[code])}"
        for code, count in counts.items()
        if code in texts
    ]
