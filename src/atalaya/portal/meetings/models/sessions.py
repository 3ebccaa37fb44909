"""Sessions: called with an agenda, held with who was there and what was reported, or cancelled with a reason."""

import pghistory
from django.db import models

from atalaya.commitments.bodies import ATTENDANCES
from atalaya.portal.meetings.models.bodies import LONGEST, Body, Member, trail
from atalaya.portal.meetings.states import SESSION_STATES


@pghistory.track(*trail(), model_name="SessionEvent", append_only=True)
class Session(models.Model):
    """A session. `sequence` counts the changes of its call, as calendar programs want to know (RFC 5545, 3.8.7.4); `next_session`
    is a day, month or stretch as it was announced."""

    identifier = models.SlugField(max_length=100, primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="sessions")
    on = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    title = models.CharField(max_length=300, blank=True, default="")
    place = models.CharField(max_length=300, blank=True, default="")
    link = models.URLField(max_length=2000, blank=True, default="")
    plan = models.PositiveIntegerField(null=True, blank=True)
    convened_by = models.CharField(max_length=LONGEST, blank=True, default="")
    state = models.CharField(max_length=12, default="called")
    cancelled_why = models.TextField(blank=True, default="")
    sequence = models.PositiveIntegerField(default=0)
    next_session = models.CharField(max_length=25, blank=True, default="")
    sources = models.JSONField(default=list, blank=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("on", "identifier")
        indexes = (models.Index(fields=("plan", "on")),)
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=tuple(SESSION_STATES)), name="session_state_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state="cancelled") | ~models.Q(cancelled_why=""), name="cancelled_with_a_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(starts__isnull=False, ends__gt=models.F("starts")),
                name="session_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"session {self.identifier}"


@pghistory.track(*trail(), model_name="AgendaItemEvent", append_only=True)
class AgendaItem(models.Model):
    """A point of an agenda, about a commitment or one of its milestones where it names them."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    commitment = models.PositiveIntegerField(null=True, blank=True)
    milestone = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        ordering = ("session", "position")
        constraints = (models.UniqueConstraint(fields=("session", "position"), name="one_point_at_a_position"),)

    def __str__(self) -> str:
        return f"point {self.position} of {self.session_id}"


@pghistory.track(*trail(), model_name="AttendanceEvent", append_only=True)
class Attendance(models.Model):
    """Whether a member was there."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendance")
    state = models.CharField(max_length=10)

    class Meta:
        ordering = ("session", "member")
        constraints = (
            models.UniqueConstraint(fields=("session", "member"), name="once_in_a_session"),
            models.CheckConstraint(condition=models.Q(state__in=ATTENDANCES), name="attendance_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.member_id} at {self.session_id}"


@pghistory.track(*trail(), model_name="ReportEvent", append_only=True)
class Report(models.Model):
    """What an institution told a session about one milestone; without a milestone: about the whole commitment."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="reports")
    institution = models.CharField(max_length=LONGEST)
    commitment = models.PositiveIntegerField()
    milestone = models.CharField(max_length=20, blank=True, default="")
    said = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("session", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("session", "institution", "commitment", "milestone"), name="one_report_of_a_milestone"
            ),
        )

    def __str__(self) -> str:
        return f"report of {self.institution} at {self.session_id}"
