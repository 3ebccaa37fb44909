"""Editions on their way to be published."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from atalaya.portal.rounds.states import APPROVED, COMPUTED, EDITION_STATES, PUBLISHED

_ACCOUNT = settings.AUTH_USER_MODEL


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed"),
    pghistory.DeleteEvent("removed"),
    model_name="PublicationEvent",
    append_only=True,
)
class Publication(models.Model):
    """A sealed observation on its way to be published: computed, in reply, approved by one person, published by another.

    `reply_until` is the moment up to which institutions may answer. The database itself refuses that one person does both.
    """

    observation = models.CharField(max_length=100, unique=True)
    country = models.CharField(max_length=40)
    state = models.CharField(max_length=16, default=COMPUTED)
    reason = models.TextField(blank=True, default="")
    reply_from = models.DateTimeField(null=True)
    reply_until = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        _ACCOUNT, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    approved = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        _ACCOUNT, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    published = models.DateTimeField(null=True)
    made = models.DateTimeField()
    changed = models.DateTimeField()

    class Meta:
        ordering = ("-observation",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=tuple(EDITION_STATES)), name="edition_state_is_known"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(published_by=None) | ~Q(approved_by=F("published_by")),
                name="two_people_publish",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(APPROVED, PUBLISHED)) | Q(approved__isnull=False), name="approved_before"
            ),
            models.CheckConstraint(
                condition=~Q(state=PUBLISHED) | Q(published__isnull=False), name="published_when_it_is"
            ),
        )

    @property
    def day(self) -> str:
        """The day of the observation, which its id ends with, as an ISO date."""
        stamp = str(self.observation).rpartition("-")[2]
        return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}"

    def __str__(self) -> str:
        return str(self.observation)
