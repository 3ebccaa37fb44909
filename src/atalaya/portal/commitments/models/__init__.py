"""The tables of plans, readings, comments and self-assessments, each with its trail."""

from atalaya.portal.commitments.models.assessments import Assessment
from atalaya.portal.commitments.models.comments import Comment
from atalaya.portal.commitments.models.links import EvidenceLink
from atalaya.portal.commitments.models.plans import Commitment, Plan, Version
from atalaya.portal.commitments.models.readings import Evidence, Reading
from atalaya.portal.commitments.models.sessions import SessionEvent
from atalaya.portal.commitments.models.uploads import Upload

__all__ = [
    "Assessment",
    "Comment",
    "Commitment",
    "Evidence",
    "EvidenceLink",
    "Plan",
    "Reading",
    "SessionEvent",
    "Upload",
    "Version",
]
