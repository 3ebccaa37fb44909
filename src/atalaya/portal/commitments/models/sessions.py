"""The trail of sessions from before they had tables of their own, in `meetings`: what it tells of those days stays to be read."""

import pgtrigger
from django.db import models
from pghistory.models import Event
from pghistory.utils import JSONField

from atalaya.portal.meetings.models import Session


class SessionEvent(Event):
    """What was written down of a session while all of it was one document."""

    pgh_tracked_model = Session  # type: ignore[assignment]
    pgh_obj_id = models.SlugField(max_length=100)
    pgh_context = JSONField(null=True)
    pgh_context_id = models.UUIDField(null=True)
    identifier = models.SlugField(db_index=False, max_length=100, serialize=False)
    on = models.DateField()
    plan = models.PositiveIntegerField(null=True, blank=True)
    document = models.JSONField()

    class Meta:
        abstract = False
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.pgh_label} {self.identifier}"
