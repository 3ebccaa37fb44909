"""What somebody wrote for a communiqué, held against what is there before any of it is kept."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from atalaya.commitments.changes import short_number
from atalaya.news.communique import COMMITMENT, INSTITUTION, MILESTONE, PLAN, SESSION, Subject
from atalaya.news.links import safe_link
from atalaya.news.markup import written
from atalaya.news.pasted import LONGEST_BODY, TooLongError, cleaned
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.commitments.models import Commitment, Plan
from atalaya.portal.meetings.models import Session
from atalaya.portal.news.models.communiques import TAG
from atalaya.portal.observatory.models import Institution
from atalaya.publish.read_model.search_words import fold

ROWS = 60
"""Most tags, attachments or subjects of one communiqué."""

_PLAN = re.compile(r"(\d{1,6})(?:/(\d{1,6})(?:/([\w.]{1,20}))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The fields of a communiqué as somebody gives them; `attachments` are pairs of title and address."""

    issuer: str
    on: date
    title: str
    body: str
    summary: str = ""
    number: str = ""
    video: str = ""
    tags: tuple[str, ...] = ()
    attachments: tuple[tuple[str, str], ...] = ()
    about: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """The same, fit to be kept, and what was left out of the text, by kind."""

    values: Mapping[str, Any]
    about: tuple[Subject, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)


def taken(given: Given) -> Taken:
    """What was given, cleaned and checked. Raises RefusedError that names the field and what is wrong with it."""
    if not given.title.strip():
        raise RefusedError("give the communiqué a title")
    if not Institution.is_there() or not Institution.objects.filter(id=given.issuer).exists():
        raise RefusedError("the register has no institution {said}", said=given.issuer)
    try:
        text = cleaned(given.body)
    except TooLongError as error:
        raise RefusedError("the text is too long with its formats; paste less of it at once") from error
    body = written(text.body)
    if not body:
        raise RefusedError("write what is announced: the text says nothing")
    if len(body) > LONGEST_BODY:
        raise RefusedError("the text has {count} characters; {most} at most", count=len(body), most=LONGEST_BODY)
    video = _linkable(given.video)
    attachments = [{"title": title.strip(), "url": _linkable(url)} for title, url in given.attachments if url.strip()]
    tags = list(dict.fromkeys(each.strip().lstrip("#")[:TAG] for each in given.tags if each.strip().lstrip("#")))
    if max(len(tags), len(attachments), len(given.about)) > ROWS:
        raise RefusedError("a communiqué has at most {most} tags, attachments and things that it is about", most=ROWS)
    values = {
        "issuer": given.issuer,
        "on": given.on,
        "title": given.title.strip(),
        "summary": given.summary.strip(),
        "number": given.number.strip(),
        "body": body,
        "video": video,
        "tags": tags,
        "attachments": attachments,
    }
    return Taken(values, tuple(dict.fromkeys(given.about)), text.left_out)


def subjects_of(lines: str) -> tuple[Subject, ...]:
    """The things that lines name, one each: a plan as `5`, a commitment as `5/2`, a milestone as `5/2/1`, a session by its id, an
    institution by its acronym, slug or name. Raises RefusedError that names the line with nothing behind it."""
    return tuple(dict.fromkeys(_subject(line.strip()) for line in lines.splitlines() if line.strip()))


def line_of(subject: Subject, slugs: Mapping[str, str]) -> str:
    """A thing as such a line names it; `slugs`: id of an institution → its acronym or slug."""
    return slugs.get(subject.key, subject.key) if subject.kind == INSTITUTION else subject.key


def _subject(line: str) -> Subject:
    numbered = _PLAN.fullmatch(line)
    if numbered:
        return _promised(line, int(numbered[1]), numbered[2], numbered[3])
    if Session.objects.filter(identifier=line).exists():
        return Subject(SESSION, line)
    found = _institutions(line)
    if len(found) == 1:
        return Subject(INSTITUTION, found[0])
    if found:
        raise RefusedError("several institutions are called {said}; write the slug of one", said=line)
    raise RefusedError("{said} is no plan, commitment, milestone, session or institution that is known here", said=line)


def _promised(line: str, number: int, commitment: str | None, milestone: str | None) -> Subject:
    plan = Plan.objects.filter(number=number).first()
    if plan is None:
        raise RefusedError("there is no plan {said}", said=number)
    if commitment is None:
        return Subject(PLAN, str(number))
    row = Commitment.objects.filter(plan=plan, number=int(commitment)).first()
    if row is None and not 1 <= int(commitment) <= int(plan.document.get("stated_commitments") or 0):
        raise RefusedError("plan {plan} has no commitment {said}", plan=number, said=commitment)
    if milestone is None:
        return Subject(COMMITMENT, f"{number}/{int(commitment)}")
    if row is not None and not _may_have(row, milestone):
        raise RefusedError("commitment {said} has no milestone {milestone}", said=line, milestone=milestone)
    return Subject(MILESTONE, f"{number}/{int(commitment)}/{short_number(milestone)}")


def _may_have(commitment: Commitment, milestone: str) -> bool:
    """Whether a commitment has a milestone of this number, or may have it because not all of its milestones are known."""
    versions = [each.document for each in commitment.versions.all()]
    known = {short_number(each["number"]) for document in versions for each in document.get("milestones", ())}
    whole = all(document.get("all_milestones", True) for document in versions)
    return short_number(milestone) in known or not known or not whole


def _institutions(said: str) -> list[str]:
    if not Institution.is_there():
        return []
    wanted = fold(said)
    rows = Institution.objects.values_list("id", "slug", "acronym", "name")
    return [key for key, *names in rows if wanted in {fold(name) for name in (key, *names) if name}]


def _linkable(address: str) -> str:
    if not address.strip():
        return ""
    safe = safe_link(address)
    if not safe:
        raise RefusedError("{said} cannot be linked to; write an address that begins with https://", said=address[:200])
    return safe


def attachments_of(lines: str) -> tuple[tuple[str, str], ...]:
    """Titles and addresses from lines such as `The minutes https://…`; the address stands last, and alone serves as title."""
    found: Iterable[tuple[str, str, str]] = (
        each.strip().rpartition(" ") for each in lines.splitlines() if each.strip()
    )
    return tuple((title.strip(" :|-") or address, address) for title, _, address in found)
