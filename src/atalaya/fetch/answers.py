"""What came back from one address: the evidence of a probe."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Failure(StrEnum):
    """Why no usable answer came. HTTP statuses are not failures of ours: they are in `Answer.status`."""

    DNS = "dns"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    TLS_EXPIRED = "tls_expired"
    TLS_WRONG_HOST = "tls_wrong_host"
    TLS_SELF_SIGNED = "tls_self_signed"
    TLS_OTHER = "tls_other"
    REDIRECTS = "redirects"
    TRUNCATED = "truncated"
    ROBOTS = "robots"
    ADDRESS = "address"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes in the archive. `kept` is `whole`, or `ends` when only head and tail were kept of an oversized body."""

    sha256: str
    size: int
    kept: str
    path: Path


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at an address: volatile facts, kept out of every hash."""

    url: str
    number: int
    status: int | None
    failure: str | None
    seconds: float
    received_bytes: int
    address: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address answered. `blob` is None when no body was kept; a 304 carries the blob seen before.

    `requested_url` keeps the published address; `final_url` is where redirects led; header names are lower case.
    """

    requested_url: str
    final_url: str
    status: int | None = None
    redirects: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    blob: Blob | None = None
    failure: Failure | None = None
    detail: str | None = None
    not_modified: bool = False
    tls_failure: Failure | None = None
    attempts: tuple[Attempt, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether a body with status 2xx (or a confirmed 304) is at hand."""
        good = self.status is not None and (200 <= self.status < 300 or self.not_modified)
        return good and self.failure is None and self.blob is not None
