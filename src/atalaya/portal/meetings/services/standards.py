"""What changes standards: proposed from the register or by hand, consulted on, agreed in a session, replaced by a later one."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from atalaya.catalogue.table_schema import read_table_schema
from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.meetings.models import Body, Member, Session, Standard, StandardComment, StandardVersion
from atalaya.portal.meetings.models.standards import KINDS
from atalaya.portal.meetings.rules import seats_of
from atalaya.portal.meetings.services.bodies import runs
from atalaya.portal.meetings.services.minutes import speaks
from atalaya.portal.meetings.states import (
    AGREED,
    CONSULTED,
    DROPPED,
    HELD,
    REPLACED,
    STANDARD_MOVES,
    STANDARD_STATES,
)

LONGEST = 200_000
"""Characters of a descriptor or template; the longest schema of a register has some 20,000."""

OF_THE_REGISTER = ("agreement", "duties")
"""Keys that schemas of a country pack have beside those of the standard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What is proposed: of which kind, its content, and what it changes or where it comes from."""

    title: str
    kind: str
    content: str
    summary: str = ""


def begin(schemas: Iterable[tuple[str, Mapping[str, Any]]]) -> list[str]:
    """Bring in the schemas of a register that the portal does not hold yet, as proposals of no body; gives their identifiers."""
    with transaction.atomic():
        held = set(Standard.objects.values_list("pk", flat=True))
        new = [(key, value) for key, value in schemas if key not in held]
        for key, value in new:
            standard = Standard.objects.create(
                identifier=key, title=str(value.get("title") or key)[:200], kind="schema"
            )
            content = json.dumps(value, ensure_ascii=False, indent=2)
            StandardVersion.objects.create(standard=standard, number=1, content=content, proposed=timezone.localdate())
    return [key for key, _ in new]


def propose(by: Any, body: Body, identifier: str, said: Proposed) -> StandardVersion:
    """Propose a standard to a body, or a further version of one that it has. For those who run it and its members with a vote.

    Raises RefusedError where `by` may not, the standard is another body's, or what is proposed is none.
    """
    seats = [] if by is CONSOLE else seats_of(by, body)
    if not seats:
        runs(by, body)
    _whole(said)
    with transaction.atomic():
        Body.objects.select_for_update().get(pk=body.pk)
        first = {"title": said.title.strip(), "kind": said.kind, "body": body}
        row, _ = Standard.objects.get_or_create(identifier=identifier, defaults=first)
        if row.body_id not in (None, body.pk) or row.kind != said.kind:
            raise RefusedError("the identifier {said} is taken by another standard; give another one", said=identifier)
        if row.body_id is None:
            row.body = body
            row.save(update_fields=["body"])
        number = (row.versions.aggregate(most=Max("number"))["most"] or 0) + 1
        made: StandardVersion = StandardVersion.objects.create(
            standard=row,
            number=number,
            content=said.content.strip(),
            summary=said.summary.strip(),
            member=seats[0] if seats else None,
            proposed=timezone.localdate(),
        )
    return made


def take_up(by: Any, standard: Standard, body: Body) -> Standard:
    """Let a body take up a standard of the register. Raises RefusedError where `by` does not run it, or another one has it."""
    runs(by, body)
    with transaction.atomic():
        row: Standard = Standard.objects.select_for_update().get(pk=standard.pk)
        if row.body_id is not None:
            raise RefusedError("a body has taken up this standard already")
        row.body = body
        row.save(update_fields=["body"])
    return row


def consult(by: Any, version: StandardVersion) -> StandardVersion:
    """Open the consultation of a version. Raises RefusedError where `by` may not, or it is not a proposal."""
    return _move(by, version, CONSULTED)


def comment(by: Any, version: StandardVersion, member: Member, text: str, passage: str = "") -> StandardComment:
    """Say something of a version for a member, while it is in consultation. Raises RefusedError."""
    speaks(by, _body(version), member)
    if not text.strip():
        raise RefusedError("write the comment")
    with transaction.atomic():
        row = StandardVersion.objects.select_for_update().get(pk=version.pk)
        if row.state != CONSULTED:
            raise RefusedError("comments are made while a version is in consultation")
        made: StandardComment = StandardComment.objects.create(
            version=row, member=member, text=text.strip(), passage=passage.strip(), on=timezone.localdate()
        )
    return made


def answer(by: Any, said: StandardComment, text: str) -> StandardComment:
    """Answer a comment. Raises RefusedError where `by` does not run the body, it was answered, or nothing is said."""
    runs(by, _body(said.version))
    with transaction.atomic():
        row: StandardComment = StandardComment.objects.select_for_update().get(pk=said.pk)
        if row.answer or not text.strip():
            raise RefusedError("write the answer, once")
        row.answer = text.strip()
        row.save(update_fields=["answer"])
    return row


def agree(by: Any, version: StandardVersion, session: Session) -> StandardVersion:
    """Say that a session of the body agreed on a version; the one agreed before is replaced.

    Raises RefusedError where `by` may not, the session was not held by the body, or comments were not answered.
    """
    if session.body_id != _body(version).pk or session.state != HELD:
        raise RefusedError("a standard is agreed on in a session of its body that was held")
    if version.comments.filter(answer="").exists():
        raise RefusedError("some comments are not answered yet")
    with transaction.atomic():
        Standard.objects.select_for_update().get(pk=version.standard_id)
        for earlier in version.standard.versions.filter(state=AGREED).exclude(pk=version.pk):
            _move(by, earlier, REPLACED)
        return _move(by, version, AGREED, agreed_in=session)


def give_up(by: Any, version: StandardVersion, why: str) -> StandardVersion:
    """Give a version up with a reason. Raises RefusedError where `by` may not, or it was agreed on."""
    if not why.strip():
        raise RefusedError("say why it is given up")
    return _move(by, version, DROPPED, why=why.strip())


def _move(by: Any, version: StandardVersion, after: str, **values: Any) -> StandardVersion:
    runs(by, _body(version))
    with transaction.atomic():
        row: StandardVersion = StandardVersion.objects.select_for_update().get(pk=version.pk)
        if after not in STANDARD_MOVES[row.state]:
            raise RefusedError(
                "a version that is {state} cannot become {after}",
                state=STANDARD_STATES[row.state],
                after=STANDARD_STATES[after],
            )
        row.state = after
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=["state", *values])
    return row


def _body(version: StandardVersion) -> Body:
    body: Body | None = version.standard.body
    if body is None:
        raise RefusedError("no body has taken up this standard yet")
    return body


def _whole(said: Proposed) -> None:
    if said.kind not in KINDS or not said.title.strip():
        raise RefusedError("give a title, and say whether it is a schema or a template")
    if not said.content.strip() or len(said.content) > LONGEST:
        raise RefusedError("give its content, of {most} characters at most", most=LONGEST)
    if said.kind != "schema":
        return
    try:
        value = json.loads(said.content)
    except (ValueError, RecursionError) as error:
        raise RefusedError("the schema is no JSON; write a Table Schema") from error
    wrong = [each for each in read_table_schema(value, OF_THE_REGISTER).problems if each.severity == "error"]
    if wrong:
        first = wrong[0]
        raise RefusedError(
            "the schema is no Table Schema: {place}: {what}; {remedy}",
            place=first.place or "/",
            what=first.what,
            remedy=first.remedy,
        )
