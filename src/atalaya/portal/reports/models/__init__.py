"""The tables of reports."""

from atalaya.portal.reports.models.reports import Report, ReportAddress

__all__ = ["Report", "ReportAddress"]
