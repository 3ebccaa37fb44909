"""Atalaya: an open-data observatory that reads, measures, keeps and explains what institutions publish."""

from atalaya.inspection.inspector import inspect_file

__all__ = ["__version__", "inspect_file"]
__version__ = "0.1.0"
