"""Figures of the index, and what mending would add to them."""

from collections.abc import Mapping

from django.db import models

from atalaya.portal.observatory.models.published import Published


class Score(Published):
    """One node of one unit in one observation."""

    pk = models.CompositePrimaryKey("observation", "methodology", "unit", "node")
    observation = models.TextField()
    methodology = models.TextField()
    unit = models.TextField()
    node = models.TextField()
    kind = models.TextField()
    place = models.IntegerField()
    level = models.IntegerField()
    parent = models.TextField(null=True)
    title: Mapping[str, str] = models.JSONField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    coverage = models.FloatField(null=True)
    ranked = models.BooleanField(null=True)
    rank = models.IntegerField(null=True)
    rank_low = models.IntegerField(null=True)
    rank_high = models.IntegerField(null=True)
    weight = models.FloatField(null=True)
    detail: Mapping[str, object] = models.JSONField()

    class Meta(Published.Meta):
        db_table = 'published"."score'
        ordering = ("unit", "place")

    @property
    def open(self) -> bool:
        """Whether what is unknown could move the figure by a visible amount."""
        return self.low is not None and self.high is not None and self.high - self.low >= 0.05


class Gain(Published):
    """What mending one indicator would add to one institution."""

    pk = models.CompositePrimaryKey("unit", "place")
    unit = models.TextField()
    place = models.IntegerField()
    indicator = models.TextField()
    title: Mapping[str, str] = models.JSONField()
    check_id = models.TextField(null=True)
    points = models.FloatField()
    failing = models.IntegerField()

    class Meta(Published.Meta):
        db_table = 'published"."gain'
        ordering = ("unit", "place")


class Standing(Published):
    """Where an institution stands in one of its groups in the newest edition; `rank` is empty where it has none."""

    pk = models.CompositePrimaryKey("unit_group", "place")
    unit_group = models.TextField()
    place = models.IntegerField()
    institution = models.TextField()
    slug = models.TextField()
    name = models.TextField()
    rank = models.IntegerField(null=True)
    rank_low = models.IntegerField(null=True)
    rank_high = models.IntegerField(null=True)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    coverage = models.FloatField(null=True)

    class Meta(Published.Meta):
        db_table = 'published"."standing'
        ordering = ("unit_group", "place")

    @property
    def open(self) -> bool:
        """Whether what is unknown could move the figure by a visible amount."""
        return self.low is not None and self.high is not None and self.high - self.low >= 0.05


class Movement(Published):
    """By how many points the figure of an institution moved since the edition before; the greatest move is the first."""

    place = models.IntegerField(primary_key=True)
    institution = models.TextField()
    points = models.FloatField()

    class Meta(Published.Meta):
        db_table = 'published"."movement'
        ordering = ("place",)
