"""Archived bytes, and the versions of resources."""

from django.db import models

from atalaya.portal.observatory.models.published import Published


class Archived(Published):
    """Bytes that a published observation cites; `state` says whether they may be handed out."""

    sha256 = models.TextField(primary_key=True)
    size = models.BigIntegerField()
    kept = models.TextField()
    kind = models.TextField()
    format = models.TextField(null=True)
    media_type = models.TextField(null=True)
    state = models.TextField()
    title = models.TextField()
    url = models.TextField(null=True)
    subject = models.TextField(null=True)
    first_seen = models.DateField()
    last_seen = models.DateField()

    class Meta(Published.Meta):
        db_table = 'published"."archived'
        ordering = ("sha256",)


class Version(Published):
    """The same bytes of a resource over one or more observations in a row; `place` counts from 0, oldest first."""

    pk = models.CompositePrimaryKey("resource", "place")
    resource = models.TextField()
    place = models.IntegerField()
    sha256 = models.TextField()
    first_seen = models.DateField()
    last_seen = models.DateField()
    observations = models.IntegerField()
    format = models.TextField(null=True)
    size = models.BigIntegerField(null=True)
    table_rows = models.BigIntegerField(null=True)
    same_content = models.BooleanField()

    class Meta(Published.Meta):
        db_table = 'published"."version'
        ordering = ("resource", "place")


class ResourceColumn(Published):
    """A column of a table in a resource, as the newest observation read it: its kind and its counts, and no value of it."""

    pk = models.CompositePrimaryKey("resource", "table_name", "place")
    resource = models.TextField()
    table_name = models.TextField()
    place = models.IntegerField()
    name = models.TextField()
    kind = models.TextField()
    filled = models.BigIntegerField()
    missing = models.BigIntegerField()
    different = models.BigIntegerField(null=True)
    personal = models.TextField(null=True)

    class Meta(Published.Meta):
        db_table = 'published"."resource_column'
        ordering = ("resource", "table_name", "place")
