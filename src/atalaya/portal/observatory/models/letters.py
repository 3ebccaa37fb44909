"""Requests under a law that people may send, as templates."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models

from atalaya.countries.calendar import add_days
from atalaya.countries.pack import CalendarRule
from atalaya.portal.observatory.models.published import Published


class Letter(Published):
    """A template: `subject` is what it asks about (duty, dataset, vanished), `days` and `unit` the term for the answer."""

    id = models.TextField(primary_key=True)
    place = models.IntegerField()
    subject = models.TextField()
    law = models.TextField()
    law_title: Mapping[str, str] = models.JSONField()
    law_reference = models.TextField(null=True)
    article = models.TextField()
    days = models.IntegerField()
    unit = models.TextField()
    post: Mapping[str, str] = models.JSONField()
    title: Mapping[str, str] = models.JSONField()
    body: Mapping[str, list[str]] = models.JSONField()
    addressees: list[Mapping[str, object]] = models.JSONField()
    calendar: Mapping[str, Any] = models.JSONField()

    class Meta(Published.Meta):
        db_table = 'published"."letter'
        ordering = ("place",)

    def due(self, handed_in: date) -> date:
        """The last day for the answer to a request that was handed in on a day."""
        rule = CalendarRule(
            holidays_country=self.calendar["holidays_country"],
            weekend=tuple(self.calendar["weekend"]),
            added=self.calendar["added"],
            removed=tuple(self.calendar["removed"]),
        )
        return add_days(handed_in, self.days, self.unit, rule)

    def addressee(self, institution: str) -> Mapping[str, object]:
        """Where an institution receives letters, as the pack states it; empty where it does not."""
        return next((each for each in self.addressees if each["institution"] == institution), {})
