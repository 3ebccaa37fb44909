"""Plans, their commitments, and the published versions of each."""

import pghistory
from django.db import models


def trail() -> tuple[pghistory.RowEvent, ...]:
    """What is written down of a row: that it came, changed and went, each with what it then said."""
    return (pghistory.InsertEvent("added"), pghistory.UpdateEvent("changed"), pghistory.DeleteEvent("removed"))


@pghistory.track(*trail(), model_name="PlanEvent", append_only=True)
class Plan(models.Model):
    """An action plan. `document` holds its plain values without commitments: title, period, axes, funnel, rule of status."""

    number = models.PositiveIntegerField(primary_key=True)
    document = models.JSONField()
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"plan {self.number}"


@pghistory.track(*trail(), model_name="CommitmentEvent", append_only=True)
class Commitment(models.Model):
    """A commitment of a plan. `document` holds its plain values without versions: title, code, axis, reviews, sources."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="commitments")
    number = models.PositiveIntegerField()
    document = models.JSONField()

    class Meta:
        ordering = ("plan", "number")
        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="commitment_once_in_its_plan"),)

    def __str__(self) -> str:
        return f"commitment {self.number} of plan {self.plan_id}"


@pghistory.track(*trail(), model_name="VersionEvent", append_only=True)
class Version(models.Model):
    """A commitment as one published document states it: its plain values, with milestones. `place` orders the versions."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="versions")
    place = models.PositiveIntegerField()
    identifier = models.CharField(max_length=100)
    document = models.JSONField()

    class Meta:
        ordering = ("commitment", "place")
        constraints = (
            models.UniqueConstraint(fields=("commitment", "place"), name="one_version_at_a_place"),
            models.UniqueConstraint(fields=("commitment", "identifier"), name="one_version_of_a_name"),
        )

    def __str__(self) -> str:
        return f"version {self.identifier} of {self.commitment_id}"
