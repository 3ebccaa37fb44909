"""What changes communiqués: each a rule, a transaction, and an entry in the trail that the database writes."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from atalaya.news import communique as words
from atalaya.news.body import words_of as body_words
from atalaya.news.markup import read_body, written
from atalaya.portal.accounts.rules import may, standing
from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.files import services as files
from atalaya.portal.news.given import Given, Taken, taken
from atalaya.portal.news.models import About, Communique, Correction, Period
from atalaya.portal.news.models.communiques import Communiques
from atalaya.portal.news.states import DRAFT, PUBLISHED, SCHEDULED, moves_from
from atalaya.portal.news.telling import tell_published
from atalaya.publish.read_model.search_words import fold, forms
from atalaya.publish.read_model.search_words import words_of as search_words

SLUG = 80
"""Characters of the words in an address."""
FURTHEST = timedelta(days=366)
"""How far ahead something is scheduled at most."""

FIELDS = ("title", "summary", "number", "on", "body", "video", "tags", "attachments", "about")
"""What a correction may change; who issued it stays."""


def write(by: Any, given: Given, communique: Communique | None = None) -> tuple[Communique, Taken]:
    """Begin a draft, or change one that is not published yet; gives it with what was left out of its text.

    Raises RefusedError where `by` may not write for the institution, something given cannot be, or it is published already.
    """
    _writer(by, given.issuer)
    fit = taken(given)
    with transaction.atomic():
        if communique is None:
            row = Communique(slug=_slug(given.on, fit.values["title"]), state=DRAFT, by=_account(by))
        else:
            row = held_for(by, communique)
            if row.stands(timezone.now()) not in (DRAFT, SCHEDULED):
                raise RefusedError("this communiqué is published; correct it instead, and say why")
        _store(row, fit)
    return row, fit


def discard(by: Any, communique: Communique) -> None:
    """Delete a draft. Raises RefusedError where `by` may not, or it is no draft."""
    with transaction.atomic():
        row = held_for(by, communique)
        if row.state != DRAFT:
            raise RefusedError("only drafts are discarded; what was published is withdrawn, with a reason")
        for picture in row.pictures.select_related("file"):
            files.withdraw(picture.file, "its draft was discarded")
        row.delete()


def schedule(by: Any, communique: Communique, at: datetime) -> Communique:
    """Let a communiqué be published at an hour. Raises RefusedError where `by` may not, or the hour is past or too far away."""
    now = timezone.now()
    if not now < at <= now + FURTHEST:
        raise RefusedError("choose an hour that is to come, within {days} days", days=FURTHEST.days)
    return _moved(by, communique, "schedule", published=at)


def unschedule(by: Any, communique: Communique) -> Communique:
    """Make a scheduled communiqué a draft again. Raises RefusedError where `by` may not, or its hour has come."""
    return _moved(by, communique, "unschedule", published=None)


def publish(by: Any, communique: Communique) -> Communique:
    """Publish a communiqué now. Raises RefusedError where `by` may not, or it is published already."""
    return _moved(by, communique, "publish", published=timezone.now())


def withdraw(by: Any, communique: Communique, why: str, *, hidden: bool = False) -> Communique:
    """Withdraw a communiqué: its page stays, and says when and why; `hidden`: without its text, such as where it holds personal
    data. Raises RefusedError without a reason, or where `by` may not."""
    if not why.strip():
        raise RefusedError("say why it is withdrawn: its page will say so")
    now = timezone.now()
    return _moved(by, communique, "withdraw", withdrawn=now, withdrawn_why=why.strip(), hidden=hidden)


def correct(by: Any, communique: Communique, given: Given, why: str) -> Correction:
    """Change a published communiqué; what it said before is kept and shown.

    Raises RefusedError where `by` may not, nothing changes, no reason is given, or it is not published.
    """
    if not why.strip():
        raise RefusedError("say why it is corrected: its page will say so")
    fit = taken(given)
    now = timezone.now()
    with transaction.atomic():
        row = held_for(by, communique)
        if row.stands(now) != PUBLISHED:
            raise RefusedError("only what is published is corrected")
        if row.issuer != given.issuer:
            raise RefusedError(
                "who issued a communiqué stays; withdraw it, and let the other institution issue its own"
            )
        old, new = values_of(row), {**fit.values, "about": _keys(fit.about)}
        before = {name: _plain(old[name]) for name in FIELDS if _plain(old[name]) != _plain(new[name])}
        if not before:
            raise RefusedError("nothing differs from what is published")
        made: Correction = Correction.objects.create(
            communique=row, at=now, why=why.strip(), before=before, by=_account(by)
        )
        _settled(row, now)
        _store(row, fit)
    return made


def settle() -> list[Communique]:
    """Write down as published what was scheduled and whose hour has come, and tell followers; pages show it since its hour."""
    now = timezone.now()
    with transaction.atomic():
        due = list(Communique.objects.select_for_update().filter(state=SCHEDULED, published__lte=now))
        for row in due:
            _settled(row, now)
            row.save(update_fields=["state", "changed"])
    return due


def begin(communiques: Iterable[words.Communique], periods: Iterable[words.Period]) -> list[str]:
    """Bring in the communiqués of a country pack that the portal does not hold yet, and its periods of government as they are.

    What the portal holds is what people made of it, and stays. Gives the names of the new ones.
    """
    with transaction.atomic():
        _bring_in_periods(periods)
        held = set(Communique.objects.values_list("slug", flat=True))
        new = [each for each in communiques if each.id not in held]
        for each in new:
            _bring_in(each)
    return [each.id for each in new]


def _bring_in_periods(periods: Iterable[words.Period]) -> None:
    kept = []
    for each in periods:
        values = {name: getattr(each, name) for name in ("since", "until", "source")}
        values |= {"title": dict(each.title), "note": dict(each.note)}
        row = Period.objects.filter(pk=each.id).first() or Period(identifier=each.id)
        if row._state.adding or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
        kept.append(each.id)
    Period.objects.exclude(pk__in=kept).delete()


def _bring_in(each: words.Communique) -> None:
    fields = ("issuer", "on", "title", "summary", "number", "video", "note")
    row = Communique(slug=each.id, state=PUBLISHED, published=timezone.now())
    values = {name: getattr(each, name) for name in fields}
    values |= {"body": written(each.body), "tags": list(each.tags), "sources": list(each.sources)}
    values["attachments"] = [{"title": a.title, "url": a.url} for a in each.attachments]
    _store(row, Taken(values, each.about))


def writable(by: Any) -> Communiques:
    """The communiqués that somebody may change: all for analysts and administrators, their institutions' for focal points."""
    mine = standing(by)
    found: Communiques = Communique.objects.all()
    return found if mine.roles & {"analyst", "administrator"} else found.filter(issuer__in=mine.institutions)


