"""Thematic observatories: what each wants, what there is of it, and how it stands by its own criteria."""

from collections.abc import Mapping

from django.contrib.postgres.fields import ArrayField
from django.db import models

from atalaya.portal.observatory.models.published import Published


class Topic(Published):
    """A thematic observatory with how many of its criteria are met, not met and open."""

    id = models.TextField(primary_key=True)
    place = models.IntegerField()
    title: Mapping[str, str] = models.JSONField()
    question: Mapping[str, str] = models.JSONField()
    basis: list[Mapping[str, str]] = models.JSONField()
    sources: list[str] = models.JSONField()
    met = models.IntegerField()
    unmet = models.IntegerField()
    open = models.IntegerField()
    found = models.IntegerField()
    wanted = models.IntegerField()

    class Meta(Published.Meta):
        db_table = 'published"."topic'
        ordering = ("place",)


class TopicWanted(Published):
    """Data that a topic needs: `state` is `found`, `missing` or `unknown`."""

    pk = models.CompositePrimaryKey("topic", "id")
    topic = models.TextField()
    id = models.TextField()
    place = models.IntegerField()
    title: Mapping[str, str] = models.JSONField()
    institutions = ArrayField(models.TextField())
    columns: list[list[str]] = models.JSONField()
    words: list[list[str]] = models.JSONField()
    every = models.TextField(null=True)
    note: Mapping[str, str] = models.JSONField()
    state = models.TextField()

    class Meta(Published.Meta):
        db_table = 'published"."topic_wanted'
        ordering = ("topic", "place")


class TopicMatch(Published):
    """A dataset that is, or may be, what a topic wants, with why."""

    pk = models.CompositePrimaryKey("topic", "wanted", "dataset")
    topic = models.TextField()
    wanted = models.TextField()
    place = models.IntegerField()
    dataset = models.TextField()
    score = models.FloatField()
    sure = models.BooleanField()
    said: list[list[str]] = models.JSONField()
    columns: list[str | None] = models.JSONField()
    owner = models.BooleanField(null=True)

    class Meta(Published.Meta):
        db_table = 'published"."topic_match'
        ordering = ("topic", "wanted", "place")


class TopicCriterion(Published):
    """What must be true for a topic to be observed, and whether it is; `items` are the cases that it rests on."""

    pk = models.CompositePrimaryKey("topic", "id")
    topic = models.TextField()
    id = models.TextField()
    place = models.IntegerField()
    kind = models.TextField()
    title: Mapping[str, str] = models.JSONField()
    share = models.FloatField()
    verdict = models.TextField()
    items: list[Mapping[str, str | None]] = models.JSONField()

    class Meta(Published.Meta):
        db_table = 'published"."topic_criterion'
        ordering = ("topic", "place")
