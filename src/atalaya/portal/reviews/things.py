"""What an answer can be about, as it is when the answer is made: a finding, a coming finding, or a duty of an institution."""

from dataclasses import dataclass

from django.utils import timezone

from atalaya.portal.observatory.models import Dataset, Duty, DutyVerdict, Edition, Finding, Rule
from atalaya.portal.reviews.models import ComingFinding
from atalaya.publish.words import Words

JUSTIFIABLE = ("missing", "heading_only", "unknown")
"""Standings of duties of which an institution may say that they do not concern it: nothing of them is published."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is answered: its id, whose it is, and how it is called; `check` to `reason` where it is a finding.

    `coming` tells that it is of an observation that is not published yet.
    """

    id: str
    institution: str
    title: str
    observation: str
    check: str = ""
    version: int | None = None
    subject: str = ""
    reason: str = ""
    coming: bool = False


def finding_thing(identifier: str, say: Words) -> Thing | None:
    """The finding of the newest edition with this id, where it is addressed to an institution; else None."""
    edition = Edition.shown()
    found = Finding.objects.filter(id=identifier).first() if edition else None
    if edition is None or found is None or not found.institution:
        return None
    return Thing(
        found.id,
        found.institution,
        _title(found, say),
        edition.observation,
        found.check_id,
        found.check_version,
        found.subject,
        found.reason,
    )


def coming_thing(identifier: str) -> Thing | None:
    """The finding with this id of an observation to which institutions may answer now; else None."""
    now = timezone.now()
    rows = ComingFinding.objects.filter(finding=identifier, period__opens__lte=now, period__closes__gt=now)
    found = rows.order_by("-period__opens").first()
    if found is None:
        return None
    return Thing(
        found.finding,
        found.institution,
        found.title,
        found.period_id,
        found.check_id,
        found.check_version,
        found.subject,
        found.reason,
        coming=True,
    )


def duty_thing(institution: str, identifier: str, say: Words) -> Thing | None:
    """The duty with this id of an institution that does not keep it, as far as the newest edition knows; else None."""
    edition = Edition.shown()
    duty = Duty.objects.filter(id=identifier).first() if edition else None
    if edition is None or duty is None:
        return None
    held = DutyVerdict.objects.filter(institution=institution, duty=identifier, period="").first()
    if held is None or held.standing not in JUSTIFIABLE:
        return None
    return Thing(duty.id, institution, say.clean(duty.name)[:300], edition.observation)


def _title(found: Finding, say: Words) -> str:
    rule = Rule.objects.filter(id=found.check_id).order_by("-version").first()
    dataset = Dataset.objects.filter(id=found.dataset).first() if found.dataset else None
    named = [say.clean(rule.title) if rule else found.check_id]
    if dataset is not None:
        named.append(say.clean(dataset.title))
    return ": ".join(named)[:300]
