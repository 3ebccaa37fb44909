"""Defects of addresses: what the wire or the server does instead of handing over the file.

401, 403 and 407 hide the resource and stay unknown; 404 and 410 fail at a second look; refused connections, names that do not
resolve, silence, answers that stall or are cut and 5xx fail when two days agree; 429 and robots.txt never do.
"""

from dataclasses import replace

from atalaya.checks.outcomes import Verdict
from atalaya.samples.deliveries import Defect, Delivery
from atalaya.samples.files import text
from atalaya.samples.kinds import BYTE_CHECKS, KINDS

ALL = frozenset(KINDS)
_UNSEEN = dict.fromkeys(BYTE_CHECKS, Verdict.UNKNOWN)
_NOT_HIDDEN = {**_UNSEEN, "available_to_machines": Verdict.NOT_APPLICABLE}
_HIDDEN = {**_UNSEEN, "available_to_machines": Verdict.UNKNOWN, "reachable": Verdict.UNKNOWN}
_FIRST = {**_NOT_HIDDEN, "reachable": Verdict.UNKNOWN}
_LASTING = {**_NOT_HIDDEN, "reachable": Verdict.FAIL}
_NO_HANDSHAKE = {"tls_valid": Verdict.UNKNOWN}

_SILENCE = 3600.0
"""Seconds of silence: longer than any reader waits."""


def _status(delivery: Delivery, status: int, words: str) -> Delivery:
    page = text.html_page(f"{status} {words}", "Página de muestra del servidor.")
    return replace(delivery, status=status, body=page.encode(), served_type="text/html; charset=utf-8")


def _gone(delivery: Delivery) -> Delivery:
    return _status(delivery, 410, "Gone")


def _missing(delivery: Delivery) -> Delivery:
    return _status(delivery, 404, "Not Found")


def _forbidden(delivery: Delivery) -> Delivery:
    return _status(delivery, 403, "Forbidden")


def _unauthorised(delivery: Delivery) -> Delivery:
    answer = _status(delivery, 401, "Unauthorized")
    return replace(answer, headers={"WWW-Authenticate": 'Basic realm="muestra"'})


def _server_error(delivery: Delivery) -> Delivery:
    return _status(delivery, 500, "Internal Server Error")


def _reset(delivery: Delivery) -> Delivery:
    return replace(delivery, fault="reset")


def _cut(delivery: Delivery) -> Delivery:
    return replace(delivery, fault="truncate")


def _stalled(delivery: Delivery) -> Delivery:
    return replace(delivery, fault="stall")


def _silent(delivery: Delivery) -> Delivery:
    return replace(delivery, delay=_SILENCE)


def _limited(delivery: Delivery) -> Delivery:
    return _status(delivery, 429, "Too Many Requests")


def _limited_for_a_while(delivery: Delivery) -> Delivery:
    return replace(_limited(delivery), headers={"Retry-After": "1"})


def _barred(delivery: Delivery) -> Delivery:
    return replace(delivery, robots="User-agent: *\nDisallow: /\n")


def _nameless(delivery: Delivery) -> Delivery:
    return replace(delivery, host_state="no_dns")


def _refused(delivery: Delivery) -> Delivery:
    return replace(delivery, host_state="refused")


DEFECTS = (
    Defect(
        code="link_401",
        note="the address asks for a password",
        plant=_unauthorised,
        first=_HIDDEN,
        kinds=ALL,
        quota=2,
        bytes_seen=False,
    ),
    Defect(
        code="link_403",
        note="the server refuses to hand the file over",
        plant=_forbidden,
        first=_HIDDEN,
        kinds=ALL,
        quota=3,
        bytes_seen=False,
    ),
    Defect(
        code="link_404",
        note="the address leads nowhere",
        plant=_missing,
        first=_FIRST,
        lasting=_LASTING,
        kinds=ALL,
        quota=7,
        bytes_seen=False,
    ),
    Defect(
        code="link_410",
        note="the server says that the file was withdrawn",
        plant=_gone,
        first=_FIRST,
        lasting=_LASTING,
        kinds=ALL,
        quota=3,
        bytes_seen=False,
    ),
    Defect(
        code="link_429",
        note="the server asks for fewer requests",
        plant=_limited,
        first=_HIDDEN,
        kinds=ALL,
        quota=2,
        bytes_seen=False,
        own_host="lleno",
    ),
    Defect(
        code="link_429_later",
        note="the server asks for fewer requests and says when to come back",
        plant=_limited_for_a_while,
        first=_HIDDEN,
        kinds=ALL,
        quota=1,
        bytes_seen=False,
        own_host="ocupado",
    ),
    Defect(
        code="link_500",
        note="the server answers with an error of its own",
        plant=_server_error,
        first=_FIRST,
        lasting=_LASTING,
        kinds=ALL,
        quota=3,
        bytes_seen=False,
    ),
    Defect(
        code="link_barred",
        note="the robots.txt of the host forbids programs to read it",
        plant=_barred,
        first={**_HIDDEN, **_NO_HANDSHAKE},
        kinds=ALL,
        quota=3,
        bytes_seen=False,
        own_host="vedado",
        steady=True,
    ),
    Defect(
        code="link_cut",
        note="the answer ends before its declared length",
        plant=_cut,
        first=_FIRST,
        lasting=_LASTING,
        kinds=ALL,
        quota=2,
        bytes_seen=False,
    ),
    Defect(
        code="link_nameless",
        note="the name of the host does not resolve",
        plant=_nameless,
        first={**_FIRST, **_NO_HANDSHAKE},
        lasting={**_LASTING, **_NO_HANDSHAKE},
        kinds=ALL,
        quota=3,
        bytes_seen=False,
        own_host="sin-nombre",
    ),
    Defect(
        code="link_refused",
        note="the host refuses the connection",
        plant=_refused,
        first={**_FIRST, **_NO_HANDSHAKE},
        lasting={**_LASTING, **_NO_HANDSHAKE},
        kinds=ALL,
        quota=3,
        bytes_seen=False,
        own_host="cerrado",
    ),
    Defect(
        code="link_reset",
        note="the connection breaks before an answer",
        plant=_reset,
        first={**_FIRST, **_NO_HANDSHAKE},
        lasting={**_LASTING, **_NO_HANDSHAKE},
        kinds=ALL,
        quota=2,
        bytes_seen=False,
    ),
    Defect(
        code="link_silent",
        note="the host takes the connection and sends nothing",
        plant=_silent,
        first={**_FIRST, **_NO_HANDSHAKE},
        lasting={**_LASTING, **_NO_HANDSHAKE},
        kinds=ALL,
        quota=2,
        bytes_seen=False,
        own_host="mudo",
    ),
    Defect(
        code="link_stalled",
        note="the answer begins and never goes on",
        plant=_stalled,
        first=_FIRST,
        lasting=_LASTING,
        kinds=ALL,
        quota=1,
        bytes_seen=False,
        own_host="lento",
    ),
)
