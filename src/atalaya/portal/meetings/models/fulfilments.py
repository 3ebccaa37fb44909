"""When a duty of membership was fulfilled that no other table tells of: a self-assessment, an update of the repository."""

import pghistory
from django.db import models

from atalaya.portal.meetings.models.bodies import trail


@pghistory.track(*trail(), model_name="FulfilmentEvent", append_only=True)
class Fulfilment(models.Model):
    """That something was done on a day, with the address where it can be seen."""

    duty = models.CharField(max_length=60)
    on = models.DateField()
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=2000)

    class Meta:
        ordering = ("duty", "on", "id")
        constraints = (models.UniqueConstraint(fields=("duty", "on", "url"), name="fulfilled_once_by_one_document"),)

    def __str__(self) -> str:
        return f"{self.duty} on {self.on}"
