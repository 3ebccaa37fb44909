"""Datasets, their themes and resources, and what became of them."""

from collections.abc import Mapping

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from atalaya.portal.observatory.models.published import Published


class Dataset(Published):
    """A dataset that counts."""

    id = models.TextField(primary_key=True)
    source = models.TextField()
    institution = models.TextField(null=True)
    publisher = models.TextField(null=True)
    title = models.TextField()
    titles: Mapping[str, str] = models.JSONField()
    description = models.TextField()
    descriptions: Mapping[str, str] = models.JSONField()
    keywords = ArrayField(models.TextField())
    themes = ArrayField(models.TextField())
    licence = models.TextField(null=True)
    frequency = models.TextField(null=True)
    issued = models.TextField(null=True)
    modified = models.TextField(null=True)
    landing_page = models.TextField(null=True)
    native_id = models.TextField(null=True)
    state = models.TextField()
    first_seen = models.DateField(null=True)
    last_seen = models.DateField(null=True)
    resources = models.IntegerField()
    findings = models.IntegerField()
    formats = ArrayField(models.TextField())
    words = SearchVectorField()
    name = models.TextField()
    groups = ArrayField(models.TextField())
    licence_id = models.TextField(null=True)
    licence_title = models.TextField(null=True)
    licence_url = models.TextField(null=True)
    publisher_uri = models.TextField(null=True)
    changed = models.DateField()

    class Meta(Published.Meta):
        db_table = 'published"."dataset'
        ordering = ("title", "id")


class Facet(Published):
    """How many datasets there are at all with one value: `name` is institution, format or keyword."""

    pk = models.CompositePrimaryKey("name", "value")
    name = models.TextField()
    value = models.TextField()
    datasets = models.IntegerField()

    class Meta(Published.Meta):
        db_table = 'published"."facet'
        ordering = ("name", "-datasets", "value")


class Theme(Published):
    """A theme under which datasets stand."""

    name = models.TextField(primary_key=True)
    title = models.TextField()
    datasets = models.IntegerField()

    class Meta(Published.Meta):
        db_table = 'published"."theme'
        ordering = ("name",)


class Resource(Published):
    """A distribution of a dataset that counts."""

    id = models.TextField(primary_key=True)
    dataset = models.TextField()
    place = models.IntegerField()
    title = models.TextField()
    url = models.TextField(null=True)
    declared_format = models.TextField(null=True)
    true_format = models.TextField(null=True)
    encoding = models.TextField(null=True)
    media_type = models.TextField(null=True)
    size = models.BigIntegerField(null=True)
    status = models.IntegerField(null=True)
    failure = models.TextField(null=True)
    sha256 = models.TextField(null=True)
    kept = models.TextField(null=True)
    first_seen = models.DateField(null=True)
    last_good = models.DateField(null=True)
    changed = models.DateField(null=True)
    tables: list[dict[str, object]] = models.JSONField()
    defects: list[dict[str, object]] = models.JSONField()
    download_url = models.TextField(null=True)
    access_url = models.TextField(null=True)
    declared_media_type = models.TextField(null=True)
    declared_size = models.BigIntegerField(null=True)
    licence = models.TextField(null=True)
    issued = models.TextField(null=True)
    modified = models.TextField(null=True)

    class Meta(Published.Meta):
        db_table = 'published"."resource'
        ordering = ("dataset", "place")


class Change(Published):
    """What became of a dataset since the observation before."""

    place = models.IntegerField(primary_key=True)
    change = models.TextField()
    subject = models.TextField()
    title = models.TextField()
    institution = models.TextField(null=True)

    class Meta(Published.Meta):
        db_table = 'published"."change'
        ordering = ("place",)
