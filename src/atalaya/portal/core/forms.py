"""What forms of the portal share: words of the page's language, and how programs that fill in forms are told from people."""

from typing import Any, ClassVar

from django import forms
from django.core import signing

from atalaya.publish.words import Words

LATEST = 86_400
"""Seconds between showing a form and sending it: more than a page stays open."""


class Spoken(forms.Form):
    """A form whose labels and helps are said in the language of its page: `labels` and `helps` are the English texts."""

    labels: ClassVar[dict[str, str]] = {}
    helps: ClassVar[dict[str, str]] = {}

    def __init__(self, say: Words, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.say = say
        for name, text in self.labels.items():
            self.fields[name].label = str(say.t(text))
        for name, text in self.helps.items():
            self.fields[name].help_text = str(say.t(text))

    def choose(self, name: str, table: Any) -> None:
        """The choices of a field, titled in the language of the page."""
        self.fields[name].choices = [(key, str(self.say.t(title))) for key, title in table.items()]


class ByPeople(Spoken):
    """A form that anybody may send without an account, script or third party: it refuses what no person sends.

    A field that people do not see stays empty, and a signed moment tells when the form was shown: not less than `soonest` seconds
    before it came, and no more than `LATEST`.
    """

    soonest: ClassVar[int] = 2
    website = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, say: Words, *arguments: Any, **named: Any) -> None:
        super().__init__(say, *arguments, **named)
        self.fields["website"].label = str(say.t("Leave this field empty"))
        self.fields["shown"].initial = self._signer().sign("form")

    @classmethod
    def _signer(cls) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=f"atalaya.form.{cls.__name__}")

    def clean(self) -> dict[str, Any]:
        """Refuse what no person sends: the unseen field filled in, a form that was never shown, or not long enough."""
        cleaned = super().clean() or {}
        try:
            self._signer().unsign(cleaned.get("shown", ""), max_age=LATEST)
        except signing.BadSignature:
            raise forms.ValidationError(str(self.say.t("This form is too old; please send it again."))) from None
        if cleaned.get("website") or self._too_soon(cleaned["shown"]):
            raise forms.ValidationError(
                str(self.say.t("This looks like a program; please wait a moment and send it again."))
            )
        return cleaned

    def _too_soon(self, shown: str) -> bool:
        try:
            self._signer().unsign(shown, max_age=self.soonest)
        except signing.SignatureExpired:
            return False
        return True
