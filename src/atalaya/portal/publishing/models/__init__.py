"""The tables of publishing."""

from atalaya.portal.publishing.models.publications import Publication, Version

__all__ = ["Publication", "Version"]
