"""Atalaya: an open-data observatory that reads, measures, keeps and explains what institutions publish."""

import os
from importlib import import_module
from typing import TYPE_CHECKING

from atalaya.version import __version__

if TYPE_CHECKING:
    from atalaya.inspection.inspector import inspect_file
    from atalaya.inspection.many import inspect_files
    from atalaya.publish.indices.facade import Index, IndexResult

os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
# Arrow looks once, when it is first imported. Its own pool keeps what is freed for the next: 50 MB of a round that sealed 60 MB.

__all__ = ["Index", "IndexResult", "__version__", "inspect_file", "inspect_files"]

_LATE = {
    "Index": "atalaya.publish.indices.facade",
    "IndexResult": "atalaya.publish.indices.facade",
    "inspect_file": "atalaya.inspection.inspector",
    "inspect_files": "atalaya.inspection.many",
}
"""Names and where they are made: each is imported when first asked for, so that nobody waits for what is not used."""


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module 'atalaya' has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
