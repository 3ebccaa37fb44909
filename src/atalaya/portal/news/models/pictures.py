"""Photographs of communiqués: files that were sent, drawn anew, with what they show and whose they are."""

import pghistory
from django.db import models

from atalaya.portal.files.models import Rendition, StoredFile
from atalaya.portal.news.models.communiques import Communique, trail


@pghistory.track(*trail(), model_name="PictureEvent", append_only=True)
class Picture(models.Model):
    """A photograph of a communiqué, in the order in which they were added."""

    communique = models.ForeignKey(Communique, on_delete=models.CASCADE, related_name="pictures")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("communique", "id")

    def __str__(self) -> str:
        return f"picture {self.pk} of {self.communique_id}"

    def size(self, name: str) -> Rendition | None:
        """One of its sizes: `small` or `large`; None where it has none of that name."""
        found: Rendition | None = self.file.renditions.filter(size_name=name).first()
        return found
