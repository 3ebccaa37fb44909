"""What moved from one edition to the next, and why."""

from collections.abc import Mapping, Sequence

from django.contrib.postgres.fields import ArrayField
from django.db import models

from atalaya.portal.observatory.models.published import Published

Parts = Mapping[str, float | None]
"""A figure as `old` and `new`, and the parts of its change: `by_rule`, `by_data`, `by_universe`."""


class Link(Published):
    """From one edition to the next; `mean` is of the scores of all ranked institutions."""

    place = models.IntegerField(primary_key=True)
    old = models.TextField()
    new = models.TextField()
    old_day = models.DateField()
    new_day = models.DateField()
    old_rule = models.TextField()
    new_rule = models.TextField()
    same_rule = models.BooleanField()
    came = ArrayField(models.TextField())
    went = ArrayField(models.TextField())
    untold = models.TextField()
    mean: Parts = models.JSONField()

    class Meta(Published.Meta):
        db_table = 'published"."link'
        ordering = ("place",)


class Moved(Published):
    """What moved one institution between two editions; `old_ranks` and `new_ranks` are its best and worst rank."""

    pk = models.CompositePrimaryKey("link", "unit")
    link = models.IntegerField()
    unit = models.TextField()
    name = models.TextField()
    score: Parts = models.JSONField()
    rank: Parts = models.JSONField()
    old_ranks: Sequence[float | None] = models.JSONField()
    new_ranks: Sequence[float | None] = models.JSONField()

    class Meta(Published.Meta):
        db_table = 'published"."moved'
        ordering = ("link", "unit")


class MovedFinding(Published):
    """A finding that came, was mended, or went with its subject since the edition before, and what it is worth by itself."""

    pk = models.CompositePrimaryKey("unit", "place")
    unit = models.TextField()
    place = models.IntegerField()
    change = models.TextField()
    finding = models.TextField()
    check_id = models.TextField()
    check_version = models.IntegerField()
    subject = models.TextField()
    title = models.TextField()
    points = models.FloatField(null=True)
    rule_changed = models.BooleanField()

    class Meta(Published.Meta):
        db_table = 'published"."moved_finding'
        ordering = ("unit", "place")
