"""What each voice said of a milestone on a day, and what it rests on."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from atalaya.commitments.readings import VOICES
from atalaya.portal.commitments.models.plans import Commitment, trail


@pghistory.track(*trail(), model_name="ReadingEvent", append_only=True)
class Reading(models.Model):
    """A dated statement about a milestone by one voice. A withdrawn one stays, with the day and the reason."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="readings")
    milestone = models.CharField(max_length=20)
    """Its number within the commitment."""
    voice = models.CharField(max_length=20)
    institution = models.CharField(max_length=200, blank=True, default="")
    level = models.CharField(max_length=40)
    on = models.DateField()
    as_of = models.DateField(null=True, blank=True)
    share = models.FloatField(null=True, blank=True)
    note = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField(auto_now_add=True)
    withdrawn = models.DateField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("commitment", "milestone", "on", "id")
        indexes = (
            models.Index(fields=("commitment", "milestone", "on")),
            models.Index(
                models.F("commitment"),
                models.F("milestone"),
                models.F("voice"),
                Coalesce("as_of", "on").desc(),
                models.F("on").desc(),
                models.F("id").desc(),
                name="newest_readings",
            ),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(voice__in=VOICES), name="voice_is_known"),
            models.CheckConstraint(
                condition=models.Q(share=None) | models.Q(share__gte=0, share__lte=1), name="share_from_none_to_all"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn=None) | ~models.Q(withdrawn_why=""), name="withdrawn_with_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"reading {self.pk} of milestone {self.milestone}"


@pghistory.track(*trail(), model_name="EvidenceEvent", append_only=True)
class Evidence(models.Model):
    """A document that a reading rests on: its address, and its bytes by hash where they were kept."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="evidence")
    url = models.URLField(max_length=2000)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    issuer = models.CharField(max_length=300, blank=True, default="")
    title = models.CharField(max_length=300, blank=True, default="")
    dated = models.DateField(null=True, blank=True)
    licence = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ("reading", "id")
        indexes = (models.Index(fields=("url",), name="evidence_by_url"),)

    def __str__(self) -> str:
        return f"evidence {self.pk} of reading {self.reading_id}"
