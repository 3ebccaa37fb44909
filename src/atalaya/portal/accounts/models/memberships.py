"""What a person is in the portal, of which institution or organisation, and from when to when."""

import pghistory
from django.conf import settings
from django.db import models

LONGEST = 200
"""Characters of an id of an institution, or of the name of an organisation."""


class Role(models.TextChoices):
    """The roles above the public. Everybody else, with or without an account, is the public."""

    FOCAL_POINT = "focal_point"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"
    ORGANISATION = "organisation"


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed"),
    pghistory.DeleteEvent("removed"),
    model_name="MembershipEvent",
    append_only=True,
)
class Membership(models.Model):
    """A role with its term. `institution` is an id of the register, which lives in the read model and is no key here.

    A focal point has an institution, a civil-society organisation its name, analysts and administrators have neither.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    institution = models.CharField(max_length=LONGEST, blank=True, default="")
    organisation = models.CharField(max_length=LONGEST, blank=True, default="")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="memberships_granted"
    )

    class Meta:
        ordering = ("user_id", "role", "institution", "organisation", "since")
        constraints = (
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_is_known"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="term_is_a_term"
            ),
            models.CheckConstraint(
                condition=(models.Q(role="focal_point") & ~models.Q(institution=""))
                | (~models.Q(role="focal_point") & models.Q(institution="")),
                name="focal_points_have_an_institution",
            ),
            models.CheckConstraint(
                condition=(models.Q(role="organisation") & ~models.Q(organisation=""))
                | (~models.Q(role="organisation") & models.Q(organisation="")),
                name="organisations_have_a_name",
            ),
            models.UniqueConstraint(
                fields=("user", "role", "institution", "organisation"),
                condition=models.Q(until=None),
                name="one_open_term",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} of {self.user_id}"
