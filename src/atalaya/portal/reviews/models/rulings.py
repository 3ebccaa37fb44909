"""Rulings that the engine applies, from the moment they are made until they lie among the decisions of the store."""

from collections.abc import Mapping

import pghistory
from django.conf import settings
from django.db import models

from atalaya.portal.reviews.models.replies import LONGEST, Reply


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed"),
    pghistory.DeleteEvent("removed"),
    model_name="RulingEvent",
    append_only=True,
)
class Ruling(models.Model):
    """One decision as the store keeps them. `deposited` is when it was put there; None: it waits to be.

    It is written in the transaction of the ruling, so that neither is ever there without the other.
    """

    reply = models.OneToOneField(Reply, null=True, blank=True, on_delete=models.PROTECT, related_name="ruling")
    country = models.CharField(max_length=16)
    kind = models.CharField(max_length=32)
    subject = models.CharField(max_length=600)
    ruling: Mapping[str, str | bool | None] = models.JSONField()
    why = models.TextField(max_length=LONGEST)
    moment = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decision = models.CharField(max_length=26, unique=True)
    deposited = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"ruling {self.decision}"
