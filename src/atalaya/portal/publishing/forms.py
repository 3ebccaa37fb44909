"""The forms of publishing: a file with its title, what a dataset is, and the words of a step."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from atalaya.portal.publishing.choices import FREQUENCIES, LANGUAGES, LICENCES, THEMES
from atalaya.portal.publishing.models.publications import LONGEST_NOTE, LONGEST_TEXT, LONGEST_TITLE
from atalaya.publish.words import Words


class UploadForm(forms.Form):
    """A file; of a new dataset its institution and title too."""

    institution = forms.ChoiceField()
    title = forms.CharField(max_length=LONGEST_TITLE, min_length=5)
    file = forms.FileField(max_length=255)

    def __init__(self, say: Words, institutions: Mapping[str, str], *arguments: Any, new: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["institution"].choices = list(institutions.items())
        self.fields["institution"].label = str(say.t("Institution"))
        self.fields["title"].label = str(say.t("Title of the dataset"))
        self.fields["title"].help_text = str(say.t("As somebody would look for it, with place and period."))
        self.fields["file"].label = str(say.t("File"))
        self.fields["file"].help_text = str(
            say.t("CSV, Excel (.xlsx, .xls), ODS, JSON, XML or a ZIP of them, up to 50 MB; no macros, no password.")
        )
        if not new:
            del self.fields["institution"], self.fields["title"]
        elif len(institutions) == 1:
            self.fields["institution"].widget = forms.HiddenInput()
            self.fields["institution"].initial = next(iter(institutions))


class DescriptionForm(forms.Form):
    """What a dataset is, in the words of DCAT."""

    title = forms.CharField(max_length=LONGEST_TITLE, min_length=5)
    description = forms.CharField(max_length=LONGEST_TEXT, min_length=20, widget=forms.Textarea(attrs={"rows": 5}))
    contact = forms.CharField(max_length=200)
    licence = forms.ChoiceField()
    frequency = forms.ChoiceField()
    theme = forms.ChoiceField()
    language = forms.ChoiceField()
    duties = forms.MultipleChoiceField(required=False, widget=forms.SelectMultiple(attrs={"size": 6}))

    def __init__(self, say: Words, duties: Sequence[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        labels = {
            "title": say.t("Title of the dataset"),
            "description": say.t("Description: what it holds, of which place and period, and how it was made"),
            "contact": say.t("Contact: e-mail or telephone of the post, never of a person"),
            "licence": say.t("Licence"),
            "frequency": say.t("How often it is renewed"),
            "theme": say.t("Theme"),
            "language": say.t("Language of the data"),
            "duties": say.t("Legal duties that it fulfils (optional)"),
        }
        for name, text in labels.items():
            self.fields[name].label = str(text)
        self.fields["licence"].choices = [(key, str(say.t(text))) for key, (text, _) in LICENCES.items()]
        self.fields["frequency"].choices = [(key, str(say.t(text))) for key, text in FREQUENCIES.items()]
        self.fields["theme"].choices = [(key, str(say.t(text))) for key, text in THEMES.items()]
        self.fields["language"].choices = [(key, str(say.t(text))) for key, (text, _) in LANGUAGES.items()]
        self.fields["duties"].choices = list(duties)


class WordsForm(forms.Form):
    """A step with the words that go with it."""

    step = forms.CharField(max_length=20)
    words = forms.CharField(max_length=LONGEST_NOTE, required=False)
