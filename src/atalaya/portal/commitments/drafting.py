"""A version of a commitment as the fields of a form, and back."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from atalaya.commitments.exchange.drafts import MEASURED, MILESTONE, PROMISE, VERSION, Draft, MilestoneDraft, draft_of
from atalaya.commitments.plan import Version

MOST = 200
"""Milestones of one form."""
SPARE = 2
"""Empty milestones that a form ends with, to be filled in."""


def drafted(version: Version | None) -> Draft:
    """What a form is filled with at first: the version that stands, without what is the document's own."""
    if version is None:
        return Draft({"substance": "yes", "all_milestones": "yes"})
    found = draft_of(version)
    return Draft({**found.cells, "published": "", "note": "", "substance": "yes"}, found.milestones)


def draft_sent(sent: QueryDict) -> Draft:
    """What somebody sent. Raises ValueError where the form was not ours."""
    cells = {name: sent.get(f"v-{name}", "") for name in VERSION}
    cells["substance"] = "no" if sent.get("kind") == "correction" else "yes"
    cells["all_milestones"] = "yes" if sent.get("v-all_milestones") else "no"
    count = sent.get("count", "0")
    places = range(min(int(count), MOST)) if count.isdecimal() else ()
    return Draft(cells, tuple(_milestone(sent, place) for place in places if not sent.get(f"m{place}-out")))


def with_spare(draft: Draft) -> Draft:
    """A draft with empty milestones at its end."""
    held = [each for each in draft.milestones if any(value.strip() for value in each.cells.values())]
    empty = MilestoneDraft(dict.fromkeys(MILESTONE, ""))
    return Draft(draft.cells, (*held, *(empty for _ in range(SPARE))))


def mark_of_draft(draft: Draft) -> str:
    """What tells one draft from another: nothing is published but what was shown before."""
    filled = [each for each in draft.milestones if any(each.cells.values())]
    told = [draft.cells, [[each.cells, each.promises, each.measured] for each in filled]]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def packed(promise: Mapping[str, str]) -> str:
    """A promise as the value of a field."""
    return json.dumps(dict(promise), ensure_ascii=False, sort_keys=True)


def measured_line(cells: Mapping[str, str]) -> str:
    """What measures a milestone as a line: kind, identifier, institution and target, those that there are."""
    return " ".join(value for name in MEASURED if (value := cells.get(name, "")))


def merged(before: Draft, mine: Draft, theirs: Draft) -> tuple[Draft, tuple[str, ...]]:
    """What two editors made of one version: each cell as the one wrote it who changed it, and as `mine` where both did; and the
    names of those cells, a milestone's after its number (`2.end`). Milestones are known by their numbers."""
    own = {name: mine.cells.get(name, "") for name in _OWN}
    cells, both = _joined(before.cells, mine.cells, theirs.cells, VERSION)
    old, new, other = ({_key(each): each for each in one.milestones if _key(each)} for one in (before, mine, theirs))
    found = []
    for key, each in new.items():
        if key in other:
            joined, twice = _joined(old[key].cells if key in old else {}, each.cells, other[key].cells, MILESTONE)
            kept = other[key] if key in old and each.promises == old[key].promises else each
            found.append(MilestoneDraft(joined, kept.promises, each.measured or other[key].measured))
            both += [f"{key}.{name}" for name in twice]
        elif key not in old or each.cells != old[key].cells:
            found.append(each)
    found += [each for key, each in other.items() if key not in old and key not in new]
    unnamed = [each for each in mine.milestones if not _key(each)]
    return Draft({**cells, **own}, (*found, *unnamed)), tuple(name for name in both if name not in _OWN)


_OWN = ("published", "note", "substance")
"""Cells that are of a version and not of what it says."""


def _joined(
    before: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str], names: tuple[str, ...]
) -> tuple[dict[str, str], list[str]]:
    cells, both = {}, []
    for name in names:
        old, new, other = (_even(one.get(name, "")) for one in (before, mine, theirs))
        cells[name] = theirs.get(name, "") if new == old else mine.get(name, "")
        if old not in (new, other) and new != other:
            both.append(name)
    return cells, both


def _even(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _key(milestone: MilestoneDraft) -> str:
    return milestone.cells.get("number", "").strip()


def _milestone(sent: QueryDict, place: int) -> MilestoneDraft:
    cells = {name: sent.get(f"m{place}-{name}", "") for name in MILESTONE}
    promises = tuple(_promise(each) for each in sent.getlist(f"m{place}-promise"))
    lines = sent.get(f"m{place}-measured", "").splitlines()
    return MilestoneDraft(cells, promises, tuple(_measured(line) for line in lines if line.strip()))


def _promise(text: str) -> dict[str, str]:
    value: Any = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("a promise is no object")
    return {name: str(value.get(name, "")) for name in PROMISE}


def _measured(line: str) -> dict[str, str]:
    """`index open-data-national zz:one 60`: what stands third is an institution where it has a colon, else the target."""
    words = line.split()
    found = dict.fromkeys(MEASURED, "")
    found["kind"], found["id"] = words[0], words[1] if len(words) > 1 else ""
    for word in words[2:]:
        found["institution" if ":" in word else "target"] = word
    return found
