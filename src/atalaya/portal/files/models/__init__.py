"""The tables of files."""

from atalaya.portal.files.models.files import Rendition, StoredFile

__all__ = ["Rendition", "StoredFile"]
