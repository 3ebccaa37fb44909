"""Atalaya: an open-data observatory that reads, measures, keeps and explains what institutions publish."""

from atalaya.inspection.inspector import inspect_file
from atalaya.inspection.many import inspect_files
from atalaya.version import __version__

__all__ = ["__version__", "inspect_file", "inspect_files"]
