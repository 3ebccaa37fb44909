"""The form of a report, without script and without third parties: a field that people do not see, and a moment that is signed."""

from typing import Any

from django import forms
from django.core import signing

from atalaya.portal.reports.models.reports import LONGEST
from atalaya.publish.words import Words

SALT = "atalaya.reports"
SOONEST, LATEST = 3, 86_400
"""Seconds between showing the form and sending it: fewer than a person needs, more than a page stays open."""


class ReportForm(forms.Form):
    """What the problem is, where to be told, and what only programs fill in."""

    text = forms.CharField(max_length=LONGEST, min_length=10, widget=forms.Textarea(attrs={"rows": 7}))
    email = forms.EmailField(max_length=254, required=False)
    website = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, say: Words, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._say = say
        self.fields["text"].label = str(say.t("What is wrong?"))
        self.fields["text"].help_text = str(say.t("Please leave out names, telephone numbers and other personal data."))
        self.fields["email"].label = str(say.t("E-mail, if you want to be told of the answer (optional)"))
        self.fields["email"].help_text = str(
            say.t("It is kept apart, never shown, and deleted when the report is closed or when you say so.")
        )
        self.fields["website"].label = str(say.t("Leave this field empty"))
        self.fields["shown"].initial = signing.TimestampSigner(salt=SALT).sign("form")

    def clean(self) -> dict[str, Any]:
        """Refuse what no person sends: the unseen field filled in, or a form that was never shown, or not long enough."""
        cleaned = super().clean() or {}
        try:
            signer = signing.TimestampSigner(salt=SALT)
            signer.unsign(cleaned.get("shown", ""), max_age=LATEST)
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


class StepForm(forms.Form):
    """One step of a review, with an answer where it is to answer."""

    step = forms.CharField(max_length=20)
    answer = forms.CharField(max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 5}))
