"""Legal duties, and how each institution stands in them."""

from collections.abc import Mapping

from django.db import models

from atalaya.portal.observatory.models.published import Published


class Duty(Published):
    """A legal duty to publish: article and numeral of a law."""

    id = models.TextField(primary_key=True)
    place = models.IntegerField()
    law = models.TextField()
    law_title: Mapping[str, str] = models.JSONField()
    law_reference = models.TextField(null=True)
    article = models.TextField()
    numeral = models.TextField()
    name: Mapping[str, str] = models.JSONField()
    paraphrase: Mapping[str, str] = models.JSONField()
    obliged: list[Mapping[str, str]] = models.JSONField()
    term: Mapping[str, str] = models.JSONField()

    class Meta(Published.Meta):
        db_table = 'published"."duty'
        ordering = ("place",)


class DutyVerdict(Published):
    """How an institution stands with a duty, as a whole (`period` empty) or in one period of its series."""

    pk = models.CompositePrimaryKey("institution", "duty", "period")
    institution = models.TextField()
    duty = models.TextField()
    period = models.TextField()
    standing = models.TextField()
    reason = models.TextField()
    days_late = models.IntegerField(null=True)
    due = models.DateField(null=True)
    clicks = models.IntegerField(null=True)
    justification = models.TextField()
    gaps: list[str] = models.JSONField()
    evidence: list[dict[str, object]] = models.JSONField()

    class Meta(Published.Meta):
        db_table = 'published"."verdict'
        ordering = ("institution", "duty", "-period")
