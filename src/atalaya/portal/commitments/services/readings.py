"""What is said of milestones, by one voice at a time, and taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from atalaya.commitments.changes import short_number
from atalaya.commitments.readings import LEVELS, VOICES
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.commitments.models import Commitment, Evidence, Reading
from atalaya.portal.commitments.services.telling import tell_reading
from atalaya.portal.observatory.models import Institution

READABLE: tuple[str, ...] = (
    *LEVELS["tracker"],
    *(level for level in LEVELS["irm_completion"] if level not in LEVELS["tracker"]),
)
"""Levels that a reading of a milestone may have."""

LONGEST_NOTE = 4000
"""Characters of what is said beside a level."""

_ADDRESS = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A document that a reading rests on: its address, its title, who issued it and when, and its licence; and the SHA-256 of
    its bytes where it was sent here as a file."""

    url: str
    title: str = ""
    issuer: str = ""
    dated: date | None = None
    licence: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says of a milestone."""

    milestone: str
    voice: str
    level: str
    on: date
    as_of: date | None = None
    share: float | None = None
    note: str = ""
    institution: str = ""
    """The institution that says it, where the voice is an institution's."""
    urls: tuple[str, ...] = ()
    evidence: tuple[Proof, ...] = ()

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Everything that it rests on."""
        return (*(Proof(url=url) for url in self.urls), *self.evidence)


class RefusedReadingError(RefusedError):
    """One of several readings cannot be taken; `where` names its milestone. Raised by `read_many`; none was taken."""

    def __init__(self, where: str, text: str, **values: object) -> None:
        super().__init__(text, **values)
        self.where = where


def read(by: Any, commitment: Commitment, said: Said) -> Reading:
    """Take what somebody says of a milestone. Raises RefusedError where `by` may not speak with this voice, the milestone or the
    level is not known, the day is to come, or nothing is given that it rests on."""
    may_speak(by, commitment, said.voice)
    _sound(commitment, said)
    return kept(by, commitment, said)


def read_many(by: Any, said: Iterable[tuple[Commitment, Said]]) -> list[Reading]:
    """Take several readings, such as those of one session: all of them or none. Raises RefusedError as `read` does, naming the
    commitment and the milestone."""
    made = []
    with transaction.atomic():
        for commitment, each in said:
            try:
                made.append(read(by, commitment, each))
            except RefusedError as error:
                raise RefusedReadingError(
                    f"{commitment.number}.{short_number(each.milestone)}", error.text, **error.values
                ) from error
    return made


def kept(by: Any, commitment: Commitment, said: Said) -> Reading:
    """The rows of a reading that was found sound."""
    with transaction.atomic():
        made: Reading = Reading.objects.create(
            commitment=commitment,
            milestone=short_number(said.milestone),
            voice=said.voice,
            institution=said.institution,
            level=said.level,
            on=said.on,
            as_of=said.as_of,
            share=said.share,
            note=said.note,
            by=None if by is CONSOLE else by,
        )
        Evidence.objects.bulk_create(
            Evidence(
                reading=made,
                url=each.url,
                title=each.title,
                issuer=each.issuer,
                dated=each.dated,
                licence=each.licence,
                sha256=each.sha256,
            )
            for each in said.proofs
        )
        tell_reading(made)
    return made


def withdraw(by: Any, reading: Reading, why: str) -> Reading:
    """Take a reading back: it stays to be seen, and counts no more. Raises RefusedError without a reason, or the second time."""
    may_speak(by, reading.commitment, reading.voice)
    if not why.strip():
        raise RefusedError("say why the reading is taken back")
    with transaction.atomic():
        row: Reading = Reading.objects.select_for_update().get(pk=reading.pk)
        if row.withdrawn:
            raise RefusedError("this reading was taken back already")
        row.withdrawn, row.withdrawn_why = timezone.localdate(), why.strip()[:LONGEST_NOTE]
        row.save(update_fields=["withdrawn", "withdrawn_why"])
    return row


def voices(by: Any, commitment: Commitment) -> tuple[str, ...]:
    """The voices that somebody may speak with about a commitment, in their order. Citizens' have a way of their own."""
    if by is CONSOLE or may(by, "commitments.edit"):
        return tuple(voice for voice in VOICES if voice != "citizens")
    return ("institution",) if may(by, "commitments.read_for_institution", leads(commitment)) else ()


def leads(commitment: Commitment) -> list[str]:
    """The ids of the institutions of the register that lead a commitment in any of its versions, by name or acronym."""
    names = _lead_names(commitment)
    if not names or not Institution.is_there():
        return []
    rows = Institution.objects.values_list("id", "name", "acronym")
    return [key for key, name, acronym in rows if name.casefold() in names or (acronym or "").casefold() in names]


def led_by(institutions: Iterable[str], commitments: Iterable[Commitment]) -> list[Commitment]:
    """The commitments that one of some institutions of the register leads, asking for the institutions once."""
    wanted = list(institutions)
    if not wanted or not Institution.is_there():
        return []
    rows = Institution.objects.filter(id__in=wanted).values_list("name", "acronym")
    names = {name.casefold() for row in rows for name in row if name}
    return [each for each in commitments if names & _lead_names(each)]


def milestones_of(commitment: Commitment) -> list[str]:
    """The numbers of the milestones of all versions of a commitment, within it."""
    numbers = [m["number"] for v in commitment.versions.all() for m in v.document.get("milestones", ())]
    return list(dict.fromkeys(map(short_number, numbers)))


def may_speak(by: Any, commitment: Commitment, voice: str) -> None:
    """Refuse whoever may not speak with a voice about a commitment. Raises RefusedError."""
    if by is CONSOLE:
        return
    allowed = (
        may(by, "commitments.read_for_institution", leads(commitment))
        if voice == "institution"
        else may(by, "commitments.edit")
    )
    if not allowed:
        raise RefusedError("you do not speak for those who answer for this commitment")


def sound_address(url: str) -> None:
    """Refuse what is no address of the web. Raises RefusedError."""
    try:
        _ADDRESS(url)
    except ValidationError as error:
        raise RefusedError("{said} is no address of the web; write https://…", said=url[:200]) from error


def _sound(commitment: Commitment, said: Said) -> None:
    if said.voice not in VOICES:
        raise RefusedError("there is no voice {said}; known are {known}", said=said.voice, known=", ".join(VOICES))
    if said.level not in READABLE:
        raise RefusedError("there is no level {said}; known are {known}", said=said.level, known=", ".join(READABLE))
    if said.on > timezone.localdate() or (said.as_of and said.as_of > said.on):
        raise RefusedError("a reading speaks of a day that has been")
    if said.share is not None and not 0 <= said.share <= 1:
        raise RefusedError("progress lies between 0 and 100 %")
    if not said.proofs and said.level in ("complete", "substantial"):
        raise RefusedError("say where it can be seen: give the address of a document or page")
    for each in said.proofs:
        sound_address(each.url)
    numbers = milestones_of(commitment)
    if numbers and short_number(said.milestone) not in numbers:
        raise RefusedError("the commitment has no milestone {said}", said=said.milestone)


def _lead_names(commitment: Commitment) -> set[str]:
    versions = commitment.versions.all()
    return {str(name).casefold() for version in versions for name in _names(version.document.get("lead"))}


def _names(value: Any) -> Sequence[Any]:
    return value.get("items", ()) if isinstance(value, dict) else value or ()
