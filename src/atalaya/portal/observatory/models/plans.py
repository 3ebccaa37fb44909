"""What institutions can mend: their measures, the improvement plan of each, and the tree of its figure."""

from collections.abc import Mapping

from django.db import models

from atalaya.portal.observatory.models.published import Published


class Measure(Published):
    """A share of an institution that the index reads."""

    pk = models.CompositePrimaryKey("institution", "measure")
    institution = models.TextField()
    measure = models.TextField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    passed = models.IntegerField()
    applied = models.IntegerField()
    unknown = models.IntegerField()
    not_applicable = models.IntegerField()
    reason = models.TextField()

    class Meta(Published.Meta):
        db_table = 'published"."measure'
        ordering = ("institution", "measure")


class Mendable(Published):
    """A measure of an institution with failing cases: what mending all of them adds, and one alone."""

    pk = models.CompositePrimaryKey("unit", "measure")
    unit = models.TextField()
    measure = models.TextField()
    check_id = models.TextField()
    failing = models.IntegerField()
    points = models.FloatField(null=True)
    alone = models.FloatField(null=True)
    best: Mapping[str, object] = models.JSONField()

    class Meta(Published.Meta):
        db_table = 'published"."mendable'
        ordering = ("unit", "measure")


class Plan(Published):
    """The improvement plan of an institution as a whole: where it stands, where the plan leads, and where mending all would."""

    unit = models.TextField(primary_key=True)
    methodology = models.TextField()
    sha256 = models.TextField()
    ranked_units = models.IntegerField()
    findings = models.IntegerField()
    points = models.FloatField()
    reason = models.TextField()
    now: Mapping[str, object] = models.JSONField()
    reached: Mapping[str, object] = models.JSONField()
    best: Mapping[str, object] = models.JSONField()

    class Meta(Published.Meta):
        db_table = 'published"."plan'
        ordering = ("unit",)


class Step(Published):
    """One finding to mend, in the order in which mending pays; `standing` is where the institution then stands."""

    pk = models.CompositePrimaryKey("unit", "place")
    unit = models.TextField()
    place = models.IntegerField()
    finding = models.TextField()
    check_id = models.TextField()
    check_version = models.IntegerField()
    level = models.TextField()
    dataset = models.TextField(null=True)
    resource = models.TextField(null=True)
    source = models.TextField(null=True)
    address = models.TextField()
    points = models.FloatField()
    alone = models.FloatField()
    together = models.IntegerField()
    at_least = models.BooleanField()
    likewise = models.IntegerField()
    effort = models.TextField()
    standing: Mapping[str, object] = models.JSONField()
    texts: Mapping[str, Mapping[str, str]] = models.JSONField()

    class Meta(Published.Meta):
        db_table = 'published"."step'
        ordering = ("unit", "place")


class Explained(Published):
    """One node of the tree of an institution: its figure, its weight among those that count, and what it brings."""

    pk = models.CompositePrimaryKey("unit", "node")
    unit = models.TextField()
    node = models.TextField()
    place = models.IntegerField()
    state = models.TextField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    weight = models.FloatField()
    points = models.FloatField(null=True)
    without = models.FloatField(null=True)
    raw = models.FloatField(null=True)
    peers = models.FloatField(null=True)

    class Meta(Published.Meta):
        db_table = 'published"."explained'
        ordering = ("unit", "place")


class Likely(Published):
    """Between which ranks an institution lies under other decisions of the methodology, and how often it is first."""

    unit = models.TextField(primary_key=True)
    draws = models.IntegerField()
    seed = models.BigIntegerField()
    rank_median = models.FloatField()
    rank_low = models.FloatField()
    rank_high = models.FloatField()
    first = models.FloatField()

    class Meta(Published.Meta):
        db_table = 'published"."likely'
        ordering = ("rank_median", "unit")
