"""Atalaya: an open-data observatory that reads, measures, keeps and explains what institutions publish."""

from importlib import import_module
from typing import TYPE_CHECKING

from atalaya.inspection.inspector import inspect_file
from atalaya.inspection.many import inspect_files
from atalaya.version import __version__

if TYPE_CHECKING:
    from atalaya.publish.indices.facade import Index, IndexResult

__all__ = ["Index", "IndexResult", "__version__", "inspect_file", "inspect_files"]

_LATE = ("Index", "IndexResult")
"""Names that are imported when first asked for: who inspects files need not wait for the engine of indices."""


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module 'atalaya' has no attribute {name!r}")
    return getattr(import_module("atalaya.publish.indices.facade"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
