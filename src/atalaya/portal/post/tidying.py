"""Deletes what must not be kept any longer."""

from atalaya.portal.post.contacts import forget_ended
from atalaya.portal.post.following import forget_unconfirmed


def tidy() -> dict[str, int]:
    """Delete addresses that nobody confirmed and contacts whose term has ended; gives how many of each."""
    return {"unconfirmed": forget_unconfirmed(), "contacts": forget_ended()}
