"""What the search over everything looks in."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from atalaya.portal.observatory.models.published import Published


class Entry(Published):
    """One thing that can be found; `place` is lower for what is more important, `name` is the part of its page's address."""

    place = models.IntegerField(primary_key=True)
    kind = models.TextField()
    id = models.TextField()
    name = models.TextField()
    title = models.TextField()
    title_en = models.TextField(null=True)
    institution = models.TextField(null=True)
    formats = ArrayField(models.TextField())
    words = SearchVectorField()

    class Meta(Published.Meta):
        db_table = 'published"."entry'
        ordering = ("place",)


class Word(Published):
    """A word that entries have, as it is compared in both languages, with the keys of what is near it."""

    word = models.TextField(primary_key=True)
    stem = models.TextField()
    stem_en = models.TextField()
    entries = models.IntegerField()
    near = ArrayField(models.TextField())

    class Meta(Published.Meta):
        db_table = 'published"."word'
        ordering = ("word",)
