"""Findings, and the rules that found them."""

from collections.abc import Mapping

from django.db import models

from atalaya.portal.observatory.models.published import Published


class Finding(Published):
    """A failing outcome, addressed to an institution."""

    id = models.TextField(primary_key=True)
    check_id = models.TextField()
    check_version = models.IntegerField()
    level = models.TextField()
    subject = models.TextField()
    institution = models.TextField(null=True)
    source = models.TextField(null=True)
    dataset = models.TextField(null=True)
    resource = models.TextField(null=True)
    table_name = models.TextField(null=True)
    reason = models.TextField()
    passed = models.IntegerField(null=True)
    applied = models.IntegerField(null=True)
    evidence: Mapping[str, object] = models.JSONField()
    since = models.DateField()

    class Meta(Published.Meta):
        db_table = 'published"."finding'
        ordering = ("check_id", "id")

    def as_row(self) -> dict[str, object]:
        """The finding as the sentences of checks read it."""
        return {
            "check_id": self.check_id,
            "check_version": self.check_version,
            "verdict": "fail",
            "reason": self.reason,
            "evidence": self.evidence,
        }


class Rule(Published):
    """A check with its texts, as it was in the newest observation."""

    pk = models.CompositePrimaryKey("id", "version")
    id = models.TextField()
    version = models.IntegerField()
    kind = models.TextField()
    level = models.TextField(null=True)
    dimension = models.TextField(null=True)
    effort = models.TextField(null=True)
    apart = models.BooleanField()
    title: Mapping[str, str] = models.JSONField()
    body: Mapping[str, str] = models.JSONField()
    remedy: Mapping[str, str] = models.JSONField()
    failing = models.IntegerField()

    class Meta(Published.Meta):
        db_table = 'published"."rule'
        ordering = ("level", "id")
