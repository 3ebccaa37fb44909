"""Files that were taken, and the sizes in which pictures of them are shown. Their bytes lie in a folder (`keeping`)."""

import pghistory
from django.conf import settings
from django.db import models

from atalaya.portal.files.purposes import PURPOSES

LONGEST = 500
"""Characters of what is said of a picture, and of why a file was withdrawn."""


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed"),
    pghistory.DeleteEvent("removed"),
    model_name="StoredFileEvent",
    append_only=True,
)
class StoredFile(models.Model):
    """A file that somebody sent. `key` is its name in addresses: nobody can guess it.

    `kind` is what its bytes are, an id of `catalogue.vocabularies.formats`; `size` is in bytes. Of a picture only what was drawn
    anew is kept, and `sha256` and `size` are those of its large size; `alternative` and `credit` say what it shows and whose it
    is. `institution` is the one that it was sent for, whose people may read it. `published`: since when everybody may;
    `withdrawn`: since when nobody may, and why.
    """

    key = models.CharField(max_length=32, unique=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    media_type = models.CharField(max_length=120)
    name = models.CharField(max_length=130)
    purpose = models.CharField(max_length=20)
    institution = models.CharField(max_length=200, blank=True, default="")
    alternative = models.CharField(max_length=LONGEST, blank=True, default="")
    credit = models.CharField(max_length=LONGEST, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="files_sent")
    taken = models.DateTimeField()
    published = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=LONGEST, blank=True, default="")

    class Meta:
        ordering = ("-taken", "-id")
        indexes = (models.Index(fields=("by", "taken")),)
        constraints = (
            models.CheckConstraint(condition=models.Q(purpose__in=tuple(PURPOSES)), name="purpose_is_known"),
            models.CheckConstraint(
                condition=~models.Q(purpose="picture") | (~models.Q(alternative="") & ~models.Q(credit="")),
                name="pictures_say_what_and_whose",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn=None) | ~models.Q(reason=""), name="withdrawn_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"file {self.pk}"


class Rendition(models.Model):
    """One size of a picture; `width` and `height` in pixels."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="renditions")
    size_name = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    width = models.IntegerField()
    height = models.IntegerField()

    class Meta:
        ordering = ("file_id", "-width", "size_name")
        constraints = (models.UniqueConstraint(fields=("file", "size_name"), name="one_of_each_size"),)

    def __str__(self) -> str:
        return f"{self.size_name} of file {self.file_id}"
