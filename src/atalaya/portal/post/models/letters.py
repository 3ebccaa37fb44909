"""Letters that are to be sent, each once."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from atalaya.portal.post.states import SETTLED, STATES, WAITING

LONGEST_KEY = 200


@pghistory.track(
    pghistory.UpdateEvent("settled", condition=pgtrigger.Condition("OLD.\"state\" = 'held'")),
    fields=["id", "kind", "state"],
    model_name="LetterEvent",
    append_only=True,
)
class Letter(models.Model):
    """One letter. `key` says what it is about, and there is no second one of the same key, ever.

    It goes to the address that `account` has when it is sent, else to `address`. Address and values are there as long as they
    are needed: once it was sent, or given up, the row says only that. The trail keeps what people decide about held letters.
    """

    key = models.CharField(max_length=LONGEST_KEY, unique=True)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="letters")
    address = models.EmailField(max_length=254, blank=True, default="")
    values = models.JSONField(default=dict)
    state = models.CharField(max_length=8, default=WAITING)
    made = models.DateTimeField()
    due = models.DateTimeField()
    claim = models.UUIDField(null=True)
    claimed = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=100, blank=True, default="")
    settled = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made", "-id")
        indexes = (
            models.Index(fields=("due", "id"), condition=models.Q(state=WAITING), name="letters_that_wait"),
            models.Index(
                fields=("state", "claimed"),
                condition=models.Q(state__in=("claimed", "handing", "held")),
                name="letters_in_work",
            ),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=tuple(STATES)), name="letter_state_is_known"),
            models.CheckConstraint(condition=~models.Q(key__contains="@"), name="no_address_in_a_key"),
            models.CheckConstraint(
                condition=~models.Q(state__in=SETTLED) | models.Q(address="", values={}),
                name="settled_letters_keep_nothing",
            ),
        )

    def __str__(self) -> str:
        return f"letter {self.pk}"
