"""The forms of those who run bodies and take part in them. What people may write is checked by the services."""

import re
from typing import Any, ClassVar

from django import forms

from atalaya.portal.core.forms import Spoken
from atalaya.portal.meetings import wording
from atalaya.portal.meetings.models import Body
from atalaya.portal.meetings.services.sessions import Call, Point
from atalaya.portal.meetings.services.standards import Proposed
from atalaya.portal.observatory.models import Institution
from atalaya.publish.words import Words

LONG, SHORT = 10_000, 200
LARGEST = 800_000
"""Bytes of a file with a standard: what its characters take at most in UTF-8."""
_POINT = re.compile(r"^(?P<text>.*?)(?:\s*\[(?P<commitment>\d{1,4})(?:\.(?P<milestone>[\w.-]{1,20}))?\])?$")


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _hour() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class BodyForm(Spoken):
    """What a body says of itself."""

    name = forms.CharField(max_length=SHORT)
    kind = forms.ChoiceField()
    purpose = forms.CharField(max_length=LONG, required=False, widget=_area(3))
    legal_basis = forms.CharField(max_length=LONG, required=False, widget=_area(2))
    note = forms.CharField(max_length=LONG, required=False, widget=_area(2))
    plan = forms.IntegerField(min_value=1, max_value=10_000, required=False)
    meets_every_months = forms.IntegerField(min_value=1, max_value=120, required=False)
    quorum = forms.ChoiceField(required=False)
    quorum_count = forms.IntegerField(min_value=1, max_value=1000, required=False)
    rules_url = forms.URLField(max_length=2000, required=False, assume_scheme="https")
    secretariat_institution = forms.ChoiceField(required=False)
    secretariat_organisation = forms.CharField(max_length=SHORT, required=False)

    labels: ClassVar[dict[str, str]] = {
        "name": "Name",
        "kind": "Kind of body",
        "purpose": "What it is for",
        "legal_basis": "Legal basis",
        "note": "What else is known of it",
        "plan": "Number of the plan that it follows",
        "meets_every_months": "It has to meet every so many months",
        "quorum": "Quorum",
        "quorum_count": "Number of members, where the quorum is a number",
        "rules_url": "Address of its published rules",
        "secretariat_institution": "Secretariat: an institution",
        "secretariat_organisation": "Secretariat: an organisation",
    }

    def __init__(self, say: Words, *arguments: Any, **named: Any) -> None:
        super().__init__(say, *arguments, **named)
        self.choose("kind", wording.KINDS)
        self.choose("quorum", wording.QUORUMS)
        self.fields["secretariat_institution"].choices = _institutions()


class NewBodyForm(BodyForm):
    """A body that is to be made, with the identifier of its address."""

    identifier = forms.SlugField(max_length=100)
    labels: ClassVar[dict[str, str]] = {**BodyForm.labels, "identifier": "Identifier in its address"}
    helps: ClassVar[dict[str, str]] = {"identifier": "Small letters, digits and hyphens; it stays."}
    field_order = ("identifier", "name")


class SeatForm(Spoken):
    """Who is to sit in a body."""

    name = forms.CharField(max_length=SHORT)
    institution = forms.ChoiceField(required=False)
    sector = forms.ChoiceField()
    seat = forms.ChoiceField()
    post = forms.CharField(max_length=SHORT, required=False)
    since = forms.DateField(required=False, widget=_day())
    source = forms.CharField(max_length=500, required=False)

    labels: ClassVar[dict[str, str]] = {
        "name": "Institution or organisation",
        "institution": "Institution of the register, if it is one",
        "sector": "Sector",
        "seat": "Seat",
        "post": "Post that represents it",
        "since": "First day",
        "source": "Document that says so",
    }
    helps: ClassVar[dict[str, str]] = {"post": "The post, never the name of a person."}

    def __init__(self, say: Words, *arguments: Any, **named: Any) -> None:
        super().__init__(say, *arguments, **named)
        self.choose("sector", wording.SECTORS)
        self.choose("seat", wording.SEATS)
        self.fields["institution"].choices = _institutions()


