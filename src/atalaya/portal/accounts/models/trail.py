"""The trail of what is changed in tables of allauth: no address, no secret, only that something changed and of whom."""

import pghistory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from pgtrigger import AnyChange


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed", condition=AnyChange("email", "verified", "primary")),
    pghistory.DeleteEvent("removed"),
    fields=["id", "user", "verified", "primary"],
    model_name="AddressEvent",
    append_only=True,
)
class Address(EmailAddress):
    """An e-mail address of an account, as allauth keeps it."""

    class Meta:
        proxy = True


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("used", condition=AnyChange("last_used_at")),
    pghistory.UpdateEvent("changed", condition=AnyChange("type", "data")),
    pghistory.DeleteEvent("removed"),
    fields=["id", "user", "type"],
    model_name="SecondStepEvent",
    append_only=True,
)
class SecondStep(Authenticator):
    """A second step of an account, as allauth keeps it."""

    class Meta:
        proxy = True
