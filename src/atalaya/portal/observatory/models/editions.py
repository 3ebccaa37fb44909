"""Published observations and the groups of institutions that are ranked together."""

from collections.abc import Mapping

from django.db import ProgrammingError, models

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

    @classmethod
    def shown(cls) -> "Edition | None":
        """The edition that pages show; None before the first one is published."""
        try:
            found: Edition | None = cls.objects.filter(newest=True).order_by().first()
        except ProgrammingError:  # the schema is made by the first load
            return None
        return found


class UnitGroup(Published):
    """A group of institutions that are ranked together."""

    id = models.TextField(primary_key=True)
    place = models.IntegerField()
    title: Mapping[str, str] = models.JSONField()
    headline = models.BooleanField()

    class Meta(Published.Meta):
        db_table = 'published"."unit_group'
        ordering = ("place",)