class EndForm(Spoken):
    """How a seat ends."""

    on = forms.DateField(widget=_day())
    how = forms.ChoiceField()
    reason = forms.CharField(max_length=LONG, required=False, widget=_area(3))
    labels: ClassVar[dict[str, str]] = {"on": "Last day", "how": "How it ends", "reason": "Why"}

    def __init__(self, say: Words, *arguments: Any, **named: Any) -> None:
        super().__init__(say, *arguments, **named)
        self.choose("how", wording.ENDS)


class CallForm(Spoken):
    """A call: when, where, and the agenda, a point a line."""

    title = forms.CharField(max_length=300, required=False)
    on = forms.DateField(widget=_day())
    starts = forms.TimeField(required=False, widget=_hour())
    ends = forms.TimeField(required=False, widget=_hour())
    place = forms.CharField(max_length=300, required=False)
    link = forms.URLField(max_length=2000, required=False, assume_scheme="https")
    plan = forms.IntegerField(min_value=1, max_value=10_000, required=False)
    convened_by = forms.CharField(max_length=SHORT, required=False)
    agenda = forms.CharField(max_length=LONG, required=False, widget=_area(6))

    labels: ClassVar[dict[str, str]] = {
        "title": "Title",
        "on": "Day",
        "starts": "Begins at",
        "ends": "Ends at",
        "place": "Place",
        "link": "Link to take part from afar",
        "plan": "Number of the plan that it is about",
        "convened_by": "Called by",
        "agenda": "Agenda, one point a line",
    }
    helps: ClassVar[dict[str, str]] = {
        "agenda": "A point about a commitment or a milestone ends with its number in brackets: [3] or [3.2]."
    }

    def call(self) -> Call:
        """What the form says."""
        values = {name: self.cleaned_data[name] for name in ("title", "on", "starts", "ends", "place", "link", "plan")}
        points = (_point(line) for line in self.cleaned_data["agenda"].splitlines() if line.strip())
        return Call(**values, convened_by=self.cleaned_data["convened_by"], agenda=tuple(points))


def agenda_lines(points: Any) -> str:
    """The points of an agenda as the form takes them."""
    return "\n".join(f"{each.text}{_number(each)}" for each in points)


def _number(point: Any) -> str:
    if point.commitment is None:
        return ""
    return f" [{point.commitment}.{point.milestone}]" if point.milestone else f" [{point.commitment}]"


def _point(line: str) -> Point:
    found = _POINT.match(line.strip())
    if found is None or not found["text"]:
        return Point(text=line.strip()[:500])
    number = int(found["commitment"]) if found["commitment"] else None
    return Point(text=found["text"][:500], commitment=number, milestone=found["milestone"] or "")


class ReportForm(Spoken):
    """What an institution reported."""

    institution = forms.CharField(max_length=SHORT)
    commitment = forms.IntegerField(min_value=1, max_value=1000)
    milestones = forms.CharField(max_length=SHORT, required=False)
    said = forms.CharField(max_length=LONG, required=False, widget=_area(3))
    labels: ClassVar[dict[str, str]] = {
        "institution": "Institution that reported",
        "commitment": "Number of the commitment",
        "milestones": "Numbers of the milestones",
        "said": "What it said, in short",
    }
    helps: ClassVar[dict[str, str]] = {"milestones": "Separated by commas; empty: about the whole commitment."}

    def numbers(self) -> list[str]:
        """The numbers of the milestones."""
        return [each for each in re.split(r"[,;\s]+", self.cleaned_data["milestones"]) if each]


