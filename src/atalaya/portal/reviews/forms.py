"""What institutions and analysts fill in, in the words of the page."""

from typing import Any

from django import forms

from atalaya.portal.core.forms import Spoken
from atalaya.portal.reviews.models.replies import LONGEST, LONGEST_ADDRESS
from atalaya.portal.reviews.states import OUTCOMES
from atalaya.publish.words import Words


class CommentForm(Spoken):
    """What an institution answers to a finding that is to come."""

    text = forms.CharField(max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 6}))
    url = forms.CharField(max_length=LONGEST_ADDRESS, required=False)
    labels = {"text": "The reason", "url": "Where it can be seen (optional)"}  # noqa: RUF012
    helps = {  # noqa: RUF012
        "text": "It is published. Leave out names and other personal data.",
        "url": "The address of a page or document, such as https://host/page.",
    }


class ReasonForm(CommentForm):
    """Why a finding is disputed, with evidence."""

    file = forms.FileField(required=False)
    labels = {**CommentForm.labels, "file": "A file that shows it (optional)"}  # noqa: RUF012
    helps = {  # noqa: RUF012
        **CommentForm.helps,
        "text": "It is published with the ruling. Leave out names and other personal data.",
        "file": "It is published with the ruling. A document, table or picture of 20 MB at most.",
    }


class ConcernForm(ReasonForm):
    """Why a duty does not concern an institution."""

    ground = forms.CharField(max_length=500, required=False)
    labels = {**ReasonForm.labels, "ground": "The law and article from which it follows"}  # noqa: RUF012
    field_order = ("ground", "text", "url", "file")


class DayForm(Spoken):
    """Until when a finding will be mended."""

    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    labels = {"day": "Until which day it will be mended"}  # noqa: RUF012


class RulingForm(Spoken):
    """A ruling with its reason."""

    outcome = forms.ChoiceField(widget=forms.RadioSelect)
    why = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))
    labels = {"outcome": "The ruling", "why": "Its reason"}  # noqa: RUF012
    helps = {"why": "It is published. Say what you looked at."}  # noqa: RUF012

    def __init__(self, say: Words, kind: str, *arguments: Any, **named: Any) -> None:
        super().__init__(say, *arguments, **named)
        self.fields["outcome"].choices = [(each, str(say.t(text))) for each, text in OUTCOMES[kind].items()]
