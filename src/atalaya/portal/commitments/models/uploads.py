"""Plans that somebody uploaded and has not taken in yet."""

from django.conf import settings
from django.db import models


class Upload(models.Model):
    """The tables of an edited plan between the look at what they would change and the taking in. `mark` is what the plan said
    then: what others changed since is noticed. It is deleted when it is taken in, and after a day (`services.uploads.KEPT`)."""

    plan = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    tables = models.JSONField()
    mark = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("made", "id")

    def __str__(self) -> str:
        return f"upload {self.pk} of plan {self.plan}"
