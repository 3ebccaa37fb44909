"""allauth's forms in the words of this portal: labels, and what a password must be; no grey examples, no links in between."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as keys
from django.utils.translation import get_language

from atalaya.portal.accounts.letters import DOMAIN
from atalaya.translations import translate

LABELS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "password": "Password",
    "oldpassword": "Current password",
    "password1": "New password",
    "password2": "The same password once more",
    "code": "Code",
    "name": "Name of the key",
}
"""Name of a field → its label."""

GOOD_ONES = (
    "At least 12 characters: a few words that only you would put together. "
    "No password that many people use, and not only digits."
)
"""What `signing_in.AUTH_PASSWORD_VALIDATORS` ask for."""


class _Worded:
    """Gives the fields of a form their words."""

    fields: dict[str, Any]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        language = (get_language() or "es")[:2]
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = translate(GOOD_ONES, language, DOMAIN) if name == "password1" else ""
            if name in LABELS:
                field.label = translate(LABELS[name], language, DOMAIN)


class Login(_Worded, account.LoginForm):
    """Signing in."""


class Signup(_Worded, account.SignupForm):
    """Making an account."""


class Address(_Worded, account.AddEmailForm):
    """Another e-mail address."""


class Change(_Worded, account.ChangePasswordForm):
    """Another password."""


class First(_Worded, account.SetPasswordForm):
    """A first password."""


class Forgotten(_Worded, account.ResetPasswordForm):
    """A link for a new password."""


class Anew(_Worded, account.ResetPasswordKeyForm):
    """A new password, along that link."""


class Again(_Worded, account.ReauthenticateForm):
    """Who it is, once more."""


class Code(_Worded, second_step.AuthenticateForm):
    """A code of the second step."""


class CodeAgain(_Worded, second_step.ReauthenticateForm):
    """A code, once more."""


class App(_Worded, app.ActivateTOTPForm):
    """A first code from an app."""


class Key(_Worded, keys.AddWebAuthnForm):
    """A key and its name."""


class Rename(_Worded, keys.EditWebAuthnForm):
    """Another name of a key."""
