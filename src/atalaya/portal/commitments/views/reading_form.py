"""A new reading of a milestone with what it rests on, and the taking back of one."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from atalaya.commitments.wording import DOMAIN, LEVELS, VOICES
from atalaya.portal.accounts.access import forbidden, needs
from atalaya.portal.accounts.rules import standing
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.commitments.models import Commitment, Reading
from atalaya.portal.commitments.refusals import told
from atalaya.portal.commitments.services import READABLE, Proof, Said, leads, read, voices, withdraw
from atalaya.portal.commitments.services.readings import LONGEST_NOTE, may_speak, milestones_of
from atalaya.portal.commitments.views.pages import commitment_or_404, said_by
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.files import services as files
from atalaya.portal.files.purposes import PURPOSES
from atalaya.portal.files.uploading import takes_files
from atalaya.publish.words import Words
from atalaya.translations import translate

PROOFS = 3
"""Documents that one form takes."""


class ReadingForm(forms.Form):
    """What is said of a milestone; the fields of documents follow, numbered."""

    milestone = forms.ChoiceField()
    voice = forms.ChoiceField(widget=forms.RadioSelect)
    level = forms.ChoiceField()
    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    as_of = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    percent = forms.FloatField(required=False, min_value=0, max_value=100)
    note = forms.CharField(required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 5}))

    file = forms.FileField(required=False)

    def __init__(self, say: Words, home: Commitment, spoken_with: tuple[str, ...], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["milestone"].choices = [(each, each) for each in milestones_of(home)]
        self.fields["voice"].choices = [(each, translate(VOICES[each], say.language, DOMAIN)) for each in spoken_with]
        self.fields["level"].choices = [(each, translate(LEVELS[each], say.language, DOMAIN)) for each in READABLE]
        self.fields["voice"].initial = spoken_with[0]
        self.fields["on"].initial = timezone.localdate()
        for name, label in {
            "milestone": say.t("Milestone"),
            "voice": say.t("Who says it"),
            "level": say.t("How it stands"),
            "on": say.t("Said on"),
            "as_of": say.t("Speaks of another day (optional)"),
            "percent": say.t("Progress in percent, where a figure was given (optional)"),
            "note": say.t("What was done, in a few words"),
            "file": say.t("Or a file that shows it (optional)"),
        }.items():
            self.fields[name].label = str(label)
        self.fields["note"].help_text = str(say.t("Name posts, not people."))
        for number in range(PROOFS):
            self._add_proof(say, number)

    def _add_proof(self, say: Words, number: int) -> None:
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        where = str(say.t("Address of the document or page"))
        made = {
            "url": forms.URLField(
                required=False,
                max_length=2000,
                assume_scheme="https",
                label=where,
            ),
            "title": forms.CharField(required=False, max_length=300, label=str(say.t("Its title"))),
            "issuer": forms.CharField(required=False, max_length=300, label=str(say.t("Who issued it"))),
            "dated": forms.DateField(required=False, widget=day, label=str(say.t("Its date"))),
            "licence": forms.CharField(required=False, max_length=200, label=str(say.t("Its licence"))),
        }
        self.fields.update({f"{name}-{number}": field for name, field in made.items()})

    @property
    def proofs(self) -> list[list[Any]]:
        """The fields of each document."""
        names = ("url", "title", "issuer", "dated", "licence")
        return [[self[f"{name}-{number}"] for name in names] for number in range(PROOFS)]

    def said(self, institution: str, sent_file: Proof | None) -> Said:
        """What was said, once the form is valid; `sent_file` is the document that came with it."""
        sent = self.cleaned_data
        evidence = tuple(
            Proof(
                url=sent[f"url-{number}"],
                title=sent[f"title-{number}"],
                issuer=sent[f"issuer-{number}"],
                dated=sent[f"dated-{number}"],
                licence=sent[f"licence-{number}"],
            )
            for number in range(PROOFS)
            if sent[f"url-{number}"]
        )
        on: date = sent["on"]
        evidence = (*evidence, sent_file) if sent_file else evidence
        return Said(
            milestone=sent["milestone"],
            voice=sent["voice"],
            level=sent["level"],
            on=on,
            as_of=sent["as_of"],
            share=None if sent["percent"] is None else sent["percent"] / 100,
            note=sent["note"],
            institution=institution if sent["voice"] == "institution" else "",
            evidence=evidence,
        )


@takes_files(PURPOSES["evidence"].largest)
@needs("commitments.work")
def reading_form(request: HttpRequest, number: int, commitment: int) -> HttpResponse:
    """Render the form or take the reading; refused to those who speak for nobody of this commitment."""
    home = commitment_or_404(number, commitment)
    spoken_with = voices(request.user, home)
    if not spoken_with:
        return forbidden(request)
    say, refused = spoken(request), None
    first = {"milestone": request.GET.get("hito", "")}
    form = ReadingForm(say, home, spoken_with, request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        mine = [*sorted(set(leads(home)) & standing(request.user).institutions), ""][0]
        try:
            _take(request, home, form, mine)
        except RefusedError as error:
            refused = told(error, say)
        else:
            return redirect(reverse(f"{request.language}:commitment", args=(number, commitment)))
    given = home.readings.order_by("-on", "-id")[:50]
    return page(
        request,
        "commitments/reading_form.html",
        home=home,
        title=home.document.get("title"),
        form=form,
        refused=refused,
        given=[each for each in given if each.voice in spoken_with],
        **said_by(request),
    )


def _take(request: HttpRequest, home: Commitment, form: ReadingForm, institution: str) -> None:
    """Take the reading, and the file that came with it: everybody may read it once the reading stands. Raises RefusedError."""
    sent, row, proof = form.cleaned_data["file"], None, None
    if sent is not None:
        may_speak(request.user, home, form.cleaned_data["voice"])
        row = files.take(request.user, sent, purpose="evidence", institution=institution)
        place = request.build_absolute_uri(reverse("file", args=(row.key,)))
        proof = Proof(url=place, title=row.name, sha256=row.sha256)
    read(request.user, home, form.said(institution, proof))
    if row is not None:
        files.publish(row)


@needs("commitments.work")
def withdrawal(request: HttpRequest, reading: int) -> HttpResponse:
    """Ask for the reason, or take the reading back; 404 where there is none, refused to those whose it is not."""
    found = Reading.objects.select_related("commitment").filter(pk=reading).first()
    if found is None:
        raise Http404(reading)
    if found.voice not in (*voices(request.user, found.commitment), *_citizens(request)):
        return forbidden(request)
    refused = None
    if request.method == "POST":
        try:
            withdraw(request.user, found, request.POST.get("why", ""))
        except RefusedError as error:
            refused = told(error, spoken(request))
        else:
            place = (found.commitment.plan_id, found.commitment.number)
            return redirect(reverse(f"{request.language}:commitment", args=place))
    return page(request, "commitments/withdrawal.html", reading=found, refused=refused, **said_by(request))


def _citizens(request: HttpRequest) -> tuple[str, ...]:
    """Those who moderate may take a comment back that was shown."""
    return ("citizens",) if {"analyst", "administrator"} & standing(request.user).roles else ()
