"""The form of a report, and the steps of its review."""

from typing import Any

from django import forms

from atalaya.portal.core.forms import ByPeople
from atalaya.portal.reports.models.reports import LONGEST
from atalaya.publish.words import Words


class ReportForm(ByPeople):
    """What the problem is, and where to be told."""

    soonest = 3
    text = forms.CharField(max_length=LONGEST, min_length=10, widget=forms.Textarea(attrs={"rows": 7}))
    email = forms.EmailField(max_length=254, required=False)
    field_order = ("text", "email", "website", "shown")

    def __init__(self, say: Words, *arguments: Any, **named: Any) -> None:
        super().__init__(say, *arguments, **named)
        self.fields["text"].label = str(say.t("What is wrong?"))
        self.fields["text"].help_text = str(say.t("Please leave out names, telephone numbers and other personal data."))
        self.fields["email"].label = str(say.t("E-mail, if you want to be told of the answer (optional)"))
        self.fields["email"].help_text = str(
            say.t("It is kept apart, never shown, and deleted when the report is closed or when you say so.")
        )


class StepForm(forms.Form):
    """One step of a review, with an answer where it is to answer."""

    step = forms.CharField(max_length=20)
    answer = forms.CharField(max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 5}))
