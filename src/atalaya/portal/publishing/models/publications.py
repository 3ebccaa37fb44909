"""Datasets that institutions publish here, and their versions."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from atalaya.portal.files.models import StoredFile
from atalaya.portal.publishing.states import DRAFT, STANDING, STATES

LONGEST_TITLE, LONGEST_TEXT, LONGEST_NOTE = 200, 4_000, 1_000
FIXED = (
    "number", "publication_id", "title", "description", "licence", "frequency", "theme", "language", "contact", "duties",
    "original_id", "result_id", "sha256", "published", "changes", "ground",
)  # fmt: skip
"""The columns that a version keeps for ever once it is published."""
_STANDS = "OLD.state IN ('published', 'taken_down')"
_CHANGED = f"{_STANDS} AND ({' OR '.join(f'OLD.{name} IS DISTINCT FROM NEW.{name}' for name in FIXED)})"


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed"),
    pghistory.DeleteEvent("removed"),
    model_name="PublicationEvent",
    append_only=True,
)
class Publication(models.Model):
    """A dataset of an institution on the portal. `institution` is an id of the register, `slug` its name in addresses."""

    institution = models.CharField(max_length=200)
    slug = models.CharField(max_length=100)
    begun = models.DateTimeField()

    class Meta:
        ordering = ("institution", "slug")
        constraints = (models.UniqueConstraint(fields=("institution", "slug"), name="one_dataset_of_a_name"),)

    def __str__(self) -> str:
        return f"publication {self.pk}"


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed"),
    pghistory.DeleteEvent("removed"),
    fields=["id", "state", "number", "choice", "title", "ground", "note", "reason", "sha256"],
    model_name="VersionEvent",
    append_only=True,
)
class Version(models.Model):
    """A version of a dataset, from its upload on. `number` counts published ones from 1.

    `original` is the file that was sent, `repaired` what the portal made of it, where there is something to repair, `result` the
    one of them that is published (`choice`). `report` is what its examination told, in both languages; `personal` lists columns
    that seem to hold personal data, never a value; `ground` is the legal ground for publishing them. `hands` are the numbers of
    the accounts that had a part in it: none of them may review it. `changes` tells what is other than in the version before.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="versions")
    state = models.CharField(max_length=16, default=DRAFT)
    number = models.IntegerField(null=True, blank=True)
    title = models.CharField(max_length=LONGEST_TITLE)
    description = models.TextField(max_length=LONGEST_TEXT, blank=True, default="")
    licence = models.CharField(max_length=20, default="CC-BY-4.0")
    frequency = models.CharField(max_length=20, default="ANNUAL")
    theme = models.CharField(max_length=10, default="GOVE")
    language = models.CharField(max_length=8, default="es")
    contact = models.CharField(max_length=200, blank=True, default="")
    duties = models.JSONField(default=list, blank=True)
    original = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    repaired = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    result = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, blank=True, default="")
    report = models.JSONField(default=dict)
    personal = models.JSONField(default=list)
    ground = models.TextField(max_length=LONGEST_NOTE, blank=True, default="")
    hands = models.JSONField(default=list)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.TextField(max_length=LONGEST_NOTE, blank=True, default="")
    changes = models.JSONField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    begun = models.DateTimeField()
    changed = models.DateTimeField()
    published = models.DateTimeField(null=True, blank=True)
    taken_down = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(max_length=LONGEST_NOTE, blank=True, default="")

    class Meta:
        ordering = ("-changed", "-id")
        indexes = (models.Index(fields=("state", "changed")),)
        constraints = (
            models.UniqueConstraint(fields=("publication", "number"), name="one_version_of_a_number"),
            models.CheckConstraint(condition=Q(state__in=tuple(STATES)), name="version_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=STANDING)
                | (Q(number__gte=1) & Q(published__isnull=False) & ~Q(sha256="") & Q(result__isnull=False)),
                name="published_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=STANDING) | Q(personal=[]) | ~Q(ground=""), name="personal_has_a_ground"
            ),
            models.CheckConstraint(
                condition=~Q(state="taken_down") | (Q(taken_down__isnull=False) & ~Q(reason="")),
                name="taken_down_says_why",
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="published_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(_CHANGED),
            ),
            pgtrigger.Protect(
                name="published_is_never_unpublished",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"{_STANDS} AND NEW.state NOT IN ('published', 'taken_down')"),
            ),
            pgtrigger.Protect(
                name="published_is_never_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition(_STANDS),
            ),
        )

    def __str__(self) -> str:
        return f"version {self.pk}"
