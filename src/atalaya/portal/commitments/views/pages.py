"""What every page of plans has: rendered anew each time, known by the hash of what it says."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified

from atalaya.commitments.plan import Silence, StandIn
from atalaya.commitments.wording import DOMAIN, LEVELS, NOT_KNOWN, TIMINGS, VOICES, value_said
from atalaya.portal.commitments.models import Commitment
from atalaya.portal.core.pages import holds_zero, spoken
from atalaya.portal.observatory.models import Edition
from atalaya.publish.words import Words
from atalaya.translations import translate

View = Callable[..., HttpResponse]

TONES = {"complete": "good", "late": "bad", "silent": "bad", "at_risk": "warn"}


def current(view: View) -> View:
    """A public page over what people change: no cookie, an ETag of what it says, and a minute in caches."""

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if holds_zero(request):
            raise Http404(request.path)
        request.edition = Edition.objects.filter(newest=True).first() if Edition.is_there() else None
        response = view(request, *arguments, **named)
        # A page that holds what may have to be gone at once says itself that nobody keeps it.
        kept = response.headers.setdefault("Cache-Control", "public, max-age=60")
        if response.streaming or response.status_code != 200:
            return response
        etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        if request.headers.get("If-None-Match") == etag:
            response = HttpResponseNotModified()
            response.headers["Cache-Control"] = kept
        response.headers["ETag"] = etag
        return response

    return answer


def commitment_or_404(number: int, commitment: int) -> Commitment:
    """The row of a commitment of a plan. Raises Http404 where there is none."""
    found: Commitment | None = Commitment.objects.filter(plan=number, number=commitment).first()
    if found is None:
        raise Http404(commitment)
    return found


def said_by(request: HttpRequest) -> dict[str, Any]:
    """What templates of plans are given to write values, levels, voices and timings in the page's language."""
    say: Words = spoken(request)

    def text(value: object) -> str:
        if value is None or isinstance(value, Silence):
            return translate(NOT_KNOWN, say.language, DOMAIN)
        return value_said(value, say.language, say.locale)

    return {
        "text": text,
        "stands_in": lambda value: isinstance(value, StandIn) or value is None,
        "level": lambda name: translate(LEVELS.get(name, name), say.language, DOMAIN),
        "voice": lambda name: translate(VOICES[name], say.language, DOMAIN),
        "timing": lambda name: translate(TIMINGS[name], say.language, DOMAIN),
        "tone": lambda name: TONES.get(name, ""),
        "field": lambda title: translate(title, say.language, DOMAIN),
    }
