"""What was known of a session, as plain values: minutes are drafted from it, and approved ones keep it."""

import hashlib
import json
from typing import Any

from atalaya.commitments.sessions import matrix
from atalaya.portal.commitments.standings import plan_now
from atalaya.portal.meetings.models import Minutes, Session
from atalaya.portal.meetings.services.sessions import quorum_of
from atalaya.portal.meetings.stored import session_of

CALL = ("title", "place", "convened_by", "plan", "next_session")


def record_of(session: Session) -> dict[str, Any]:
    """The agenda, who was there, whether they were enough, what was reported and what was not, what was agreed."""
    counted = quorum_of(session)
    attendance = session.attendance.select_related("member")
    return {
        **{name: getattr(session, name) for name in CALL},
        "body": str(session.body),
        "on": session.on.isoformat(),
        "starts": session.starts.isoformat("minutes") if session.starts else "",
        "ends": session.ends.isoformat("minutes") if session.ends else "",
        "agenda": [
            {"text": each.text, "commitment": each.commitment, "milestone": each.milestone}
            for each in session.agenda.all()
        ],
        "attendance": [
            {
                "member": each.member.name,
                "post": each.member.post,
                "sector": each.member.sector,
                "seat": each.member.seat,
                "state": each.state,
            }
            for each in attendance
        ],
        "quorum": {"members": counted.members, "present": counted.present, "needed": counted.needed},
        "reports": reports_of(session),
        "silent": list(silent_at(session)),
        "agreements": [
            {
                "number": each.number,
                "text": each.text,
                "responsible": each.member.name if each.member else each.responsible,
                "due": each.due,
            }
            for each in session.agreements.select_related("member")
        ],
    }


def reports_of(session: Session) -> list[dict[str, Any]]:
    """What was reported, one line an institution and commitment, in the order in which it was written down."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for each in session.reports.all():
        line = found.setdefault(
            (each.institution, each.commitment),
            {"institution": each.institution, "commitment": each.commitment, "milestones": [], "said": []},
        )
        if each.milestone:
            line["milestones"].append(each.milestone)
        if each.said and each.said not in line["said"]:
            line["said"].append(each.said)
    return list(found.values())


def silent_at(session: Session) -> tuple[int, ...]:
    """The commitments of its plan of which a session did not hear everything that is known to be there."""
    plan = plan_now(session.plan) if session.plan is not None else None
    return matrix(plan, [session_of(session)]).silent(0) if plan is not None else ()


def hash_of(minutes: Minutes) -> str:
    """The SHA-256 of the record and the text of minutes: their JSON with sorted keys and no blanks, in UTF-8."""
    value = {"record": minutes.record, "text": minutes.text}
    written = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
