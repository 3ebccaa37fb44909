"""Problems that were reported, and, apart from them, where their senders want to be told."""

import pghistory
from django.db import models

from atalaya.portal.reports.states import RECEIVED, STATES

LONGEST = 4000
"""Characters of what somebody reports, and of an answer."""


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed"),
    fields=["id", "state", "answer"],
    model_name="ReportEvent",
    append_only=True,
)
class Report(models.Model):
    """A problem about one thing of the observatory. `number` is what its sender follows it by: nobody can guess it.

    `subject` is the kind and the identifier, such as `conjunto:abc`; `title` and `institution` are as they were when it came.
    The trail keeps the state and the answer, never what was reported.
    """

    number = models.CharField(max_length=24, unique=True)
    subject = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    institution = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField(max_length=LONGEST)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=16, default=RECEIVED)
    answer = models.TextField(max_length=LONGEST, blank=True, default="")
    sent = models.DateTimeField()
    changed = models.DateTimeField()

    class Meta:
        ordering = ("-sent", "-id")
        indexes = (models.Index(fields=("subject", "state")), models.Index(fields=("state", "sent")))
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=tuple(STATES)), name="report_state_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state="answered") | ~models.Q(answer=""), name="answered_has_an_answer"
            ),
        )

    def __str__(self) -> str:
        return f"report {self.pk}"


class ReportAddress(models.Model):
    """Where the sender of a report wants to be told: never shown to anybody, and gone when they say so or it is closed."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="address")
    email = models.EmailField(max_length=254)

    def __str__(self) -> str:
        return f"address of report {self.report_id}"
