"""What the trail learns when somebody signs in: until then a request is nobody's."""

from typing import Any

import pghistory
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver


@receiver(user_logged_in, dispatch_uid="accounts.trail")
def note(sender: object, user: Any, **named: object) -> None:
    """What the request changes from here on is this person's."""
    del sender, named
    pghistory.context(account=user.pk)
