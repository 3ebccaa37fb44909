"""The tables of post."""

from atalaya.portal.post.models.letters import Letter

__all__ = ["Letter"]
