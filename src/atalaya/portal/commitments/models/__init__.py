"""The tables of plans, readings and sessions, each with its trail."""

from atalaya.portal.commitments.models.plans import Commitment, Plan, Version
from atalaya.portal.commitments.models.readings import Evidence, Reading
from atalaya.portal.commitments.models.sessions import Session

__all__ = ["Commitment", "Evidence", "Plan", "Reading", "Session", "Version"]
