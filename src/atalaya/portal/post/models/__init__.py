"""The tables of post."""

from atalaya.portal.post.models.contacts import Contact
from atalaya.portal.post.models.events import EditionTold, Event
from atalaya.portal.post.models.followers import Alerted, Follow, Follower
from atalaya.portal.post.models.letters import Letter

__all__ = ["Alerted", "Contact", "EditionTold", "Event", "Follow", "Follower", "Letter"]
