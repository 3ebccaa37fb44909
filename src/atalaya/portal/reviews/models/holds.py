"""Who has taken what from the queues of reviewers."""

import pghistory
from django.conf import settings
from django.db import models


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed"),
    pghistory.DeleteEvent("removed"),
    model_name="HoldEvent",
    append_only=True,
)
class Hold(models.Model):
    """One item of a queue, taken by one person since a moment; after a while it is anybody's again."""

    queue = models.CharField(max_length=16)
    item = models.CharField(max_length=600)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("queue", "item"), name="taken_by_one"),)

    def __str__(self) -> str:
        return f"{self.queue} {self.item}"