class AgreementForm(Spoken):
    """What was agreed."""

    text = forms.CharField(max_length=LONG, widget=_area(3))
    member = forms.ChoiceField(required=False)
    responsible = forms.CharField(max_length=SHORT, required=False)
    due = forms.CharField(max_length=25, required=False)
    commitment = forms.IntegerField(min_value=1, max_value=1000, required=False)
    labels: ClassVar[dict[str, str]] = {
        "text": "What was agreed",
        "member": "Member that is to do it",
        "responsible": "Or who else is to do it",
        "due": "Until when",
        "commitment": "Number of the commitment that it is about",
    }
    helps: ClassVar[dict[str, str]] = {
        "due": "A day, a month or a year: 2026-03-31, 2026-03 or 2026; empty: no date was set."
    }

    def __init__(self, say: Words, body: Body, *arguments: Any, **named: Any) -> None:
        super().__init__(say, *arguments, **named)
        self.fields["member"].choices = [("", "–"), *((str(each.pk), each.name) for each in body.members.all())]


class StepForm(Spoken):
    """How an agreement stands."""

    state = forms.ChoiceField()
    text = forms.CharField(max_length=LONG, required=False, widget=_area(3))
    evidence = forms.URLField(max_length=2000, required=False, assume_scheme="https")
    labels: ClassVar[dict[str, str]] = {
        "state": "State",
        "text": "What happened",
        "evidence": "Address where it can be seen",
    }


class AmendmentForm(Spoken):
    """A change that a member proposes."""

    member = forms.ChoiceField()
    passage = forms.CharField(max_length=300, required=False)
    text = forms.CharField(max_length=LONG, widget=_area(4))
    labels: ClassVar[dict[str, str]] = {
        "member": "Member",
        "passage": "Which passage",
        "text": "What is to be written instead",
    }


class CorrectionForm(Spoken):
    """A correction of approved minutes."""

    text = forms.CharField(max_length=LONG, widget=_area(3))
    why = forms.CharField(max_length=LONG, widget=_area(2))
    labels: ClassVar[dict[str, str]] = {"text": "What is corrected", "why": "Why"}


class StandardForm(Spoken):
    """A schema or template that is proposed, pasted or as a file."""

    identifier = forms.SlugField(max_length=100)
    title = forms.CharField(max_length=SHORT)
    kind = forms.ChoiceField()
    content = forms.CharField(
        max_length=200_000, required=False, widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"})
    )
    file = forms.FileField(required=False, allow_empty_file=False)
    summary = forms.CharField(max_length=LONG, required=False, widget=_area(3))
    labels: ClassVar[dict[str, str]] = {
        "identifier": "Identifier in its address",
        "title": "Title",
        "kind": "Kind of standard",
        "content": "Its content: a Table Schema as JSON, or the text of a template",
        "file": "Or a file with it, in UTF-8",
        "summary": "What it changes, or where it comes from",
    }
    helps: ClassVar[dict[str, str]] = {"identifier": "That of an earlier one makes a further version of it."}

    def __init__(self, say: Words, *arguments: Any, **named: Any) -> None:
        super().__init__(say, *arguments, **named)
        self.choose("kind", wording.STANDARD_KINDS)

    def clean_file(self) -> str:
        """The text of the file, which is read and not kept; empty without one."""
        given = self.cleaned_data.get("file")
        if given is None:
            return ""
        try:
            if given.size > LARGEST:
                raise ValueError(given.size)
            return str(given.read().decode("utf-8-sig")).replace("\0", "")
        except ValueError as error:
            raise forms.ValidationError(str(self.say.t("The file is no text in UTF-8, or too long."))) from error

    def proposed(self) -> Proposed:
        """What the form says; a file counts before a text."""
        said = self.cleaned_data
        content = said["file"] or said["content"]
        return Proposed(title=said["title"], kind=said["kind"], content=content, summary=said["summary"])


class FulfilmentForm(Spoken):
    """That a duty of membership was fulfilled."""

    duty = forms.ChoiceField()
    on = forms.DateField(widget=_day())
    title = forms.CharField(max_length=300)
    url = forms.URLField(max_length=2000, assume_scheme="https")
    labels: ClassVar[dict[str, str]] = {
        "duty": "Duty",
        "on": "Day",
        "title": "What was done",
        "url": "Address where it can be seen",
    }


def _institutions() -> list[tuple[str, str]]:
    rows = list(Institution.objects.values_list("id", "name")) if Institution.is_there() else []
    return [("", "–"), *rows]
