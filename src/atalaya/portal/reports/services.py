"""What changes reports: each a rule, a transaction, and an entry in the trail that the database itself writes."""

import base64
import secrets
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from atalaya.exceptions import AtalayaError
from atalaya.portal.accounts.rules import may, standing
from atalaya.portal.post import services as post
from atalaya.portal.reports.models import Report, ReportAddress
from atalaya.portal.reports.states import CLOSED, MOVES, moves_from
from atalaya.portal.reports.subjects import Subject

BYTES = 15
"""Bytes of chance in a number: 120 bits, 24 letters and digits."""


class ReportRefusedError(AtalayaError):
    """What was asked of a report is against a rule; the text says which and what to do. Raised by the services of reports."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text.format(**values))
        self.text, self.values = text, values


def send(subject: Subject, text: str, language: str, email: str = "") -> Report:
    """Take a report in; the address, where one is given, lies apart. Raises ReportRefusedError where nothing is said."""
    if not text.strip():
        raise ReportRefusedError("say what the problem is")
    now = timezone.now()
    number = base64.b32encode(secrets.token_bytes(BYTES)).decode()
    with transaction.atomic():
        report: Report = Report.objects.create(
            number=number,
            subject=subject.name,
            title=subject.title[:300],
            institution=subject.institution,
            text=text.strip(),
            language=language,
            sent=now,
            changed=now,
        )
        if email:
            ReportAddress.objects.create(report=report, email=email)
    return report


def move(by: Any, report: Report, name: str, answer: str = "") -> Report:
    """Lead a report to another state, with an answer where the step is to answer; its sender is told, where they left an address.

    Raises ReportRefusedError where `by` may not, its state does not permit the step, or the answer is lacking.
    """
    with transaction.atomic():
        found: Report = Report.objects.select_for_update().get(pk=report.pk)
        if not may(by, "reports.review", found):
            raise ReportRefusedError("only analysts and the institution concerned review reports")
        step = next((each for each in MOVES if each.id == name), None)
        if step is None or step not in moves_from(found.state):
            raise ReportRefusedError("a report that is {state} does not permit this step", state=found.state)
        if step.answers and not answer.strip():
            raise ReportRefusedError("write the answer first")
        found.state, found.changed = step.after, timezone.now()
        found.answer = answer.strip() if step.answers else found.answer
        found.save(update_fields=["state", "changed", "answer"])
        address = ReportAddress.objects.filter(report=found).first()
        if address is not None:
            _tell(found, address.email)
        if found.state == CLOSED and address is not None:
            address.delete()
    return found


def _tell(report: Report, email: str) -> None:
    """Write to the sender of a report that it moved, in the language in which it was sent; nothing of what they wrote."""
    with translation.override(report.language):
        link = reverse("report_follow", args=(report.number,))
    values = {"number": report.number, "link": link}
    key = f"report:{report.pk}:{report.changed.isoformat()}"
    post.send("report_answered", email, values, key=key, language=report.language)


def forget_address(number: str) -> bool:
    """Delete the address of a report; whether there was one."""
    with transaction.atomic():
        for email in ReportAddress.objects.filter(report__number=number).values_list("email", flat=True):
            post.forget(email, "report_answered")
        deleted, _ = ReportAddress.objects.filter(report__number=number).delete()
    return bool(deleted)


def reviewable(by: Any) -> QuerySet[Report]:
    """The reports that somebody may review: all for analysts and administrators, their institutions' for focal points."""
    mine = standing(by)
    found: QuerySet[Report] = Report.objects.all()
    return found if mine.roles & {"analyst", "administrator"} else found.filter(institution__in=mine.institutions)


def report_counts(subject: str) -> dict[str, int]:
    """How many reports about a subject are in which state; states that none is in are left out."""
    rows = Report.objects.filter(subject=subject).order_by().values_list("state").annotate(count=Count("id"))
    return {str(state): int(count) for state, count in rows}


def report_mark(subject: str) -> str:
    """What changes when somebody reports about a subject or a report about it moves: part of the mark of its page."""
    return ",".join(f"{state}={count}" for state, count in sorted(report_counts(subject).items()))
