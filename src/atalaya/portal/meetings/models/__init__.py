"""The tables of bodies, sessions, minutes, agreements and standards, each with its trail."""

from atalaya.portal.meetings.models.agreements import Agreement, AgreementStep
from atalaya.portal.meetings.models.bodies import Body, Member
from atalaya.portal.meetings.models.fulfilments import Fulfilment
from atalaya.portal.meetings.models.minutes import Amendment, Approval, Correction, Minutes
from atalaya.portal.meetings.models.sessions import AgendaItem, Attendance, Report, Session
from atalaya.portal.meetings.models.standards import Standard, StandardComment, StandardVersion

__all__ = [
    "AgendaItem",
    "Agreement",
    "AgreementStep",
    "Amendment",
    "Approval",
    "Attendance",
    "Body",
    "Correction",
    "Fulfilment",
    "Member",
    "Minutes",
    "Report",
    "Session",
    "Standard",
    "StandardComment",
    "StandardVersion",
]
