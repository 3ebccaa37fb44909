"""Schemas and templates that institutions and civil society agree on, in versions, each with what members say of it."""

import pghistory
import pgtrigger
from django.db import models

from atalaya.portal.meetings.models.bodies import LONGEST, Body, Member, trail
from atalaya.portal.meetings.models.sessions import Session
from atalaya.portal.meetings.states import STANDARD_STATES

KINDS = ("schema", "template")


@pghistory.track(*trail(), model_name="StandardEvent", append_only=True)
class Standard(models.Model):
    """A schema of tables or a template of documents. `body` is the one that agrees on it; none yet: it is from the register."""

    identifier = models.SlugField(max_length=100, primary_key=True)
    title = models.CharField(max_length=LONGEST)
    kind = models.CharField(max_length=10)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="standards")

    class Meta:
        ordering = ("title", "identifier")
        constraints = (models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="kind_of_standard_is_known"),)

    def __str__(self) -> str:
        return str(self.title)


@pghistory.track(*trail(), model_name="StandardVersionEvent", append_only=True)
class StandardVersion(models.Model):
    """A version. What it says never changes: another content is another version. `content` is the descriptor of a schema as JSON,
    or the text of a template."""

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    summary = models.TextField(blank=True, default="")
    """What it changes, or where it comes from."""
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    """Who proposed it; none: the secretariat, or the register."""
    proposed = models.DateField()
    state = models.CharField(max_length=12, default="proposed")
    agreed_in = models.ForeignKey(Session, null=True, blank=True, on_delete=models.PROTECT, related_name="standards")
    why = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("standard", "number")
        constraints = (
            models.UniqueConstraint(fields=("standard", "number"), name="one_version_of_a_standard_of_a_number"),
            models.UniqueConstraint(
                fields=("standard",), condition=models.Q(state="agreed"), name="one_version_is_agreed"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=tuple(STANDARD_STATES)), name="state_of_version_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("agreed", "replaced")) | models.Q(agreed_in__isnull=False),
                name="agreed_in_a_session",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="dropped") | ~models.Q(why=""), name="dropped_with_a_reason"
            ),
        )
        triggers = (
            pgtrigger.ReadOnly(name="content_stays", fields=["standard", "number", "content"]),
            pgtrigger.Protect(name="versions_stay", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"version {self.number} of {self.standard_id}"


@pghistory.track(*trail(), model_name="StandardCommentEvent", append_only=True)
class StandardComment(models.Model):
    """What a member says of a version that is in consultation, and what it was answered."""

    version = models.ForeignKey(StandardVersion, on_delete=models.PROTECT, related_name="comments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="standard_comments")
    passage = models.CharField(max_length=300, blank=True, default="")
    text = models.TextField()
    answer = models.TextField(blank=True, default="")
    on = models.DateField()

    class Meta:
        ordering = ("version", "id")

    def __str__(self) -> str:
        return f"comment {self.pk} on {self.version_id}"
