"""The forms of those who write communiqués."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from atalaya.news.communique import Subject
from atalaya.news.pasted import LONGEST
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.news.given import Given, attachments_of, line_of, subjects_of
from atalaya.portal.news.models import Communique
from atalaya.portal.news.models.communiques import ADDRESS, NUMBER, SUMMARY, TITLE
from atalaya.publish.words import Words

LABELS = {
    "issuer": ("Institution that issues it", ""),
    "on": ("Date", ""),
    "number": ("Number, if it has one", ""),
    "title": ("Title", ""),
    "summary": ("Summary, for lists and feeds", ""),
    "body": (
        "Text",
        (
            "Paste it from your word processor or write it here: every line is a paragraph, “## ” begins a heading, “- ” an item "
            "of a list, and **two stars** make words strong. Formats, pictures and hidden words of what is pasted are left out."
        ),
    ),
    "video": (
        "Address of a video, if there is one",
        "It is linked to, with the name of its site; nothing is loaded from there.",
    ),
    "tags": ("Tags, with commas between them", ""),
    "attachments": ("Attachments: one a line, its title and then its address", "Such as: The minutes https://…"),
    "about": (
        "What it is about: one a line",
        "A plan as 5, a commitment as 5/2, a milestone as 5/2/1, a session by its id, an institution by its acronym.",
    ),
    "why": (
        "What was wrong, and why it is corrected",
        "It is shown with the communiqué, together with what it said before.",
    ),
}
"""Field → its label and its help."""

OF_PICTURES = {
    "file": ("Photograph (JPEG, PNG or WebP)", "It is drawn anew: place, camera and other data in it are left out."),
    "alternative": ("What it shows, for those who do not see it", ""),
    "credit": ("Whose it is", ""),
}
"""Field of a photograph → its label and its help."""

REASON = 2000
"""Characters of a reason."""


class CommuniqueForm(forms.Form):
    """A communiqué as it is written; `why` only where a published one is corrected."""

    issuer = forms.ChoiceField()
    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    number = forms.CharField(max_length=NUMBER, required=False)
    title = forms.CharField(max_length=TITLE)
    summary = forms.CharField(max_length=SUMMARY, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    body = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 18}))
    video = forms.CharField(max_length=ADDRESS, required=False, widget=forms.URLInput)
    tags = forms.CharField(max_length=2000, required=False)
    attachments = forms.CharField(max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    about = forms.CharField(max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    why = forms.CharField(max_length=REASON, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, say: Words, issuers: Sequence[tuple[str, str]], *arguments: Any, correcting: bool = False, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self._say = say
        self.fields["issuer"].choices = issuers
        if not correcting:
            del self.fields["why"]
        for name, field in self.fields.items():
            label, help_text = LABELS[name]
            field.label = str(say.t(label))
            field.help_text = str(say.t(help_text)) if help_text else ""

    def clean_about(self) -> tuple[Subject, ...]:
        """The lines as the things that they name."""
        try:
            return subjects_of(self.cleaned_data["about"])
        except RefusedError as error:
            raise forms.ValidationError(str(self._say.t(error.text, **error.values))) from error

    def given(self) -> Given:
        """What was written, once it is valid."""
        told = self.cleaned_data
        return Given(
            **{name: told[name] for name in ("issuer", "on", "number", "title", "summary", "body", "video", "about")},
            tags=tuple(told["tags"].split(",")),
            attachments=attachments_of(told["attachments"]),
        )


def initial(row: Communique | None, slugs: Mapping[str, str], today: date) -> dict[str, Any]:
    """What the fields hold before anything is written; `slugs`: id of an institution → its acronym or slug."""
    if row is None:
        return {"on": today}
    fields = ("issuer", "on", "number", "title", "summary", "body", "video")
    return {
        **{name: getattr(row, name) for name in fields},
        "tags": ", ".join(row.tags),
        "attachments": "\n".join(f"{each['title']} {each['url']}" for each in row.attachments),
        "about": "\n".join(line_of(Subject(each.kind, each.key), slugs) for each in row.about.all()),
    }


class StepForm(forms.Form):
    """One step of a communiqué, with its hour or its reason."""

    step = forms.CharField(max_length=20)
    at = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])
    zone = forms.CharField(max_length=60, required=False)
    why = forms.CharField(max_length=REASON, required=False)
    hidden = forms.BooleanField(required=False)


class PictureForm(forms.Form):
    """A photograph, with what it shows and whose it is; `why` only where the communiqué is published."""

    file = forms.FileField()
    alternative = forms.CharField(max_length=500)
    credit = forms.CharField(max_length=500)
    why = forms.CharField(max_length=REASON, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, say: Words, *arguments: Any, correcting: bool = False, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if not correcting:
            del self.fields["why"]
        for name, field in self.fields.items():
            label, help_text = OF_PICTURES.get(name) or LABELS[name]
            field.label = str(say.t(label))
            field.help_text = str(say.t(help_text)) if help_text else ""
