"""The tables of reviews."""

from atalaya.portal.reviews.models.certificates import Certificate
from atalaya.portal.reviews.models.coming import ComingFinding, ReplyPeriod
from atalaya.portal.reviews.models.holds import Hold
from atalaya.portal.reviews.models.replies import Reply
from atalaya.portal.reviews.models.rulings import Ruling

__all__ = ["Certificate", "ComingFinding", "Hold", "Reply", "ReplyPeriod", "Ruling"]
