"""Self-assessments of plans: generated from readings, edited, published; every published one stays."""

import pghistory
from django.conf import settings
from django.db import models

from atalaya.portal.commitments.models.plans import Plan, trail

MID, END = "mid_term", "end_of_term"
TERMS = {MID: "Self-assessment at mid-term", END: "Self-assessment at the end of the term"}
"""When it is made → what people read."""


@pghistory.track(*trail(), model_name="AssessmentEvent", append_only=True)
class Assessment(models.Model):
    """One version of a self-assessment. `document` holds the figures as they were on the day `as_of` and the texts of people; it
    changes as long as `published` is empty."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="assessments")
    term = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    as_of = models.DateField()
    document = models.JSONField()
    published = models.DateTimeField(null=True, blank=True)
    changed = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("plan", "term", "number")
        constraints = (
            models.UniqueConstraint(fields=("plan", "term", "number"), name="one_assessment_of_a_number"),
            models.UniqueConstraint(
                fields=("plan", "term"), condition=models.Q(published=None), name="one_draft_of_an_assessment"
            ),
            models.CheckConstraint(condition=models.Q(term__in=tuple(TERMS)), name="assessment_term_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.term} {self.number} of plan {self.plan_id}"
