"""What happened to what people follow."""

from django.db import models


class Event(models.Model):
    """One thing that happened to a subject, on a day. `mark` is the same for all subjects that it happened to:
    told twice, it is there once. `values` are what its sentence in `events.EVENTS` needs; nothing of them is about people."""

    subject = models.CharField(max_length=200)
    name = models.CharField(max_length=40)
    mark = models.CharField(max_length=64)
    values = models.JSONField()
    on = models.DateField()
    told = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("on", "id")
        constraints = (models.UniqueConstraint(fields=("subject", "mark"), name="told_once"),)

    def __str__(self) -> str:
        return f"{self.name} of {self.subject}"


class EditionTold(models.Model):
    """That an edition was compared with the one before, and its events are written."""

    manifest_sha256 = models.CharField(max_length=64, primary_key=True)
    told = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.manifest_sha256)
