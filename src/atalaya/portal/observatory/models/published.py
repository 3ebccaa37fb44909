"""What every table of the read model has."""

from django.db import connection, models


class Published(models.Model):
    """A table of the schema `published`."""

    class Meta:
        abstract = True
        managed = False

    @classmethod
    def is_there(cls) -> bool:
        """Whether anything has been published: the schema is made by the first load."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", (cls._meta.db_table.replace('"', ""),))
            row = cursor.fetchone()
        return bool(row and row[0])
