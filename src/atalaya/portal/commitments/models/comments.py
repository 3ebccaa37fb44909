"""What citizens say of milestones: held until a moderator shows it or says why not."""

import pghistory
from django.conf import settings
from django.db import models

from atalaya.portal.commitments.models.plans import Commitment, trail
from atalaya.portal.commitments.models.readings import Reading

HELD, SHOWN, REFUSED = "held", "shown", "refused"
STATES = {HELD: "waits for a moderator", SHOWN: "shown", REFUSED: "not shown"}
"""State → what people read."""

LONGEST = 2000
"""Characters of a comment, and of the reason for not showing it."""


@pghistory.track(
    *trail(),
    fields=["id", "commitment", "milestone", "level", "state", "why", "decided_by", "reading"],
    model_name="CommentEvent",
    append_only=True,
)
class Comment(models.Model):
    """A comment on a milestone. Once it is shown it is a reading of the citizens' voice, one of its own: none is merged.

    The trail keeps what became of it, never what was written nor by whom: what is not shown is not kept for good either.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="comments")
    milestone = models.CharField(max_length=20)
    level = models.CharField(max_length=40)
    text = models.TextField(max_length=LONGEST)
    url = models.URLField(max_length=2000, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, default=HELD)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    why = models.TextField(max_length=LONGEST, blank=True, default="")
    reading = models.OneToOneField(Reading, null=True, on_delete=models.SET_NULL, related_name="comment")

    class Meta:
        ordering = ("made", "id")
        indexes = (models.Index(fields=("state", "made")),)
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=tuple(STATES)), name="comment_state_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state=REFUSED) | ~models.Q(why=""), name="comment_refused_with_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"comment {self.pk} on milestone {self.milestone}"
