"""Methodologies that are tried on past rounds before anybody adopts them."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from atalaya.portal.rounds.states import TRIAL_STATES, WAITING


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed"),
    pghistory.DeleteEvent("removed"),
    fields=["id", "methodology", "sha256", "state", "reason", "asked_by"],
    model_name="TrialEvent",
    append_only=True,
)
class Trial(models.Model):
    """The text of a methodology, as somebody wrote it, and what the sealed rounds would have given with it.

    Once done, `told` has for each observation, newest first, what `trials.told_of` says of it.
    """

    country = models.CharField(max_length=40)
    methodology = models.CharField(max_length=100)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=16, default=WAITING)
    reason = models.TextField(blank=True, default="")
    told = models.JSONField(default=list)
    job = models.BigIntegerField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    asked = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (models.CheckConstraint(condition=Q(state__in=TRIAL_STATES), name="trial_state_is_known"),)

    def __str__(self) -> str:
        return f"trial {self.pk} of {self.methodology}"
