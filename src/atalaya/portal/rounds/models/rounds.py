"""The country that is observed, and its rounds as they were asked for and went."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from atalaya.portal.rounds.states import ROUND_STATES, UNFINISHED, WAITING


class Observed(models.Model):
    """The country whose observations the portal shows, and where its pack is: a code, or a folder that every worker sees.

    `resolve` is the file of a resolve map, for sample countries.
    """

    code = models.CharField(max_length=40, primary_key=True)
    pack = models.CharField(max_length=1000)
    resolve = models.CharField(max_length=1000, blank=True, default="")
    declared = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.code)


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed"),
    fields=["id", "state", "reason", "asked_by"],
    model_name="RoundEvent",
    append_only=True,
)
class Round(models.Model):
    """One round: asked for by the schedule (`asked_by` is null) or by a person, as of a moment (as `clock.stamp` writes it).

    `held`: the sources that are held, each with why. `fresh`: what was begun is thrown away before it goes on.
    """

    country = models.CharField(max_length=40)
    as_of = models.CharField(max_length=20)
    state = models.CharField(max_length=16, default=WAITING)
    reason = models.TextField(blank=True, default="")
    stage = models.CharField(max_length=16, blank=True, default="")
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    observation = models.CharField(max_length=100, blank=True, default="")
    held = models.JSONField(default=list)
    sites = models.BooleanField(default=False)
    fresh = models.BooleanField(default=False)
    job = models.BigIntegerField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    asked = models.DateTimeField()
    started = models.DateTimeField(null=True)
    moved = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-as_of", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=tuple(ROUND_STATES)), name="round_state_is_known"),
            models.UniqueConstraint(fields=("country", "as_of"), name="one_round_a_moment"),
            models.UniqueConstraint(fields=("country",), condition=Q(state__in=UNFINISHED), name="one_round_at_a_time"),
        )

    def __str__(self) -> str:
        return f"round {self.pk} of {self.country}"
