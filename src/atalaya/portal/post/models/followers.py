"""Who follows what. What somebody follows is nobody's business: these tables have no trail, and a row that goes is gone."""

from django.conf import settings
from django.db import models

MONTHLY, WEEKLY = "monthly", "weekly"
RHYTHMS = {MONTHLY: "once a month", WEEKLY: "once a week"}
"""How often a digest comes → what people read."""


class Follower(models.Model):
    """Somebody who is told of what they follow: an account, or an address alone.

    `seen` is the moment up to which digests have told; `at_once`: alerts do not wait for the digest.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="follower"
    )
    email = models.EmailField(max_length=254, null=True, unique=True)
    language = models.CharField(max_length=8)
    rhythm = models.CharField(max_length=8, default=MONTHLY)
    at_once = models.BooleanField(default=False)
    seen = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=models.Q(rhythm__in=tuple(RHYTHMS)), name="rhythm_is_known"),
            models.CheckConstraint(
                condition=models.Q(account=None) ^ models.Q(email=None), name="an_account_or_an_address"
            ),
        )

    def __str__(self) -> str:
        return f"follower {self.pk}"


class Follow(models.Model):
    """One subject that somebody follows; not `confirmed` yet where only a letter was sent to an address."""

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="follows")
    subject = models.CharField(max_length=200)
    asked = models.DateTimeField()
    confirmed = models.DateTimeField(null=True)

    class Meta:
        ordering = ("subject",)
        constraints = (models.UniqueConstraint(fields=("follower", "subject"), name="followed_once"),)
        indexes = (models.Index(fields=("subject",)),)

    def __str__(self) -> str:
        return f"follow {self.pk}"


class Alerted(models.Model):
    """That somebody was told of an alert at once, so that it does not come again in the digest."""

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="alerted")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("follower", "mark"), name="alerted_once"),)

    def __str__(self) -> str:
        return f"alert to {self.follower_id}"
