"""Institutions, and the sources where they publish."""

from collections.abc import Mapping

from django.contrib.postgres.fields import ArrayField
from django.db import models

from atalaya.portal.observatory.models.published import Published


class Institution(Published):
    """A body of the register."""

    id = models.TextField(primary_key=True)
    slug = models.TextField()
    name = models.TextField()
    acronym = models.TextField(null=True)
    kind = models.TextField()
    branch = models.TextField(null=True)
    site = models.TextField(null=True)
    groups = ArrayField(models.TextField())
    datasets = models.IntegerField()
    resources = models.IntegerField()
    findings = models.IntegerField()

    class Meta(Published.Meta):
        db_table = 'published"."institution'
        ordering = ("name",)


class Source(Published):
    """One place where institutions publish."""

    id = models.TextField(primary_key=True)
    title: Mapping[str, str] = models.JSONField()
    protocol = models.TextField()
    url = models.TextField()
    institution = models.TextField(null=True)
    state = models.TextField()
    reason = models.TextField(null=True)
    datasets = models.IntegerField(null=True)
    resources = models.IntegerField(null=True)

    class Meta(Published.Meta):
        db_table = 'published"."source'
        ordering = ("id",)
