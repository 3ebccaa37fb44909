"""What falls due, and where municipalities are."""

from django.db import models

from atalaya.portal.observatory.models.published import Published


class Due(Published):
    """The last day of a period of a duty, for all whom it binds."""

    pk = models.CompositePrimaryKey("duty", "period")
    duty = models.TextField()
    period = models.TextField()
    day = models.DateField()

    class Meta(Published.Meta):
        db_table = 'published"."due'
        ordering = ("day", "duty")


class Bound(Published):
    """A duty that binds an institution; it has no day where it falls due after a change or before an event."""

    pk = models.CompositePrimaryKey("institution", "duty")
    institution = models.TextField()
    duty = models.TextField()
    dated = models.BooleanField()

    class Meta(Published.Meta):
        db_table = 'published"."bound'
        ordering = ("institution", "duty")


class Expected(Published):
    """When a dataset is to be renewed by what its record promises; `last` is the change that it declares."""

    dataset = models.TextField(primary_key=True)
    institution = models.TextField(null=True)
    title = models.TextField()
    day = models.DateField()
    last = models.DateField()
    frequency = models.TextField()

    class Meta(Published.Meta):
        db_table = 'published"."expected'
        ordering = ("day", "dataset")


class Division(Published):
    """A division of the country: 1 is the level below the whole."""

    code = models.TextField(primary_key=True)
    name = models.TextField()
    level = models.IntegerField()
    parent = models.TextField(null=True)
    population = models.IntegerField(null=True)

    class Meta(Published.Meta):
        db_table = 'published"."division'
        ordering = ("name", "code")


class Seat(Published):
    """The division that an institution governs."""

    institution = models.TextField(primary_key=True)
    division = models.TextField()

    class Meta(Published.Meta):
        db_table = 'published"."seat'
        ordering = ("institution",)
