"""The findings of an edition that is to come, which only the institutions concerned see, and until when they may answer."""

from collections.abc import Mapping

import pghistory
from django.db import models


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed"),
    pghistory.DeleteEvent("removed"),
    model_name="ReplyPeriodEvent",
    append_only=True,
)
class ReplyPeriod(models.Model):
    """The right of reply to the findings of one observation that is to be published."""

    observation = models.CharField(max_length=100, primary_key=True)
    as_of = models.DateField()
    opens = models.DateTimeField()
    closes = models.DateTimeField()

    class Meta:
        ordering = ("-opens",)
        constraints = (
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="period_is_a_period"),
        )

    def __str__(self) -> str:
        return f"right of reply to {self.observation}"


class ComingFinding(models.Model):
    """One finding of an observation that is to be published, as its institution sees it. Made by the engine, never changed."""

    period = models.ForeignKey(ReplyPeriod, on_delete=models.CASCADE, related_name="findings")
    finding = models.CharField(max_length=200)
    institution = models.CharField(max_length=200)
    check_id = models.CharField(max_length=100)
    check_version = models.IntegerField()
    subject = models.CharField(max_length=200)
    reason = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    address = models.CharField(max_length=1000, blank=True, default="")
    evidence: Mapping[str, object] = models.JSONField()

    class Meta:
        ordering = ("check_id", "id")
        indexes = (models.Index(fields=("institution",), name="coming_institution"),)
        constraints = (models.UniqueConstraint(fields=("period", "finding"), name="coming_once"),)

    def __str__(self) -> str:
        return f"coming finding {self.finding}"

    def as_row(self) -> dict[str, object]:
        """The finding as the sentences of checks read it."""
        return {
            "check_id": self.check_id,
            "check_version": self.check_version,
            "verdict": "fail",
            "reason": self.reason,
            "evidence": self.evidence,
        }
