"""Certificates of what an institution mended since an edition."""

import pghistory
from django.db import models


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed"),
    pghistory.DeleteEvent("removed"),
    model_name="CertificateEvent",
    append_only=True,
)
class Certificate(models.Model):
    """What was seen mended, as it was on a day. `document` is the text whose hash is `sha256`, byte by byte."""

    number = models.CharField(max_length=16, unique=True)
    institution = models.CharField(max_length=200)
    observation = models.CharField(max_length=100)
    made = models.DateTimeField()
    document = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("-made",)

    def __str__(self) -> str:
        return f"certificate {self.number}"
