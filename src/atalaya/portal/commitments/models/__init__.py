"""The tables of plans and readings, each with its trail."""

from atalaya.portal.commitments.models.plans import Commitment, Plan, Version
from atalaya.portal.commitments.models.readings import Evidence, Reading
from atalaya.portal.commitments.models.sessions import SessionEvent

__all__ = ["Commitment", "Evidence", "Plan", "Reading", "SessionEvent", "Version"]
