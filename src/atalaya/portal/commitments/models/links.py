"""Whether the documents that readings rest on are still there, as the observatory found when it asked their addresses."""

from django.db import models


class EvidenceLink(models.Model):
    """One address of evidence. `state` is `there`, `gone` (404 or 410 at two looks an hour or more apart), `doubtful` (the first
    of them), or `unknown` (refused, unreachable, forbidden to machines); `sha256` is the newest copy in the archive."""

    url = models.URLField(max_length=2000, primary_key=True)
    asked = models.DateTimeField()
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=300, blank=True, default="")
    seen = models.DateTimeField(null=True, blank=True)
    """When it was there last."""
    missed = models.DateTimeField(null=True, blank=True)
    """When it was first not there, since it was there last."""
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField(null=True, blank=True)
    copied = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("url",)

    def __str__(self) -> str:
        return f"{self.state}: {self.url}"
