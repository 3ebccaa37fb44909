"""Agreements of sessions, and every step towards them."""

import pghistory
import pgtrigger
from django.db import models

from atalaya.portal.meetings.models.bodies import LONGEST, Member, trail
from atalaya.portal.meetings.models.sessions import Session
from atalaya.portal.meetings.states import AGREEMENT_STATES


@pghistory.track(*trail(), model_name="AgreementEvent", append_only=True)
class Agreement(models.Model):
    """What was agreed, who is to do it (a member, or a name that the minutes give), and until when, as far as stated.

    How it stands is what its last step says; without any it is open.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements")
    responsible = models.CharField(max_length=LONGEST, blank=True, default="")
    due = models.CharField(max_length=25, blank=True, default="")
    """A day, month, year or stretch, as `atalaya.commitments.partial_dates` writes it; empty: no date was set."""
    commitment = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("session", "number")
        constraints = (models.UniqueConstraint(fields=("session", "number"), name="one_agreement_of_a_number"),)

    def __str__(self) -> str:
        return f"agreement {self.number} of {self.session_id}"


@pghistory.track(*trail(), model_name="AgreementStepEvent", append_only=True)
class AgreementStep(models.Model):
    """How an agreement stood on a day, in whose words, with the address where it can be seen. Steps are added, never changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=12)
    on = models.DateField()
    text = models.TextField(blank=True, default="")
    evidence = models.URLField(max_length=2000, blank=True, default="")

    class Meta:
        ordering = ("agreement", "on", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=tuple(AGREEMENT_STATES)), name="step_is_known"),
        )
        triggers = (pgtrigger.Protect(name="steps_stay", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"step {self.pk} of agreement {self.agreement_id}"
