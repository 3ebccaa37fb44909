"""Sessions of the bodies that follow plans."""

import pghistory
from django.db import models

from atalaya.portal.commitments.models.plans import trail


@pghistory.track(*trail(), model_name="SessionEvent", append_only=True)
class Session(models.Model):
    """A session: its plain values, with agenda, reports and agreements."""

    identifier = models.SlugField(max_length=100, primary_key=True)
    on = models.DateField()
    plan = models.PositiveIntegerField(null=True, blank=True)
    document = models.JSONField()

    class Meta:
        ordering = ("on", "identifier")

    def __str__(self) -> str:
        return f"session {self.identifier}"
