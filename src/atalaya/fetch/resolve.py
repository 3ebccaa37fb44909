"""`resolve.json`: which origins are served from somewhere else, such as a replay on loopback.

    {"format": 1, "unlisted": "fail", "origins": {"https://host:443": "http://127.0.0.1:4711"}}

The scheme of the value says whether TLS is spoken there. `null` means that the name does not resolve and `refused` that the
connection is refused. `unlisted: fail` makes every other origin fail as an unknown name, so that nothing leaves the machine;
`connect` lets it go to the network.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from atalaya.exceptions import SourceError
from atalaya.fetch.answers import Failure
from atalaya.fetch.guard import Refusal
from atalaya.fetch.urls import Address, UnusableURL, parse

_KEYS = {"format", "unlisted", "origins"}


@dataclass(frozen=True, slots=True)
class ResolveMap:
    """Origin (`scheme://host:port`) → where it is served: an address, `refused`, or None where the name does not resolve."""

    origins: Mapping[str, str | None] = field(default_factory=dict)
    unlisted: str = "fail"

    def find(self, address: Address) -> Address | Refusal | None:
        """Where an address is served: a place, a refusal, or None where the network is to be asked."""
        if address.origin not in self.origins:
            return None if self.unlisted == "connect" else Refusal(Failure.DNS, "the name does not resolve")
        value = self.origins[address.origin]
        if value is None:
            return Refusal(Failure.DNS, "the name does not resolve")
        if value == "refused":
            return Refusal(Failure.REFUSED, "the connection is refused")
        return parse(value)

    def lists(self, address: Address) -> bool:
        """Whether the origin of an address is listed, and so exempt from the guard of addresses."""
        return address.origin in self.origins


def read_resolve(path: Path) -> ResolveMap:
    """Read a file of this shape. Raises SourceError naming the file, the entry and what to write instead."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}; give the file that a replay wrote") from error
    except ValueError as error:
        raise SourceError(f"{path} is not JSON: {error}") from error
    return read_document(document, str(path))


def read_document(document: object, place: str = "resolve.json") -> ResolveMap:
    """Read a parsed document of this shape; `place` is named in errors. Raises SourceError."""
    if not isinstance(document, dict) or set(document) - _KEYS or document.get("format") != 1:
        raise SourceError(f'{place} must be an object with "format": 1, "unlisted" and "origins", and nothing else')
    unlisted = document.get("unlisted", "fail")
    if unlisted not in ("fail", "connect"):
        raise SourceError(f'{place}: "unlisted" is {unlisted!r}; write "fail" or "connect"')
    origins = document.get("origins")
    if not isinstance(origins, dict):
        raise SourceError(f'{place}: "origins" must be an object of origin → address')
    read: dict[str, str | None] = {}
    for origin, value in origins.items():
        key = _origin(origin, place)
        if key in read:
            raise SourceError(f"{place}: the origin {origin} stands there twice")
        read[key] = value if value in (None, "refused") else _origin(value, place)
    return ResolveMap(read, unlisted)


def _origin(text: object, place: str) -> str:
    """An origin in canonical spelling."""
    try:
        address = parse(text) if isinstance(text, str) and "://" in text else None
    except UnusableURL as error:
        raise SourceError(f"{place}: {text!r} is not an origin: {error}") from error
    if address is None or address.target != "/" or address.user:
        raise SourceError(f"{place}: {text!r} is not an origin; write it as https://host:443")
    return address.origin
