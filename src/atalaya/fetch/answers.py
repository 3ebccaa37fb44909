"""What came back from one address: the evidence of a probe."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from atalaya.store.archive import Blob


class Failure(StrEnum):
    """Why no usable answer came. HTTP statuses are not failures of ours: they are in `Answer.status`.

    `robots`, `postponed` and `scheme` (an address such as ftp, which is not read here) mean that nothing was asked; `bomb`
    and `encoding` that the body could not be unpacked; `oversize` that it went on beyond what is read of any body, and `spent`
    that its source had taken all the time, or given all the bytes, that one source may in a round.
    """

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
    SCHEME = "scheme"
    BOMB = "bomb"
    ENCODING = "encoding"
    POSTPONED = "postponed"
    OVERSIZE = "oversize"
    SPENT = "spent"


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

    def row(self) -> dict[str, object]:
        """All of it by name. A round writes one for each request: copying field by field would take a tenth of its time."""
        return {name: getattr(self, name) for name in Attempt.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """What an earlier round learned of an address, so that this one may ask whether it changed.

    `final_url` is where the earlier answer came from (None: the requested address itself); `headers` are its headers, which
    a 304 updates and does not repeat (RFC 9110 §15.4.5).
    """

    sha256: str
    etag: str | None = None
    last_modified: str | None = None
    final_url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address answered. `blob` is None when no body was kept; a 304 carries the blob seen before.

    `requested_url` keeps the published address; `redirects` are the addresses led to, in order, and `final_url` the last.
    Header names are lower case; a repeated header is one text with commas.
    `tls_failure` may stand beside a status and a body: the certificate was refused and the answer read all the same.
    `notes` are codes of what was odd and mended on the way: `url_repaired`, `scheme_added`, `coding_false`, `coding_twice`,
    `body_cut` (of an error answer only the first bytes are read).
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
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether a body with status 2xx (or a confirmed 304) is at hand."""
        good = self.status is not None and (200 <= self.status < 300 or self.not_modified)
        return good and self.failure is None and self.blob is not None
