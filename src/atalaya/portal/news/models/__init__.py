"""The tables of communiqués, each with its trail."""

from atalaya.portal.news.models.communiques import About, Communique, Correction
from atalaya.portal.news.models.periods import Period

__all__ = ["About", "Communique", "Correction", "Period"]
