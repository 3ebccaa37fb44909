"""What was published once and is there no more, or is there again."""

from collections.abc import Mapping

from django.db import models

from atalaya.portal.observatory.models.published import Published


class Vanished(Published):
    """A dataset or resource that was lost, moved or returned; `alone`: it is not told with its dataset."""

    id = models.TextField(primary_key=True)
    level = models.TextField()
    state = models.TextField()
    title = models.TextField()
    dataset = models.TextField()
    dataset_title = models.TextField()
    alone = models.BooleanField()
    institution = models.TextField(null=True)
    source = models.TextField()
    url = models.TextField(null=True)
    last_seen = models.DateField()
    since = models.DateField(null=True)
    back = models.DateField(null=True)
    reason = models.TextField()
    facts: Mapping[str, object] = models.JSONField()
    successor = models.TextField(null=True)
    copy_day = models.DateField(null=True)
    copy_sha256 = models.TextField(null=True)
    copy_size = models.BigIntegerField(null=True)
    copy_kept = models.TextField(null=True)
    copy_public = models.BooleanField(null=True)
    copy_media_type = models.TextField(null=True)

    class Meta(Published.Meta):
        db_table = 'published"."vanished'
        ordering = ("id",)
