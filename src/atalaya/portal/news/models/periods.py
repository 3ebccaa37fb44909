"""Periods of government, as the country pack states them."""

import pghistory
from django.db import models


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed"),
    pghistory.DeleteEvent("removed"),
    model_name="PeriodEvent",
    append_only=True,
)
class Period(models.Model):
    """A period of government: from `since` on, until the day before `until`; `title` and `note` by language."""

    identifier = models.SlugField(max_length=100, primary_key=True)
    title = models.JSONField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    source = models.TextField()
    note = models.JSONField(default=dict)

    class Meta:
        ordering = ("since",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="period_ends_after_it_began",
            ),
        )

    def __str__(self) -> str:
        return f"period {self.identifier}"
