"""The tables of communiqués, each with its trail."""

from atalaya.portal.news.models.communiques import About, Communique, Correction
from atalaya.portal.news.models.periods import Period
from atalaya.portal.news.models.pictures import Picture

__all__ = ["About", "Communique", "Correction", "Period", "Picture"]
