"""The forms of following: an address, with what only programs fill in, and how somebody wants to be told."""

from typing import Any

from django import forms
from django.core import signing

from atalaya.portal.post.models.followers import RHYTHMS
from atalaya.publish.words import Words

SALT = "atalaya.post.form"
SOONEST, LATEST = 2, 86_400
"""Seconds between showing the form and sending it: fewer than a person needs, more than a page stays open."""


class AddressForm(forms.Form):
    """An address alone, for those who have no account."""

    email = forms.EmailField(max_length=254)
    website = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, say: Words, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._say = say
        self.fields["email"].label = str(say.t("Your e-mail address"))
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["email"].help_text = str(
            say.t("It is used for these letters and nothing else, never shown, and deleted when you leave.")
        )
        self.fields["website"].label = str(say.t("Leave this field empty"))
        self.fields["shown"].initial = signing.TimestampSigner(salt=SALT).sign("form")

    def clean(self) -> dict[str, Any]:
        """Refuse what no person sends: the unseen field filled in, a form that was never shown, or not long enough."""
        cleaned = super().clean() or {}
        try:
            signing.TimestampSigner(salt=SALT).unsign(cleaned.get("shown", ""), max_age=LATEST)
        except signing.BadSignature:
            raise forms.ValidationError(str(self._say.t("This form is too old; please send it again."))) from None
        if cleaned.get("website") or _too_soon(cleaned["shown"]):
            raise forms.ValidationError(
                str(self._say.t("This looks like a program; please wait a moment and send it again."))
            )
        return cleaned


def _too_soon(shown: str) -> bool:
    try:
        signing.TimestampSigner(salt=SALT).unsign(shown, max_age=SOONEST)
    except signing.SignatureExpired:
        return False
    return True


class ToldForm(forms.Form):
    """How often and in which language somebody is told, and whether alerts come at once."""

    rhythm = forms.ChoiceField()
    language = forms.ChoiceField(choices=(("es", "Español"), ("en", "English")))
    at_once = forms.BooleanField(required=False)

    def __init__(self, say: Words, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["rhythm"].choices = [(name, str(say.t(title))) for name, title in RHYTHMS.items()]
        self.fields["rhythm"].label = str(say.t("How often"))
        self.fields["language"].label = str(say.t("Language of the letters"))
        self.fields["at_once"].label = str(
            say.t("Send alerts at once: new broken links, overdue duties, changed columns")
        )
