"""How a post can be reached, for as long as its term: unversioned, and then gone."""

import pghistory
from django.db import models
from pgtrigger import AnyChange

LONGEST = 200


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts."""

    def current(self, day: object) -> "ContactQuerySet":
        """Those whose term holds a day: what has ended is not read even where it is still stored."""
        found: ContactQuerySet = self.filter(since__lte=day, until__gte=day)
        return found


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed", condition=AnyChange("email", "telephone", "since", "until")),
    pghistory.DeleteEvent("removed"),
    fields=["id", "institution", "post"],
    model_name="ContactEvent",
    append_only=True,
)
class Contact(models.Model):
    """The e-mail address and telephone of a post of an institution; never the name of a person. The last day is in the term.

    The trail says that the contact of a post came, changed or went, and never what it was: a value that went is nowhere.
    """

    institution = models.CharField(max_length=LONGEST)
    post = models.CharField(max_length=LONGEST)
    email = models.EmailField(max_length=254, blank=True, default="")
    telephone = models.CharField(max_length=40, blank=True, default="")
    since = models.DateField()
    until = models.DateField()

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ("institution", "post")
        constraints = (
            models.UniqueConstraint(fields=("institution", "post"), name="one_contact_of_a_post"),
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="term_of_a_contact"),
            models.CheckConstraint(
                condition=~models.Q(email="") | ~models.Q(telephone=""), name="a_contact_says_something"
            ),
        )

    def __str__(self) -> str:
        return f"contact {self.pk}"
