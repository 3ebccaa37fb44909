"""The forms of following: an address, and how somebody wants to be told."""

from typing import Any

from django import forms

from atalaya.portal.core.forms import ByPeople
from atalaya.portal.post.models.followers import RHYTHMS
from atalaya.publish.words import Words


class AddressForm(ByPeople):
    """An address alone, for those who have no account."""

    email = forms.EmailField(max_length=254)
    field_order = ("email", "website", "shown")

    def __init__(self, say: Words, *arguments: Any, **named: Any) -> None:
        super().__init__(say, *arguments, **named)
        self.fields["email"].label = str(say.t("Your e-mail address"))
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["email"].help_text = str(
            say.t("It is used for these letters and nothing else, never shown, and deleted when you leave.")
        )


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
