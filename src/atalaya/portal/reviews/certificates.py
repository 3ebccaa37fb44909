"""Certificates of what was mended since an edition: what was looked at again and found mended, dated, with its hash."""

import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.observatory.models import Edition, Institution
from atalaya.portal.reviews.models import Certificate, Reply
from atalaya.portal.reviews.states import DONE, RECHECK
from atalaya.store.parts import canonical_json

FORMAT = "atalaya-certificate-1"
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of the numbers of certificates: none that is read as another one."""

A_DAY = 20
"""Certificates that an institution may have made in a day."""


def mended(institution: str, edition: Edition) -> list[Reply]:
    """The rechecks that found something of an edition mended, unless a later one found it broken again; oldest first."""
    rows = Reply.objects.filter(
        kind=RECHECK, state=DONE, institution=institution, observation=edition.observation
    ).order_by("changed", "id")
    latest = {each.thing: each for each in rows if each.outcome != "unknown"}
    return sorted(
        (each for each in latest.values() if each.outcome == "pass"), key=lambda each: (each.changed, each.pk)
    )


def certify(by: Any, institution: Institution, edition: Edition) -> Certificate:
    """Make the certificate of today. Raises RefusedError where `by` may not, or nothing was seen mended."""
    if not may(by, "reviews.answer", institution.id):
        raise RefusedError("only those who speak for the institution have its certificates made")
    found, now = mended(institution.id, edition), timezone.now()
    if not found:
        raise RefusedError("nothing was seen mended since the edition; ask that what you mended be looked at again")
    if Certificate.objects.filter(institution=institution.id, made__date=now.date()).count() >= A_DAY:
        raise RefusedError("an institution may have {most} certificates made in a day", most=A_DAY)
    number = "".join(secrets.choice(LETTERS) for _ in range(12))
    document = canonical_json(
        {
            "format": FORMAT,
            "number": number,
            "institution": {"id": institution.id, "name": institution.name},
            "edition": {
                "observation": edition.observation,
                "as_of": edition.as_of.isoformat(),
                "manifest_sha256": edition.manifest_sha256,
            },
            "made": now.isoformat(timespec="seconds"),
            "mended": [
                {
                    "finding": each.thing,
                    "title": each.title,
                    "check": f"{each.check_id}@{each.check_version}",
                    "verdict": each.outcome,
                    "observation": each.seen_in,
                    "seen": each.changed.isoformat(timespec="seconds"),
                }
                for each in found
            ],
        }
    )
    with transaction.atomic():
        made: Certificate = Certificate.objects.create(
            number=number,
            institution=institution.id,
            observation=edition.observation,
            made=now,
            document=document,
            sha256=hash_of(document),
        )
    return made


def hash_of(document: str) -> str:
    """The SHA-256 of a certificate's text, as anybody computes it from the file."""
    return hashlib.sha256(document.encode()).hexdigest()
