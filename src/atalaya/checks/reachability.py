"""What one probe and the earlier ones say together about an address: reached, gone, failing, hidden or not asked.

One failure proves little: networks, servers and filters fail for a day. Only a 404 or 410 that was looked at twice, or
a failure that was seen on two days, is held against a publisher; refusals (401, 403, 407), limits (429) and robots.txt
never are.
"""

from dataclasses import dataclass
from datetime import date

from atalaya.checks.cases import Prior, ProbeFacts

ATTEMPT_FIELDS = (
    "as_of",
    "probe",
    "probe.status",
    "probe.failure",
    "probe.second_look",
    "prior.failing_since",
    "prior.unreached_since",
)

GONE = (404, 410)
REFUSALS = (401, 403, 407)
TOO_MANY = 429
NOT_ASKED = ("postponed", "scheme")
"""Failures of an address that was left alone: its host needed a pause, or it is of a kind that is not read here."""

BEYOND = ("oversize", "bomb")
"""Failures that speak of our limits: the answer came, and there was more of it than is read."""

OURS = ("address", "url")
"""Failures that speak of the published address itself: it is no web address, or one inside a private network."""

CAUSES = {
    "dns": "the name of the server does not exist",
    "refused": "connection refused",
    "timeout": "no answer in time",
    "connection": "the connection broke",
    "truncated": "the answer broke off",
    "redirects": "redirects without end",
    "tls_expired": "expired certificate",
    "tls_wrong_host": "certificate of another name",
    "tls_self_signed": "self-signed certificate",
    "tls_other": "unusable certificate",
    "address": "it belongs to a private network",
    "url": "it is not a web address",
    "bomb": "it unpacks to far more than it weighs",
    "encoding": "compressed in a way that cannot be undone",
    "oversize": "it goes on beyond every limit",
}
"""The words for `Reach.cause` where it is a failure; an HTTP status speaks for itself."""


@dataclass(frozen=True, slots=True)
class Reach:
    """`state` is reached, beyond, refused, limited, robots, unusable, gone, gone_once, failing, failed_once or not_asked.

    `cause` is the HTTP status or the failure, `since` the date of the first failure where it was seen before.
    """

    state: str
    cause: str = ""
    since: date | None = None


def reach(as_of: date, probe: ProbeFacts | None, prior: Prior) -> Reach:
    """How an address stands after this probe and the ones before it."""
    if probe is None:
        return Reach("not_asked")
    if probe.failure is not None:
        return _after_failure(as_of, probe.failure, prior)
    status = probe.status
    if status is None:
        return Reach("not_asked")
    if 200 <= status < 300 or status == 304:
        return Reach("reached", str(status))
    if status in GONE:
        return _after_gone(as_of, status, probe, prior)
    if status in REFUSALS:
        return Reach("refused", str(status))
    if status == TOO_MANY:
        return Reach("limited", str(status))
    return _soft(as_of, str(status), prior)


def _after_failure(as_of: date, failure: str, prior: Prior) -> Reach:
    if failure == "robots":
        return Reach("robots", failure)
    if failure in BEYOND:
        return Reach("beyond", failure)
    if failure in NOT_ASKED:
        return Reach("not_asked")
    return Reach("unusable", failure) if failure in OURS else _soft(as_of, failure, prior)


def _after_gone(as_of: date, status: int, probe: ProbeFacts, prior: Prior) -> Reach:
    since = prior.failing_since
    earlier = since is not None and since < as_of
    state = "gone" if probe.second_look or earlier else "gone_once"
    return Reach(state, str(status), since if earlier else None)


def _soft(as_of: date, cause: str, prior: Prior) -> Reach:
    since = prior.unreached_since
    if since is not None and since < as_of:
        return Reach("failing", cause, since)
    return Reach("failed_once", cause)
