"""Minutes: drafted, amended by members, approved; from then on they do not change, and corrections stand beside them."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from atalaya.portal.meetings.models.bodies import Member, trail
from atalaya.portal.meetings.models.sessions import Session
from atalaya.portal.meetings.states import AMENDMENT_STATES, APPROVED, MINUTES_STATES


@pghistory.track(*trail(), model_name="MinutesEvent", append_only=True)
class Minutes(models.Model):
    """The minutes of a session. `record` is what was known of the session when they were drafted: agenda, who was there, reports,
    agreements; `text` is what the secretariat wrote besides. The database itself lets approved ones neither change nor go."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="minutes")
    record = models.JSONField()
    text = models.TextField(blank=True, default="")
    state = models.CharField(max_length=12, default="draft")
    approved = models.DateField(null=True, blank=True)
    approved_in = models.ForeignKey(Session, null=True, blank=True, on_delete=models.PROTECT, related_name="approves")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    """Of the record and the text as approved, so that anybody can tell that they are the same."""
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("session",)
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=tuple(MINUTES_STATES)), name="minutes_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(state=APPROVED, approved__isnull=False, sha256__regex="^[0-9a-f]{64}$")
                | (~models.Q(state=APPROVED) & models.Q(approved=None, sha256="")),
                name="approved_on_a_day_with_a_hash",
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="approved_stay",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=APPROVED),  # type: ignore[call-arg]
            ),
        )

    def __str__(self) -> str:
        return f"minutes of {self.session_id}"


@pghistory.track(*trail(), model_name="AmendmentEvent", append_only=True)
class Amendment(models.Model):
    """A change that a member proposes to minutes that are circulated, and what became of it."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="amendments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="amendments")
    passage = models.CharField(max_length=300, blank=True, default="")
    """Which passage it is about, in the member's words."""
    text = models.TextField()
    state = models.CharField(max_length=12, default="proposed")
    answer = models.TextField(blank=True, default="")
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("minutes", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=tuple(AMENDMENT_STATES)), name="amendment_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state="rejected") | ~models.Q(answer=""), name="rejected_with_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"amendment {self.pk} of {self.minutes_id}"


@pghistory.track(*trail(), model_name="ApprovalEvent", append_only=True)
class Approval(models.Model):
    """A member's approval of minutes as they stand; any later change of them takes all approvals away. `by` tells two accounts
    apart: nobody approves twice by speaking for two members."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="approvals")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="approvals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ("minutes", "id")
        constraints = (
            models.UniqueConstraint(fields=("minutes", "member"), name="a_member_approves_once"),
            models.UniqueConstraint(fields=("minutes", "by"), name="an_account_approves_once"),
        )

    def __str__(self) -> str:
        return f"approval of {self.minutes_id} by {self.member_id}"


@pghistory.track(*trail(), model_name="CorrectionEvent", append_only=True)
class Correction(models.Model):
    """A correction of approved minutes: shown beside them, and neither changed nor taken away."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="corrections")
    on = models.DateField()
    text = models.TextField()
    why = models.TextField()

    class Meta:
        ordering = ("minutes", "on", "id")
        triggers = (pgtrigger.Protect(name="corrections_stay", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"correction {self.pk} of {self.minutes_id}"
