"""Names in further languages."""

from collections.abc import Mapping

from django.db import models

from atalaya.portal.observatory.models.published import Published


class Language(Published):
    """A language that names are translated into."""

    tag = models.TextField(primary_key=True)
    place = models.IntegerField()
    title: Mapping[str, str] = models.JSONField()

    class Meta(Published.Meta):
        db_table = 'published"."language'
        ordering = ("place",)


class Translation(Published):
    """One text in one language: `state` is `current`, `stale` (its source changed since) or `awaiting`."""

    pk = models.CompositePrimaryKey("language", "subject", "field")
    language = models.TextField()
    subject = models.TextField()
    field = models.TextField()
    place = models.IntegerField()
    source = models.TextField()
    of_sha256 = models.TextField()
    text = models.TextField()
    state = models.TextField()

    class Meta(Published.Meta):
        db_table = 'published"."translation'
        ordering = ("language", "place")
