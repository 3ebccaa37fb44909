"""What a replay answers: one shape for routes, services and recordings, and the rules of conditional requests."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote

from atalaya.fetch.urls import Address, UnusableURL, parse

MEDIA_TYPES: Final = {
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".geojson": "application/geo+json",
    ".gz": "application/gzip",
    ".htm": "text/html",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".n3": "text/n3",
    ".nt": "application/n-triples",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".pdf": "application/pdf",
    ".rdf": "application/rdf+xml",
    ".ttl": "text/turtle; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""Media types by ending; written here because the machine's own table differs from one machine to the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer. `validators` says which validators it gets (`recorded`: those it has); `fault` how it breaks."""

    status: int = 200
    reason: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    validators: str = "none"
    last_modified: str | None = None
    delay: float = 0.0
    fault: str = "none"


def key_of(address: Address) -> str:
    """An address as answers are found by: the path decoded once, the query as sorted pairs."""
    path, _, query = address.target.partition("?")
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    return f"{address.origin}{unquote(path, errors='surrogateescape')}?{pairs!r}"


def key_of_url(url: str) -> str | None:
    """The key of a URL as text; None where it is none."""
    try:
        return key_of(parse(url))
    except UnusableURL:
        return None


def validated(reply: Reply, asked: Mapping[str, str]) -> Reply:
    """The reply to a request with these headers (lower-case names): with its validators, or a 304 where they match."""
    if reply.validators == "none" or reply.status != 200:
        return reply
    headers = dict(reply.headers)
    if reply.validators == "etag":
        headers["ETag"] = f'"{hashlib.sha256(reply.body).hexdigest()[:32]}"'
    elif reply.validators == "last_modified":
        headers["Last-Modified"] = reply.last_modified or ""
    names = {name.lower(): name for name in headers}
    tag, modified = headers.get(names.get("etag", "")), headers.get(names.get("last-modified", ""))
    if "if-none-match" in asked:  # takes the place of the date (RFC 9110 §13.2.2)
        same = tag is not None and _weak(tag) in map(_weak, asked["if-none-match"].split(","))
    else:
        same = _not_after(modified, asked.get("if-modified-since"))
    if same:
        kept = {name: value for name, value in headers.items() if name.lower() in ("etag", "last-modified")}
        return Reply(status=304, headers=kept, delay=reply.delay)
    return replace(reply, headers=headers)


def _weak(tag: str) -> str:
    return tag.strip().removeprefix("W/")


def _not_after(modified: str | None, since: str | None) -> bool:
    if not modified or not since:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False


def file_reply(path: Path, validators: str, last_modified: str | None) -> Reply:
    """A file as a plain server gives it."""
    modified = last_modified or (
        formatdate(int(path.stat().st_mtime), usegmt=True) if validators == "last_modified" else None
    )
    media_type = MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
    return Reply(
        headers={"Content-Type": media_type}, body=path.read_bytes(), validators=validators, last_modified=modified
    )
