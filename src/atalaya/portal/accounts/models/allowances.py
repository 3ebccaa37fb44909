"""What is counted of those who send something."""

from django.db import models


class Held(models.Model):
    """Until when the allowance of a client or an account is used up; `name` tells nobody which it is."""

    name = models.CharField(max_length=64, primary_key=True)
    used_until = models.DateTimeField()

    class Meta:
        db_table = "accounts_allowance"
