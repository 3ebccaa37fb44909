"""The tables of the read model as Django sees them. They are made by `publish.read_model`, never by a migration."""

from collections.abc import Mapping

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models


class Published(models.Model):
    """A table of the schema `published`."""

    class Meta:
        abstract = True
        managed = False

    @classmethod
    def is_there(cls) -> bool:
        """Whether anything has been published: the schema is made by the first load."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", (cls._meta.db_table.replace('"', ""),))
            row = cursor.fetchone()
        return bool(row and row[0])


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


class Score(Published):
    """One node of one unit in one observation."""

    pk = models.CompositePrimaryKey("observation", "methodology", "unit", "node")
    observation = models.TextField()
    methodology = models.TextField()
    unit = models.TextField()
    node = models.TextField()
    kind = models.TextField()
    place = models.IntegerField()
    level = models.IntegerField()
    parent = models.TextField(null=True)
    title: Mapping[str, str] = models.JSONField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    coverage = models.FloatField(null=True)
    ranked = models.BooleanField(null=True)
    rank = models.IntegerField(null=True)
    rank_low = models.IntegerField(null=True)
    rank_high = models.IntegerField(null=True)
    weight = models.FloatField(null=True)
    detail: Mapping[str, object] = models.JSONField()

    class Meta(Published.Meta):
        db_table = 'published"."score'
        ordering = ("unit", "place")

    @property
    def open(self) -> bool:
        """Whether what is unknown could move the figure by a visible amount."""
        return self.low is not None and self.high is not None and self.high - self.low >= 0.05


class Gain(Published):
    """What mending one indicator would add to one institution."""

    pk = models.CompositePrimaryKey("unit", "place")
    unit = models.TextField()
    place = models.IntegerField()
    indicator = models.TextField()
    title: Mapping[str, str] = models.JSONField()
    check_id = models.TextField(null=True)
    points = models.FloatField()
    failing = models.IntegerField()

    class Meta(Published.Meta):
        db_table = 'published"."gain'
        ordering = ("unit", "place")


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


class Finding(Published):
    """A failing outcome, addressed to an institution."""

    id = models.TextField(primary_key=True)
    check_id = models.TextField()
    check_version = models.IntegerField()
    level = models.TextField()
    subject = models.TextField()
    institution = models.TextField(null=True)
    source = models.TextField(null=True)
    dataset = models.TextField(null=True)
    resource = models.TextField(null=True)
    table_name = models.TextField(null=True)
    reason = models.TextField()
    passed = models.IntegerField(null=True)
    applied = models.IntegerField(null=True)
    evidence: Mapping[str, object] = models.JSONField()
    since = models.DateField()

    class Meta(Published.Meta):
        db_table = 'published"."finding'
        ordering = ("check_id", "id")

    def as_row(self) -> dict[str, object]:
        """The finding as the sentences of checks read it."""
        return {
            "check_id": self.check_id,
            "check_version": self.check_version,
            "verdict": "fail",
            "reason": self.reason,
            "evidence": self.evidence,
        }


class Rule(Published):
    """A check with its texts, as it was in the newest observation."""

    pk = models.CompositePrimaryKey("id", "version")
    id = models.TextField()
    version = models.IntegerField()
    kind = models.TextField()
    level = models.TextField(null=True)
    dimension = models.TextField(null=True)
    effort = models.TextField(null=True)
    apart = models.BooleanField()
    title: Mapping[str, str] = models.JSONField()
    body: Mapping[str, str] = models.JSONField()
    remedy: Mapping[str, str] = models.JSONField()
    failing = models.IntegerField()

    class Meta(Published.Meta):
        db_table = 'published"."rule'
        ordering = ("level", "id")


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


class Duty(Published):
    """A legal duty to publish: article and numeral of a law."""

    id = models.TextField(primary_key=True)
    place = models.IntegerField()
    law = models.TextField()
    law_title: Mapping[str, str] = models.JSONField()
    law_reference = models.TextField(null=True)
    article = models.TextField()
    numeral = models.TextField()
    name: Mapping[str, str] = models.JSONField()
    paraphrase: Mapping[str, str] = models.JSONField()
    obliged: list[Mapping[str, str]] = models.JSONField()
    term: Mapping[str, str] = models.JSONField()

    class Meta(Published.Meta):
        db_table = 'published"."duty'
        ordering = ("place",)


class DutyVerdict(Published):
    """How an institution stands with a duty, as a whole (`period` empty) or in one period of its series."""

    pk = models.CompositePrimaryKey("institution", "duty", "period")
    institution = models.TextField()
    duty = models.TextField()
    period = models.TextField()
    standing = models.TextField()
    reason = models.TextField()
    days_late = models.IntegerField(null=True)
    due = models.DateField(null=True)
    clicks = models.IntegerField(null=True)
    justification = models.TextField()
    gaps: list[str] = models.JSONField()
    evidence: list[dict[str, object]] = models.JSONField()

    class Meta(Published.Meta):
        db_table = 'published"."verdict'
        ordering = ("institution", "duty", "-period")
