"""What an institution does next: three tasks of all that there is, and the rest by kind.

The three are what awaits its answer, what pays most of its improvement plan, and the duty that is longest overdue; where there is
nothing of a kind, the next of the others stand in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from django.db.models import F, QuerySet

from atalaya.portal.observatory.models import Duty, DutyVerdict, Finding, Rule, Step
from atalaya.portal.reviews.models import ComingFinding, Reply
from atalaya.portal.reviews.periods import coming_of
from atalaya.portal.reviews.states import (
    CLAIMED,
    COMMENT,
    DISPUTE,
    DONE,
    DRAFT,
    MENDING,
    NOT_CONCERNED,
    PROPOSED,
    RECHECK,
    RULED,
    SENT,
    STANDS,
)
from atalaya.publish.words import Words

FINDING, DUTY, ANSWER = "finding", "duty", "answer"

KINDS = {FINDING: "Findings", DUTY: "Duties", ANSWER: "Awaiting your answer"}
"""Kind of a task → what people read."""

OVERDUE = ("late", "missing", "heading_only", "not_open")
"""Standings of duties that are owed."""

MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task: `name` and `parts` are those of the address where it is done."""

    kind: str
    title: str
    name: str
    parts: tuple[str, ...]
    line: str = ""
    points: float | None = None
    days: int | None = None
    until: date | None = None


def three(institution: str, say: Words) -> list[Task]:
    """The three tasks: the first of each kind, then the next of the kinds in turn."""
    kinds = [
        list(islice(each, MOST))
        for each in (awaiting_tasks(institution, say), step_tasks(institution, say), duty_tasks(institution, say))
    ]
    turns = chain.from_iterable(([kind[n] for kind in kinds if n < len(kind)]) for n in range(MOST))
    return list(islice(turns, MOST))


def answered(institution: str) -> frozenset[str]:
    """The things that ask nothing more of an institution now: being mended, disputed, ruled in its favour, or seen mended."""
    rows = Reply.objects.filter(institution=institution).values_list("thing", "kind", "state", "outcome")
    return frozenset(str(thing) for thing, kind, state, outcome in rows if _settles(kind, state, outcome))


def _settles(kind: str, state: str, outcome: str) -> bool:
    if kind == MENDING:
        return state == CLAIMED
    if kind == RECHECK:
        return state == DONE and outcome == "pass"
    if kind in (DISPUTE, NOT_CONCERNED):
        return state in (SENT, PROPOSED) or (state == RULED and outcome not in (STANDS, "refused"))
    return False


def step_tasks(institution: str, say: Words) -> Iterator[Task]:
    """What pays most, first, as the improvement plan has it; without what was answered."""
    done = answered(institution)
    for step in Step.objects.filter(unit=institution).exclude(level="institution"):
        if step.finding not in done:
            said = step.texts[say.language]
            yield Task(
                kind=FINDING,
                title=say.clean(said["check"]),
                line=say.clean(said["dataset"]),
                name="desk_finding",
                parts=(step.finding,),
                points=step.points,
            )


def duty_rows(institution: str) -> QuerySet[DutyVerdict]:
    """The duties that an institution owes, the longest overdue first."""
    found: QuerySet[DutyVerdict] = DutyVerdict.objects.filter(institution=institution, period="", standing__in=OVERDUE)
    return found.order_by(F("days_late").desc(nulls_last=True), "duty")


def duty_tasks(institution: str, say: Words) -> Iterator[Task]:
    """The duties that are owed; without what was answered."""
    done = answered(institution)
    rows = [each for each in duty_rows(institution) if each.duty not in done]
    duties = {each.id: each for each in Duty.objects.filter(id__in=[each.duty for each in rows])}
    for each in rows:
        duty = duties.get(each.duty)
        yield Task(
            kind=DUTY,
            title=say.clean(duty.name) if duty else each.duty,
            line=each.standing,
            name="desk_duty",
            parts=(each.duty,),
            days=each.days_late,
        )


def awaiting_tasks(institution: str, say: Words) -> Iterator[Task]:
    """Drafts that were never sent, then coming findings without an answer."""
    for draft in Reply.objects.filter(institution=institution, state=DRAFT).order_by("made"):
        name = "desk_duty" if draft.kind == NOT_CONCERNED else "desk_finding"
        yield Task(kind=ANSWER, title=draft.title, line=DRAFT, name=name, parts=(draft.thing,))
    rules: dict[str, Rule | None] = {}
    for each in coming_rows(institution).select_related("period"):
        if each.check_id not in rules:
            rules[each.check_id] = Rule.objects.filter(id=each.check_id).order_by("-version").first()
        rule = rules[each.check_id]
        yield Task(
            kind=ANSWER,
            title=say.clean(rule.title) if rule is not None else each.check_id,
            line=say.clean(each.title),
            name="desk_finding",
            parts=(each.finding,),
            until=each.period.closes.date(),
        )


def coming_rows(institution: str) -> QuerySet[ComingFinding]:
    """The coming findings that an institution has not answered."""
    said = Reply.objects.filter(institution=institution, kind=COMMENT).exclude(state="withdrawn").values("thing")
    found: QuerySet[ComingFinding] = coming_of(institution).exclude(finding__in=said)
    return found


def finding_rows(institution: str) -> QuerySet[Finding]:
    """All findings of an institution in the newest edition."""
    found: QuerySet[Finding] = Finding.objects.filter(institution=institution)
    return found
