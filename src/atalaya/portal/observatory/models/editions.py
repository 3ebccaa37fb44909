"""Published observations and the groups of institutions that are ranked together."""

from collections.abc import Mapping

from django.db import models

from atalaya.portal.observatory.models.published import Published


class Edition(Published):
    """One published observation."""

    observation = models.TextField(primary_key=True)
    country = models.TextField()
    names: Mapping[str, str] = models.JSONField()
    as_of = models.DateField()
    methodology = models.TextField()
    newest = models.BooleanField()
    sample = models.BooleanField()
    manifest_sha256 = models.TextField()
    code_version = models.TextField()
    datasets = models.IntegerField()
    resources = models.IntegerField()
    institutions = models.IntegerField()
    publishing = models.IntegerField()
    findings = models.IntegerField()
    loaded = models.DateTimeField()

    class Meta(Published.Meta):
        db_table = 'published"."edition'
        ordering = ("as_of",)


class UnitGroup(Published):
    """A group of institutions that are ranked together."""

    id = models.TextField(primary_key=True)
    place = models.IntegerField()
    title: Mapping[str, str] = models.JSONField()
    headline = models.BooleanField()

    class Meta(Published.Meta):
        db_table = 'published"."unit_group'
        ordering = ("place",)
