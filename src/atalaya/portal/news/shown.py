"""Communiqués as pages, files, feeds and the API show them: with their issuer, their period, and what they are about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from atalaya.news import communique as words
from atalaya.news.body import Body
from atalaya.news.links import host_of
from atalaya.news.markup import read_body
from atalaya.portal.commitments.models import Commitment, Plan
from atalaya.portal.meetings.models import Session
from atalaya.portal.news.models import About, Communique, Period, Picture
from atalaya.portal.news.models.communiques import Communiques
from atalaya.portal.news.states import WITHDRAWN
from atalaya.portal.observatory.models import Institution
from atalaya.portal.observatory.queries import names_of
from atalaya.publish.words import Words, clean


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a communiqué is about: its kind and key, what it is called, and its page; None where it has none."""

    kind: str
    key: str
    title: str
    place: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A communiqué with all that is told of it. `body` is empty where its text is hidden."""

    row: Communique
    issuer: Institution | None
    period: Period | None
    past: bool
    """Whether its period of government has ended."""
    about: Sequence[Thing] = ()

    @property
    def withdrawn(self) -> bool:
        """Whether it was withdrawn."""
        return bool(self.row.state == WITHDRAWN)

    @property
    def hidden(self) -> bool:
        """Whether its text is shown to nobody."""
        return bool(self.withdrawn and self.row.hidden)

    @property
    def body(self) -> Body:
        """Its text."""
        return () if self.hidden else read_body(self.row.body)

    @property
    def pictures(self) -> list[Picture]:
        """Its photographs; none where its text is hidden."""
        return [] if self.hidden else list(self.row.pictures.select_related("file"))

    @property
    def summary(self) -> str:
        """What it says in short; empty where its text is hidden."""
        return "" if self.hidden else str(self.row.summary)

    @property
    def grouped(self) -> list[tuple[Thing, list[str]]]:
        """What it is about, milestones with their commitments: each with the numbers of those of its milestones."""
        whole = {thing.key for thing in self.about if thing.kind == words.COMMITMENT}
        parts: dict[str, list[str]] = {}
        for thing in self.about:
            commitment, _, number = thing.key.rpartition("/")
            if thing.kind == words.MILESTONE and commitment in whole:
                parts.setdefault(commitment, []).append(number)
        alone = (t for t in self.about if t.kind != words.MILESTONE or t.key.rpartition("/")[0] not in whole)
        return [(t, parts.get(t.key, []) if t.kind == words.COMMITMENT else []) for t in alone]

    @property
    def issuer_name(self) -> str:
        """Who issued it, as the register calls it."""
        return str(self.issuer.name) if self.issuer else str(self.row.issuer)

    @property
    def video_host(self) -> str:
        """Where its video lies."""
        return host_of(self.row.video)


def public(now: datetime | None = None) -> Communiques:
    """What anybody may read at a moment, by default now: the one question of pages, lists, search, feeds, files and the API."""
    found: Communiques = Communique.objects.public(now or timezone.now())
    return found


def news_mark(*_: object, **__: object) -> str:
    """What changes whenever what is announced does, by anybody's act or because an hour has come: part of the mark of a page."""
    told = public()
    last, periods = Communique.objects.aggregate(last=Max("changed"))["last"], Period.objects.count()
    return f"news {told.count()} {last.isoformat() if last else ''} {periods}"


def shown(rows: Iterable[Communique], today: date) -> list[Shown]:
    """Communiqués with their issuers and periods, without what they are about: as lists show them."""
    found = list(rows)
    periods = list(Period.objects.all())
    issuers = names_of(row.issuer for row in found) if Institution.is_there() else {}
    made = []
    for row in found:
        period = next((each for each in periods if holds(each, row.on)), None)
        past = period is not None and period.until is not None and period.until <= today
        made.append(Shown(row, issuers.get(row.issuer), period, past))
    return made


def holds(period: Period, day: date) -> bool:
    """Whether a day falls in a period."""
    return bool(period.since <= day and (period.until is None or day < period.until))


def whole(row: Communique, request: HttpRequest, say: Words, today: date) -> Shown:
    """One communiqué with all that it is about, each with its page in the language of the request."""
    (each,) = shown([row], today)
    return Shown(each.row, each.issuer, each.period, each.past, things(list(row.about.all()), request.language, say))


def things(rows: Sequence[About], language: str, say: Words) -> list[Thing]:
    """What communiqués are about, named, in the order of kinds: plans, commitments, milestones, sessions, institutions."""
    plans = {str(each.number): each.document.get("title", "") for each in Plan.objects.all()}
    commitments = {
        f"{each.plan_id}/{each.number}": each.document.get("title")
        for each in Commitment.objects.filter(plan__in=[n for n in plans if n.isdecimal()])
    }
    sessions = {each.identifier: each for each in Session.objects.filter(identifier__in=[row.key for row in rows])}
    bodies = names_of(r.key for r in rows if r.kind == words.INSTITUTION) if Institution.is_there() else {}
    names = _Names(plans, commitments, sessions, bodies, language, say)
    order = {kind: number for number, kind in enumerate(words.KINDS)}
    return [names.thing(row) for row in sorted(rows, key=lambda row: (order[row.kind], _natural(row.key)))]


def _natural(key: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in key.split("/")]


@dataclass(frozen=True, slots=True)
class _Names:
    plans: Mapping[str, str]
    commitments: Mapping[str, Any]
    sessions: Mapping[str, Session]
    bodies: Mapping[str, Institution]
    language: str
    say: Words

    def thing(self, row: About) -> Thing:
        if row.kind == words.SESSION:
            return self._session(row)
        if row.kind == words.INSTITUTION:
            body = self.bodies.get(row.key)
            place = self._page("institution", body.slug) if body else None
            return Thing(row.kind, row.key, clean(body.name, 140) if body else row.key, place)
        plan, commitment, milestone = (*row.key.split("/"), "", "")[:3]
        title = clean(str(self.plans.get(plan) or self.say.t("Plan {number}", number=plan)), 140)
        if not commitment:
            return Thing(row.kind, row.key, title, self._page("plan", plan) if plan in self.plans else None)
        said = self.commitments.get(f"{plan}/{commitment}")
        place = self._page("commitment", plan, commitment) if f"{plan}/{commitment}" in self.commitments else None
        numbers = {"plan": plan, "number": commitment, "milestone": milestone}
        name = (
            self.say.t("Plan {plan}, commitment {number}, milestone {milestone}", **numbers)
            if milestone
            else self.say.t("Plan {plan}, commitment {number}", **numbers)
        )
        told = f"{name}: {clean(said, 140)}" if isinstance(said, str) else str(name)
        return Thing(row.kind, row.key, told, place)

    def _session(self, row: About) -> Thing:
        session = self.sessions.get(row.key)
        if session is None:
            return Thing(row.kind, row.key, row.key, None)
        title = session.title or self.say.t("Session of {day}", day=self.say.day(session.on.isoformat()))
        return Thing(row.kind, row.key, clean(str(title), 140), self._page("meeting", session.identifier))

    def _page(self, name: str, *parts: object) -> str:
        return str(reverse(f"{self.language}:{name}", args=parts))