def values_of(row: Communique) -> dict[str, Any]:
    """What a communiqué says now, field by field, as a correction compares it."""
    found = {name: getattr(row, name) for name in FIELDS if name != "about"}
    return {**found, "about": _keys(words.Subject(each.kind, each.key) for each in row.about.all())}


def _store(row: Communique, fit: Taken) -> None:
    for name, value in fit.values.items():
        setattr(row, name, value)
    row.stems = _stems(row)
    row.save()
    held = {(each.kind, each.key): each for each in row.about.all()}
    wanted = [(each.kind, each.key) for each in fit.about]
    row.about.filter(pk__in=[each.pk for key, each in held.items() if key not in wanted]).delete()
    About.objects.bulk_create(About(communique=row, kind=k, key=key) for k, key in wanted if (k, key) not in held)


def _stems(row: Communique) -> list[str]:
    text = "\n".join((row.title, row.summary, row.number, body_words(read_body(row.body)), *row.tags))
    return sorted({form for word in set(search_words(text)) for form in forms(word)})


def _moved(by: Any, communique: Communique, name: str, **values: Any) -> Communique:
    with transaction.atomic():
        row = held_for(by, communique)
        state = row.stands(timezone.now())
        step = next((each for each in moves_from(state) if each.id == name), None)
        if step is None:
            raise RefusedError("this communiqué stands otherwise by now; look at it again")
        _settled(row, timezone.now())
        row.state = step.after
        for field, value in values.items():
            setattr(row, field, value)
        row.save()
        if step.id == "publish":
            tell_published(row)
    return row


def _settled(row: Communique, now: datetime) -> None:
    """Let a scheduled one whose hour has come be published, and its followers be told; the row is not written yet."""
    if row.state != row.stands(now):
        row.state = PUBLISHED
        tell_published(row)


def held_for(by: Any, communique: Communique) -> Communique:
    """The row of a communiqué, locked, for somebody who may write it. Raises RefusedError where they may not."""
    row: Communique = Communique.objects.select_for_update().get(pk=communique.pk)
    _writer(by, row.issuer)
    return row


def _writer(by: Any, institution: str) -> None:
    if by is not CONSOLE and not may(by, "news.write", institution):
        raise RefusedError("only analysts and those who speak for the institution write its communiqués")


def _slug(on: date, title: str) -> str:
    words_ = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:SLUG].strip("-")
    begun = f"{on.isoformat()}-{words_}".strip("-")
    taken_ = set(Communique.objects.filter(slug__startswith=begun).values_list("slug", flat=True))
    return next(each for n in range(1, len(taken_) + 3) if (each := begun if n == 1 else f"{begun}-{n}") not in taken_)


def _account(by: Any) -> Any:
    return None if by is CONSOLE else by


def _keys(subjects: Iterable[words.Subject]) -> list[str]:
    return sorted(f"{each.kind}:{each.key}" for each in subjects)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
