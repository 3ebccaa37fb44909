"""What prepares a version: each a rule, a transaction, and an entry in the trail. Files are read before any transaction."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from atalaya.portal.accounts.rules import is_analyst, may, standing
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.files import services as files
from atalaya.portal.files.models import StoredFile
from atalaya.portal.observatory.models import Duty
from atalaya.portal.publishing.choices import FREQUENCIES, LANGUAGES, LICENCES, THEMES
from atalaya.portal.publishing.examining import compared, examined
from atalaya.portal.publishing.models import Publication, Version
from atalaya.portal.publishing.models.publications import LONGEST_NOTE, LONGEST_TEXT, LONGEST_TITLE
from atalaya.portal.publishing.states import DRAFT, PUBLISHED, REVIEW, STANDING
from atalaya.publish.read_model.names import slug

DESCRIBED = ("title", "description", "licence", "frequency", "theme", "language", "contact", "duties")
"""What a version says of itself, and hands on to the next one as its defaults."""
_OF_A_POST = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|\+?[\d ()-]{7,20}")


@dataclass(frozen=True, slots=True)
class Sent:
    """What one upload gave: the file, what was read in it, and what was made of it."""

    original: StoredFile
    report: dict[str, Any]
    repaired: StoredFile | None


def visible(by: Any) -> QuerySet[Version]:
    """The versions that somebody sees before they are published: their institutions', or all for analysts."""
    found: QuerySet[Version] = Version.objects.select_related("publication", "original", "repaired", "result")
    return found if is_analyst(by) else found.filter(publication__institution__in=standing(by).institutions)


def begin(by: Any, institution: str, title: str, upload: File) -> Version:
    """Begin a dataset with its first file. Raises RefusedError where `by` may not, or the file is not taken."""
    if institution not in standing(by).institutions:
        raise RefusedError("only those who speak for an institution publish for it")
    if not title.strip():
        raise RefusedError("give the dataset a title")
    sent = _sent(by, institution, upload)
    now = timezone.now()
    with transaction.atomic():
        made = Publication.objects.create(institution=institution, slug=_free(institution, title), begun=now)
        return _added(by, made, sent, {"title": title.strip()[:LONGEST_TITLE]})


def continue_with(by: Any, before: Version, upload: File) -> Version:
    """Begin the next version of a dataset, described as the one before. Raises RefusedError as `begin`, or where one is begun."""
    _allowed(by, "publishing.write", before)
    if _open_one(before.publication):
        raise RefusedError("a version of this dataset is in preparation already; go on with it or discard it")
    sent = _sent(by, before.publication.institution, upload)
    with transaction.atomic():
        publication = Publication.objects.select_for_update().get(pk=before.publication_id)
        if _open_one(publication):
            raise RefusedError("a version of this dataset is in preparation already; go on with it or discard it")
        return _added(by, publication, sent, {name: getattr(before, name) for name in DESCRIBED})


def replace_file(by: Any, version: Version, upload: File) -> Version:
    """Put another file in place of that of a draft, such as one without personal data."""
    _allowed(by, "publishing.write", version)
    if version.state != DRAFT:
        raise RefusedError("only the file of a version in preparation can be replaced")
    sent = _sent(by, version.publication.institution, upload)
    with transaction.atomic():
        found = _held(by, version, "publishing.write", DRAFT)
        found.original, found.repaired, found.report, found.personal = _parts(sent)
        found.choice, found.ground = "" if sent.repaired else "original", ""
        return _saved(by, found)


def choose(by: Any, version: Version, choice: str) -> Version:
    """Decide which file is published: `repaired` or `original`."""
    with transaction.atomic():
        found = _held(by, version, "publishing.write", DRAFT)
        if choice not in ("repaired", "original") or (choice == "repaired" and found.repaired_id is None):
            raise RefusedError("choose the repaired file or the file as it was sent")
        found.choice = choice
        return _saved(by, found)


def describe(by: Any, version: Version, said: Mapping[str, Any]) -> Version:
    """Say what a draft is: the names of `DESCRIBED`. Raises RefusedError where something is not one of the choices."""
    known: dict[str, Mapping[str, Any]] = {
        "licence": LICENCES,
        "frequency": FREQUENCIES,
        "theme": THEMES,
        "language": LANGUAGES,
    }
    with transaction.atomic():
        found = _held(by, version, "publishing.write", DRAFT)
        for name, values in known.items():
            if said.get(name) not in values:
                raise RefusedError("{said} is none of the choices", said=said.get(name))
            setattr(found, name, said[name])
        found.title = str(said.get("title", "")).strip()[:LONGEST_TITLE]
        found.description = str(said.get("description", "")).strip()[:LONGEST_TEXT]
        found.contact = str(said.get("contact", "")).strip()[:200]
        duties = [str(each) for each in said.get("duties", ())]
        found.duties = [str(each) for each in Duty.objects.filter(id__in=duties).values_list("id", flat=True)]
        return _saved(by, found)


