"""The map of equal tiles."""

from django.db import models

from atalaya.portal.observatory.models.published import Published


class Tile(Published):
    """A large division with its place on the map, and the mean figure of the bodies that lie in it."""

    code = models.TextField(primary_key=True)
    name = models.TextField()
    grid_row = models.IntegerField()
    grid_column = models.IntegerField()
    bodies = models.IntegerField()
    measured = models.IntegerField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)

    class Meta(Published.Meta):
        db_table = 'published"."tile'
        ordering = ("code",)
