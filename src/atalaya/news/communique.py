"""A communiqué as a country pack states it, the periods of government in which they fall, and what they are about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from atalaya.news.body import Body
from atalaya.news.links import safe_link
from atalaya.news.pasted import cleaned

PLAN, COMMITMENT, MILESTONE, SESSION, INSTITUTION = "plan", "commitment", "milestone", "session", "institution"
KINDS = (PLAN, COMMITMENT, MILESTONE, SESSION, INSTITUTION)
"""What a communiqué may be about."""


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """One thing that a communiqué is about. `key`: the number of a plan, `5/1` for a commitment, `5/1/6` for a milestone by its
    number within it, the id of a session, the id of an institution."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that belongs to a communiqué: its title and where it lies."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Communique:
    """What an institution announced on a day.

    `note` says how the text here stands to the one that was published, such as that it is a summary; `sources` where the facts
    were read.
    """

    id: str
    issuer: str
    on: date
    title: str
    body: Body
    summary: str = ""
    number: str = ""
    video: str = ""
    tags: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    about: tuple[Subject, ...] = ()
    note: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period of government: from `since` on, until the day before `until`; None where its end is not set."""

    id: str
    title: Mapping[str, str]
    since: date
    until: date | None = None
    source: str = ""
    note: Mapping[str, str] = field(default_factory=dict)

    def holds(self, day: date) -> bool:
        """Whether a day falls in it."""
        return self.since <= day and (self.until is None or day < self.until)


def period_of(day: date, periods: Iterable[Period]) -> Period | None:
    """The period in which a day falls; None where none is known."""
    return next((each for each in periods if each.holds(day)), None)


def communique_of(value: Mapping[str, Any], country: str) -> Communique:
    """A communiqué from its plain values, already held against the schema; slugs of institutions get the code of their country.

    Raises ValueError that names the place for a day that no calendar has and an address that cannot be linked to.
    """
    return Communique(
        id=value["id"],
        issuer=f"{country}:{value['issuer']}",
        on=_day("on", value["on"]),
        title=value["title"].strip(),
        body=cleaned(value["body"]).body,
        summary=value.get("summary", "").strip(),
        number=value.get("number", "").strip(),
        video=_address("video", value["video"]) if "video" in value else "",
        tags=tuple(dict.fromkeys(value.get("tags", ()))),
        attachments=tuple(
            Attachment(each["title"], _address(f"attachments.{n}.url", each["url"]))
            for n, each in enumerate(value.get("attachments", ()))
        ),
        about=tuple(_subjects(value.get("about", {}), country)),
        note=value.get("note", "").strip(),
        sources=tuple(value.get("sources", ())),
    )


def period_from(value: Mapping[str, Any]) -> Period:
    """A period from its plain values. Raises ValueError for a day that no calendar has, or an end that is not after its begin."""
    since = _day("since", value["since"])
    until = _day("until", value["until"]) if "until" in value else None
    if until is not None and until <= since:
        raise ValueError(f"period {value['id']} ends on {until}, which is not after {since}")
    return Period(
        id=value["id"],
        title=value["title"],
        since=since,
        until=until,
        source=value.get("source", ""),
        note=value.get("note", {}),
    )


def _subjects(about: Mapping[str, Any], country: str) -> Iterable[Subject]:
    for each in about.get("plans", ()):
        plan, commitment = str(each["plan"]), each.get("commitment")
        if commitment is None:
            yield Subject(PLAN, plan)
            continue
        milestones = each.get("milestones", ())
        yield Subject(COMMITMENT, f"{plan}/{commitment}")
        for number in milestones:
            yield Subject(MILESTONE, f"{plan}/{commitment}/{number}")
    for identifier in about.get("sessions", ()):
        yield Subject(SESSION, identifier)
    for slug in about.get("institutions", ()):
        yield Subject(INSTITUTION, f"{country}:{slug}")


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{name}: {text!r} is no day of the calendar") from error


def _address(name: str, text: str) -> str:
    safe = safe_link(text)
    if not safe:
        raise ValueError(f"{name}: {text!r} cannot be linked to; write an address that begins with https://")
    return safe