def state_ground(by: Any, version: Version, ground: str) -> Version:
    """Say on which legal ground columns that seem to hold personal data are published."""
    if len(ground.strip()) < 20:
        raise RefusedError("name the article and the law that oblige to publish these columns")
    with transaction.atomic():
        found = _held(by, version, "publishing.write", DRAFT)
        if not found.personal:
            raise RefusedError("no column of this file seems to hold personal data")
        found.ground = ground.strip()[:LONGEST_NOTE]
        return _saved(by, found)


def lacking(version: Version) -> list[str]:
    """What a draft lacks before it can be sent to review, as sentences."""
    grounded = not version.personal or bool(version.ground)
    said = (
        (bool(version.title), "give the dataset a title"),
        (len(version.description) >= 20, "describe the dataset in a sentence or two"),
        (
            bool(_OF_A_POST.search(version.contact)),
            "give the contact of a post: an e-mail address or a telephone number",
        ),
        (bool(version.choice), "choose the repaired file or the file as it was sent"),
        (grounded, "state the legal ground for the personal data, or send a file without them"),
    )
    return [text for good, text in said if not good]


def submit(by: Any, version: Version) -> Version:
    """Send a draft to review. Raises RefusedError with the first thing that it lacks."""
    _allowed(by, "publishing.write", version)
    before = newest(version.publication)
    file = version.repaired if version.choice == "repaired" else version.original
    changes = compared(before.result, file) if before is not None and before.result is not None and file else None
    with transaction.atomic():
        found = _held(by, version, "publishing.write", DRAFT)
        for text in lacking(found):
            raise RefusedError(text)
        found.result = found.repaired if found.choice == "repaired" else found.original
        found.state, found.note = REVIEW, ""
        found.changes = {**changes, "before": before.number} if changes and before is not None else None
        return _saved(by, found)


def newest(publication: Publication) -> Version | None:
    """The newest version that stands; None where none does."""
    found = publication.versions.filter(state=PUBLISHED).select_related("publication", "result")
    newest_one: Version | None = found.order_by("-number").first()
    return newest_one


def published(institution: str = "") -> QuerySet[Version]:
    """Every version that was published, those taken down too."""
    wanted = Q(state__in=STANDING) & (Q(publication__institution=institution) if institution else Q())
    found: QuerySet[Version] = Version.objects.filter(wanted).select_related("publication", "result")
    return found.order_by("publication__institution", "publication__slug", "-number")


def mark(publication: Publication | None = None) -> str:
    """What changes when something is published or taken down: part of the mark of public pages."""
    found = published() if publication is None else published().filter(publication=publication)
    rows = found.order_by("pk").values_list("pk", "state", "taken_down")
    return ",".join(f"{key}:{state}" for key, state, _ in rows)


def _sent(by: Any, institution: str, upload: File) -> Sent:
    row = files.take(by, upload, purpose="data", institution=institution)
    with examined(row) as found:
        repaired = None
        if found.repaired is not None:
            made = found.report["repair"]
            repaired = files.keep_made(by, found.repaired, made["name"], made["kind"], made["media_type"], institution)
        return Sent(row, found.report, repaired)


def _parts(sent: Sent) -> tuple[StoredFile, StoredFile | None, dict[str, Any], list[dict[str, str]]]:
    return sent.original, sent.repaired, sent.report, sent.report["personal"]


def _added(by: Any, publication: Publication, sent: Sent, described: Mapping[str, Any]) -> Version:
    original, repaired, report, personal = _parts(sent)
    now = timezone.now()
    made: Version = Version.objects.create(
        publication=publication, original=original, repaired=repaired, report=report, personal=personal, begun=now,
        changed=now, hands=[by.pk], choice="" if repaired else "original", **described,
    )  # fmt: skip
    return made


def _saved(by: Any, version: Version) -> Version:
    version.changed = timezone.now()
    version.hands = sorted({*version.hands, by.pk})
    version.save()
    return version


def _held(by: Any, version: Version, permission: str, *states: str) -> Version:
    found: Version = Version.objects.select_for_update().get(pk=version.pk)
    _allowed(by, permission, found)
    if found.state not in states:
        raise RefusedError("this version is not in a state that permits this step; load the page again")
    return found


def _allowed(by: Any, permission: str, version: Version) -> None:
    if not may(by, permission, version):
        raise RefusedError("only those who speak for the institution do this; a review is done by somebody else")


def _open_one(publication: Publication) -> bool:
    return bool(publication.versions.filter(state__in=(DRAFT, REVIEW)).exists())


def _free(institution: str, title: str) -> str:
    """A name for addresses that no other dataset of the institution has."""
    stem = slug(title, 80) or "datos"
    taken = set(Publication.objects.filter(institution=institution).values_list("slug", flat=True))
    return next(name for name in (stem, *(f"{stem}-{number}" for number in range(2, 10_000))) if name not in taken)
