"""What an institution answers to a finding or a duty, and what was ruled on it."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from atalaya.portal.reviews.states import DISPUTE, DRAFT, KINDS, NOT_CONCERNED, OPEN, OUTCOMES, RULED, STATES

LONGEST = 4000
"""Characters of a reason."""

LONGEST_ADDRESS = 1000

_ACCOUNT = settings.AUTH_USER_MODEL


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed"),
    pghistory.DeleteEvent("removed"),
    model_name="ReplyEvent",
    append_only=True,
)
class Reply(models.Model):
    """One answer of an institution to one thing: a finding by its id, or a duty (`not_concerned`) by its.

    `check`, `version`, `subject`, `reason` and `title` are those of the finding as it was in `observation`, so that the answer
    can be read, and ruled on, when the finding is gone. `outcome` and `why` are the ruling, proposed until the state is `ruled`;
    of a recheck the verdict that was seen, in `seen_in`. `url` and `file` are the evidence of the institution, `day` is until
    when it wants to have mended it.
    """

    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=16)
    institution = models.CharField(max_length=200)
    thing = models.CharField(max_length=200)
    check_id = models.CharField(max_length=100, blank=True, default="")
    check_version = models.IntegerField(null=True, blank=True)
    subject = models.CharField(max_length=200, blank=True, default="")
    reason = models.CharField(max_length=100, blank=True, default="")
    title = models.CharField(max_length=300)
    observation = models.CharField(max_length=100)
    text = models.TextField(max_length=LONGEST, blank=True, default="")
    ground = models.CharField(max_length=500, blank=True, default="")
    url = models.CharField(max_length=LONGEST_ADDRESS, blank=True, default="")
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(null=True, blank=True)
    author = models.ForeignKey(_ACCOUNT, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField()
    changed = models.DateTimeField()
    sent = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, blank=True, default="")
    why = models.TextField(max_length=LONGEST, blank=True, default="")
    returned = models.TextField(max_length=LONGEST, blank=True, default="")
    proposed_by = models.ForeignKey(_ACCOUNT, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by = models.ForeignKey(_ACCOUNT, null=True, on_delete=models.SET_NULL, related_name="+")
    decided = models.DateTimeField(null=True, blank=True)
    seen_in = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        ordering = ("-changed", "-id")
        indexes = (
            models.Index(fields=("thing",), name="reply_thing"),
            models.Index(fields=("institution", "state"), name="reply_institution"),
            models.Index(fields=("state", "sent"), name="reply_queue"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=tuple(KINDS)), name="reply_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=tuple(STATES)), name="reply_state_is_known"),
            models.CheckConstraint(
                condition=Q(proposed_by=None) | Q(decided_by=None) | ~Q(proposed_by=F("decided_by")),
                name="reply_is_ruled_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state=RULED)
                | Q(kind=DISPUTE, outcome__in=tuple(OUTCOMES[DISPUTE]))
                | Q(kind=NOT_CONCERNED, outcome__in=tuple(OUTCOMES[NOT_CONCERNED])),
                name="reply_ruled_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state=DRAFT) | Q(state="withdrawn") | Q(sent__isnull=False), name="reply_sent_has_a_day"
            ),
            models.UniqueConstraint(
                fields=("institution", "thing", "kind"), condition=Q(state__in=OPEN), name="reply_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
