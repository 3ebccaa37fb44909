"""What everybody may read of answers: one function says it, for the page of a finding, the list, the download and the API.

That a finding is disputed is public from the day on which the dispute is sent; its reason and the ruling are, once it is ruled.
An answer to a coming finding is public once the observation is published. Drafts never are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Count, Max, Q, QuerySet

from atalaya.portal.observatory.models import Edition
from atalaya.portal.reviews.models import Reply
from atalaya.portal.reviews.states import COMMENT, DRAFT, FAILED, MENDING, OUTCOMES, RECHECK, RULED, SENT, WITHDRAWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An answer as everybody may read it; what may not be read yet is empty."""

    id: int
    kind: str
    state: str
    institution: str
    thing: str
    title: str
    check: str
    observation: str
    sent: datetime
    changed: datetime
    text: str = ""
    ground: str = ""
    url: str = ""
    file: str = ""
    day: date | None = None
    outcome: str = ""
    ruled: str = ""
    why: str = ""
    seen_in: str = ""


def public() -> QuerySet[Reply]:
    """The answers of which everybody may read something."""
    published = Edition.objects.values("observation") if Edition.is_there() else []
    unpublished = Q(kind=COMMENT) & (~Q(state=SENT) | ~Q(observation__in=published))
    found: QuerySet[Reply] = Reply.objects.filter(sent__isnull=False).exclude(state=DRAFT).exclude(unpublished)
    return found.select_related("file")


def shown(reply: Reply) -> Shown:
    """What everybody may read of an answer that is among `public`."""
    whole = reply.state == RULED or reply.kind == COMMENT
    seen = reply.kind == RECHECK
    return Shown(
        id=reply.pk,
        kind=reply.kind,
        state=reply.state,
        institution=reply.institution,
        thing=reply.thing,
        title=reply.title,
        check=reply.check_id,
        observation=reply.observation,
        sent=reply.sent,
        changed=reply.changed,
        text=reply.text if whole else "",
        ground=reply.ground if whole else "",
        url=reply.url if whole else "",
        file=str(reply.file.key) if whole and reply.file is not None and reply.file.published else "",
        day=reply.day if reply.kind == MENDING and reply.state != WITHDRAWN else None,
        outcome=reply.outcome if reply.state == RULED or seen else "",
        ruled=OUTCOMES.get(reply.kind, {}).get(reply.outcome, "") if reply.state == RULED else "",
        why=reply.why if reply.state in (RULED, FAILED) else "",
        seen_in=reply.seen_in if seen else "",
    )


def answers_to(thing: str, institution: str = "") -> list[Shown]:
    """What everybody may read of the answers to a thing, newest first; of one institution, where that is told."""
    found = public().filter(thing=thing)
    return [shown(each) for each in (found.filter(institution=institution) if institution else found)]


def states_of(things: Iterable[str]) -> dict[str, Shown]:
    """The newest public answer to each of some things."""
    found: dict[str, Shown] = {}
    for each in public().filter(thing__in=list(things)).order_by("changed", "id"):
        found[each.thing] = shown(each)
    return found


def all_states() -> Mapping[str, Shown]:
    """The newest public answer to each thing that has one: for downloads of whole lists."""
    return {each.thing: shown(each) for each in public().order_by("changed", "id")}


def mark_of(thing: str) -> str:
    """What changes whenever an answer to a thing does: part of the mark of its page."""
    return _mark(Reply.objects.filter(thing=thing))


def mark_of_all() -> str:
    """What changes whenever any answer does: part of the mark of lists."""
    return _mark(Reply.objects.exclude(state=DRAFT))


def _mark(rows: QuerySet[Reply]) -> str:
    told = rows.order_by().aggregate(count=Count("id"), last=Max("changed"))
    return f"{told['count']}|{told['last'].timestamp() if told['last'] else ''}"


def history_of(replies: Iterable[int]) -> dict[int, list[tuple[datetime, str]]]:
    """When each of some answers came into which state, oldest first, as the trail has it; drafts are left out."""
    events: Any = apps.get_model("reviews", "ReplyEvent")
    rows = events.objects.filter(pgh_obj_id__in=list(replies)).exclude(state=DRAFT).order_by("pgh_id")
    found: dict[int, list[tuple[datetime, str]]] = {}
    for key, moment, state in rows.values_list("pgh_obj_id", "pgh_created_at", "state"):
        steps = found.setdefault(int(key), [])
        if not steps or steps[-1][1] != state:
            steps.append((moment, str(state)))
    return found
