"""Communiqués, what they are about, and what was corrected in them."""

from datetime import datetime

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from atalaya.news.communique import KINDS
from atalaya.portal.news.states import DRAFT, PUBLISHED, SCHEDULED, STATES, WITHDRAWN

TITLE, SUMMARY, NUMBER, TAG, ADDRESS = 300, 600, 60, 60, 2000
"""Characters of the fields; an address has what browsers commonly accept."""


def trail() -> tuple[pghistory.RowEvent, ...]:
    """What is written down of a row: that it came, changed and went, each with what it then said."""
    return (pghistory.InsertEvent("added"), pghistory.UpdateEvent("changed"), pghistory.DeleteEvent("removed"))


class Communiques(models.QuerySet["Communique"]):
    """Communiqués, and those of them that anybody may read."""

    def public(self, now: datetime) -> "Communiques":
        """Those that were published by a moment, or whose hour has come by then; withdrawn ones stay as withdrawn."""
        shown = Q(state__in=(PUBLISHED, WITHDRAWN)) | Q(state=SCHEDULED, published__lte=now)
        found: Communiques = self.filter(shown, published__isnull=False)
        return found


@pghistory.track(*trail(), exclude=["stems"], model_name="CommuniqueEvent", append_only=True)
class Communique(models.Model):
    """What an institution announces. `slug` is the end of its address and never changes once it was published.

    `body` is written as `atalaya.news.markup` reads it; `published` is when it was, or will be, published; `stems` are the words
    by which it is found. `hidden`: the text of a withdrawn one is shown to nobody but those who may write.
    """

    slug = models.SlugField(max_length=100, unique=True)
    state = models.CharField(max_length=16, default=DRAFT)
    issuer = models.CharField(max_length=200)
    number = models.CharField(max_length=NUMBER, blank=True, default="")
    on = models.DateField()
    title = models.CharField(max_length=TITLE)
    summary = models.TextField(max_length=SUMMARY, blank=True, default="")
    body = models.TextField()
    video = models.URLField(max_length=ADDRESS, blank=True, default="")
    tags = ArrayField(models.CharField(max_length=TAG), default=list, blank=True)
    attachments = models.JSONField(default=list, blank=True)
    """Documents that belong to it, each with `title` and `url`."""
    note = models.TextField(blank=True, default="")
    sources = ArrayField(models.TextField(), default=list, blank=True)
    published = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True, default="")
    hidden = models.BooleanField(default=False)
    changed = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    stems = ArrayField(models.TextField(), default=list, editable=False)

    objects = Communiques.as_manager()

    class Meta:
        ordering = ("-on", "-published", "-id")
        indexes = (
            models.Index(fields=("state", "published")),
            models.Index(fields=("issuer", "on")),
            models.Index(fields=("on",)),
            GinIndex(fields=("stems",), name="communique_stems"),
            GinIndex(fields=("tags",), name="communique_tags"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=tuple(STATES)), name="communique_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=DRAFT) | Q(published__isnull=False), name="published_has_its_hour"
            ),
            models.CheckConstraint(
                condition=~Q(state=WITHDRAWN) | (Q(withdrawn__isnull=False) & ~Q(withdrawn_why="")),
                name="communique_withdrawn_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"communiqué {self.slug}"

    def stands(self, now: datetime) -> str:
        """Its state at a moment: a scheduled one whose hour has come is published."""
        due = self.state == SCHEDULED and self.published is not None and self.published <= now
        return PUBLISHED if due else str(self.state)


@pghistory.track(*trail(), model_name="AboutEvent", append_only=True)
class About(models.Model):
    """One thing that a communiqué is about: kind and key as `atalaya.news.communique.Subject` has them."""

    communique = models.ForeignKey(Communique, on_delete=models.CASCADE, related_name="about")
    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=200)

    class Meta:
        ordering = ("communique", "id")
        indexes = (models.Index(fields=("kind", "key")),)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="about_something_known"),
            models.UniqueConstraint(fields=("communique", "kind", "key"), name="about_each_thing_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key} of {self.communique_id}"


@pghistory.track(*trail(), model_name="CorrectionEvent", append_only=True)
class Correction(models.Model):
    """What was corrected in a published communiqué: when, why, and the fields that changed as they were before."""

    communique = models.ForeignKey(Communique, on_delete=models.CASCADE, related_name="corrections")
    at = models.DateTimeField()
    why = models.TextField()
    before = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("communique", "at", "id")
        constraints = (models.CheckConstraint(condition=~Q(why=""), name="corrected_with_a_reason"),)

    def __str__(self) -> str:
        return f"correction {self.pk} of {self.communique_id}"
