"""Writes down what happened to what people follow, once."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from atalaya.portal.post.events import EVENTS, sentence
from atalaya.portal.post.models import Event
from atalaya.portal.post.subjects import KINDS
from atalaya.translations import LANGUAGES


def tell(
    subject: str, event: str, values: Mapping[str, Any], on: date, also: Iterable[str] = (), *, once: str = ""
) -> bool:
    """Write down that something happened to a subject, such as `plan:5`, in the caller's transaction; gives whether it is new.

    `also`: further subjects that it happened to: whoever follows several of them is told once. The same event with the same
    values on the same day is written once; with `once`, whatever its values and day. Nothing about people stands in values.
    Raises KeyError where there is no such event or kind of subject, or a value is lacking.
    """
    subjects = (subject, *also)
    for each in subjects:
        if each.partition(":")[0] not in KINDS:
            raise KeyError(f"{each!r} is nothing that can be followed; known are {', '.join(KINDS)}")
    lacking = sorted(EVENTS[event].wanted - set(values))
    if lacking:
        raise KeyError(f"an event {event!r} needs the values {', '.join(lacking)}")
    for language in LANGUAGES:
        sentence(event, values, language)
    what = [once] if once else [dict(values), on.isoformat()]
    said = json.dumps([subject, event, *what], sort_keys=True, ensure_ascii=False)
    mark = hashlib.sha256(said.encode()).hexdigest()
    first = {"name": event, "values": dict(values), "on": on, "told": timezone.now()}
    with transaction.atomic():
        new = [Event.objects.get_or_create(subject=each, mark=mark, defaults=first)[1] for each in subjects]
    return any(new)
