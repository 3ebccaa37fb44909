"""Bodies, and who sits in them from when to when: institutions and organisations, by the post that represents them."""

import pghistory
from django.db import models

from atalaya.commitments.bodies import ENDS, KINDS, QUORUM_RULES, SEATS, SECTORS

LONGEST = 200
"""Characters of a name."""


def trail() -> tuple[pghistory.RowEvent, ...]:
    """What is written down of a row: that it came, changed and went, each with what it then said."""
    return (pghistory.InsertEvent("added"), pghistory.UpdateEvent("changed"), pghistory.DeleteEvent("removed"))


@pghistory.track(*trail(), model_name="BodyEvent", append_only=True)
class Body(models.Model):
    """A body. A name that nobody gave is empty. Its secretariat is an institution of the register, an organisation, or neither:
    whoever speaks for it in the portal runs the sessions."""

    identifier = models.SlugField(max_length=100, primary_key=True)
    name = models.CharField(max_length=LONGEST, blank=True, default="")
    kind = models.CharField(max_length=30, default="other")
    purpose = models.TextField(blank=True, default="")
    legal_basis = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")
    plan = models.PositiveIntegerField(null=True, blank=True)
    meets_every_months = models.PositiveSmallIntegerField(null=True, blank=True)
    quorum = models.CharField(max_length=20, blank=True, default="")
    quorum_count = models.PositiveSmallIntegerField(null=True, blank=True)
    rules_url = models.URLField(max_length=2000, blank=True, default="")
    secretariat_institution = models.CharField(max_length=LONGEST, blank=True, default="")
    secretariat_organisation = models.CharField(max_length=LONGEST, blank=True, default="")
    sources = models.JSONField(default=list, blank=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("name", "identifier")
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="kind_of_body_is_known"),
            models.CheckConstraint(condition=models.Q(quorum__in=QUORUM_RULES), name="quorum_rule_is_known"),
            models.CheckConstraint(
                condition=~models.Q(quorum="count") | models.Q(quorum_count__gte=1), name="quorum_by_number_has_one"
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.identifier)


@pghistory.track(*trail(), model_name="MemberEvent", append_only=True)
class Member(models.Model):
    """A seat of an institution or organisation with its term; the last day is in it. A first day that nobody stated is none."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(max_length=LONGEST)
    sector = models.CharField(max_length=20)
    seat = models.CharField(max_length=10, default="member")
    post = models.CharField(max_length=LONGEST, blank=True, default="")
    institution = models.CharField(max_length=LONGEST, blank=True, default="")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    ended = models.CharField(max_length=20, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    source = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ("sector", "name", "since", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(sector__in=SECTORS), name="sector_is_known"),
            models.CheckConstraint(condition=models.Q(seat__in=SEATS), name="seat_is_known"),
            models.CheckConstraint(condition=models.Q(ended__in=("", *ENDS)), name="end_of_a_term_is_known"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(since=None) | models.Q(until__gte=models.F("since")),
                name="seat_has_a_term",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None, ended="") | (models.Q(until__isnull=False) & ~models.Q(ended="")),
                name="ended_on_a_day_and_somehow",
            ),
            models.UniqueConstraint(
                fields=("body", "name"), condition=models.Q(until=None), name="one_open_seat_in_a_body"
            ),
        )

    def __str__(self) -> str:
        return str(self.name)
