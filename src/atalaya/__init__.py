"""Atalaya: an open-data observatory that reads, measures, keeps and explains what institutions publish."""

__version__ = "0.1.0"
