"""People who sign in: known by an e-mail address and nothing else."""

from typing import Any, ClassVar

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from pgtrigger import AnyChange


class Users(BaseUserManager):
    """The people."""

    def create_user(self, email: str, password: str | None = None) -> Any:
        """Make an account; without a password nobody can sign in until one was set by e-mail.

        Raises ValueError where the address is none.
        """
        if not email or "@" not in email:
            raise ValueError(f"{email!r} is no e-mail address; write name@host")
        user = self.model(email=email.strip().lower())
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str) -> Any:
        """The person of an address, however its letters are written."""
        return self.get(email=username.strip().lower())


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("signed_in", condition=AnyChange("last_login")),
    pghistory.UpdateEvent("password_changed", condition=AnyChange("password")),
    pghistory.UpdateEvent("address_changed", condition=AnyChange("email")),
    pghistory.UpdateEvent("changed", condition=AnyChange("is_active", "joined")),
    pghistory.DeleteEvent("removed"),
    fields=["id", "is_active"],
    model_name="UserEvent",
    append_only=True,
)
class User(AbstractBaseUser):
    """A person with an account. No name is asked for: pages and trails speak of the post or of the number of the account."""

    email = models.EmailField(unique=True, max_length=254)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(auto_now_add=True)

    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_in_small_letters"),)

    def __str__(self) -> str:
        return f"account {self.pk}"
