"""Indices that others publish of the country, beside the national figures and never mixed into them."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from atalaya.portal.observatory.models.published import Published


class International(Published):
    """An index that somebody else publishes; `elements` are its figures of one edition by category and element, if known."""

    id = models.TextField(primary_key=True)
    place = models.IntegerField()
    title: Mapping[str, str] = models.JSONField()
    publisher = models.TextField()
    measures: Mapping[str, str] = models.JSONField()
    differs: Mapping[str, str] = models.JSONField()
    methodology = models.TextField(null=True)
    licence = models.TextField()
    least = models.FloatField()
    most = models.FloatField()
    sources: list[str] = models.JSONField()
    elements: Mapping[str, Any] | None = models.JSONField(null=True)

    class Meta(Published.Meta):
        db_table = 'published"."international'
        ordering = ("place",)


class InternationalValue(Published):
    """What an index says of the country in one edition."""

    pk = models.CompositePrimaryKey("index", "edition")
    index = models.TextField()
    edition = models.TextField()
    place = models.IntegerField()
    value = models.FloatField(null=True)
    rank = models.IntegerField(null=True)
    among = models.IntegerField(null=True)
    parts: Mapping[str, float] = models.JSONField()
    source = models.TextField()
    note: Mapping[str, str] = models.JSONField()

    class Meta(Published.Meta):
        db_table = 'published"."international_value'
        ordering = ("index", "place")
