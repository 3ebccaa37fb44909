"""The read model: a rebuildable copy of published observations in PostgreSQL, from which pages and search are answered."""

from atalaya.publish.read_model.loading import Loaded, load

__all__ = ["Loaded", "load"]
