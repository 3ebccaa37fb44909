"""How much one client may read in a while: a bucket for each kind of reading, in the memory of each process.

A bucket fills at `rate` a second up to `rate * SECONDS`; what finds it empty is answered with 429 and when to come again. Nothing
is asked of the database, so that a read costs no more than it did. What people send is counted in `accounts.allowances`, for all
processes together.
"""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from atalaya.portal.api.answers import problem
from atalaya.portal.core.clients import client_address
from atalaya.portal.core.downloads import PARAMETER
from atalaya.portal.core.pages import page
from atalaya.portal.core.private import kept_private

SECONDS = 10.0
"""Seconds of its rate that a client may use at once."""

SHARES = {"pages": 1.0, "api": 0.5, "search": 0.5, "downloads": 0.25}
"""Kind of reading → its part of the rate that `ATALAYA_CLIENT_RATE` gives: what costs more is given less."""

CLIENTS = 20_000
"""Clients that are remembered; the ones that were silent longest are forgotten first."""

TOO_MUCH = "Too many requests came from your address; wait {seconds} seconds and go on more slowly."


@dataclass(slots=True)
class Buckets:
    """The buckets of all clients: what each holds, and when it was looked at. Of several threads one at a time."""

    clients: int = CLIENTS
    now: Callable[[], float] = time.monotonic
    _held: OrderedDict[tuple[str, str], tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, kind: str, client: str, rate: float) -> float:
        """Take one from a bucket: 0 where it was there, else the seconds until it is."""
        moment, most = self.now(), max(rate * SECONDS, 1.0)
        with self._lock:
            left, seen = self._held.pop((kind, client), (most, moment))
            left = min(left + (moment - seen) * rate, most)
            self._held[kind, client] = (left - 1.0 if left >= 1.0 else left, moment)
            if len(self._held) > self.clients:
                self._held.popitem(last=False)
        return 0.0 if left >= 1.0 else (1.0 - left) / rate


BUCKETS = Buckets()


def limits(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse what one client asks too much of."""

    def answer(request: HttpRequest) -> HttpResponse:
        kind = kind_of(request)
        seconds = BUCKETS.wait(kind, client_address(request), settings.CLIENT_RATE * SHARES[kind])
        return too_many(request, seconds) if seconds else get_response(request)

    return answer


def kind_of(request: HttpRequest) -> str:
    """What kind of reading a request is."""
    if for_machines(request):
        return "api"
    if request.GET.get(PARAMETER):
        return "downloads"
    return "search" if request.GET.get("q") else "pages"


def for_machines(request: HttpRequest) -> bool:
    """Whether a request is a program's: its errors are JSON, and what it posts is a question and no form."""
    return str(request.path_info).startswith(("/api/", "/sparql"))


def too_many(request: HttpRequest, seconds: float) -> HttpResponse:
    """429 with when to come again: to machines as every error of theirs, to people as a page."""
    whole = max(math.ceil(seconds), 1)
    if for_machines(request):
        response = problem(429, TOO_MUCH.format(seconds=whole))
    else:
        response = kept_private(page(request, "too_many.html", status=429, seconds=whole))
    response.headers["Retry-After"] = str(whole)
    return response
