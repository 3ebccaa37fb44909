"""Findings that are looked at again between rounds."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from atalaya.portal.rounds.states import RECHECK_STATES, WAITING


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed"),
    fields=["id", "state", "reason", "asked_by"],
    model_name="RecheckEvent",
    append_only=True,
)
class Recheck(models.Model):
    """Findings and whole datasets (`records`) of an observation, by their ids, to be looked at again.

    Once done, `seen` has for each finding its id, verdict and reason, then what else of those datasets is mended or new, and
    `seen_in` is the observation of the recheck. Those of the schedule were asked for by nobody.
    """

    country = models.CharField(max_length=40)
    observation = models.CharField(max_length=100)
    findings = models.JSONField(default=list)
    records = models.JSONField(default=list)
    state = models.CharField(max_length=16, default=WAITING)
    reason = models.TextField(blank=True, default="")
    seen = models.JSONField(default=list)
    seen_in = models.CharField(max_length=140, blank=True, default="")
    seen_at = models.CharField(max_length=20, blank=True, default="")
    job = models.BigIntegerField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    asked = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (models.CheckConstraint(condition=Q(state__in=RECHECK_STATES), name="recheck_state_is_known"),)

    def __str__(self) -> str:
        return f"recheck {self.pk}"
