"""Recordings: bodies as they were on the wire, each beside a `*.http.json` with the request, the status and the headers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from atalaya.exceptions import ReplayError
from atalaya.fetch.urls import UnusableURL, parse
from atalaya.replay.answers import Reply, key_of

ENDING: Final = ".http.json"

HOP_BY_HOP: Final = frozenset(
    (
        *(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
        ),
        *("upgrade", "set-cookie", "content-length", "date", "alt-svc", "strict-transport-security"),
    )
)
"""Headers of one connection (RFC 9110 §7.6.1), and those that a server on loopback writes itself or may not promise."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One recorded answer: where it was asked, and what came."""

    key: str
    origin: str
    media_type: str
    sidecar: Path
    body: Path
    status: int
    reason: str | None
    headers: Mapping[str, str]

    def reply(self) -> Reply:
        """The recorded answer; its bytes are read when asked for. It honours the validators that it carries."""
        names = {name.lower(): value for name, value in self.headers.items()}
        return Reply(
            status=self.status,
            reason=self.reason,
            headers=self.headers,
            body=self.body.read_bytes(),
            validators="recorded" if {"etag", "last-modified"} & names.keys() else "none",
        )


def read_recordings(folder: Path) -> tuple[Recording, ...]:
    """Every recording below a folder, in the order of their paths. Raises ReplayError naming a file that cannot be read."""
    return tuple(_read(path) for path in sorted(folder.rglob(f"*{ENDING}")))


def choose(recordings: tuple[Recording, ...], accept: str) -> Recording:
    """Of several recordings of one address the first whose media type the request names, else the first."""
    wanted = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    for media_type in wanted:
        for recording in recordings:
            if recording.media_type == media_type:
                return recording
    return recordings[0]


def _read(sidecar: Path) -> Recording:
    body = _body_of(sidecar)
    try:
        document = json.loads(sidecar.read_text(encoding="utf-8"))
        request, response = document["request"], document["response"]
        address = parse(request["uri"])
        status, reason = int(response["status"]["code"]), response["status"].get("message")
        headers = {str(name): _text(value) for name, value in response["headers"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, UnusableURL) as error:
        raise ReplayError(
            f"{sidecar} is not a recording ({error}); it needs request.uri and response.status"
        ) from error
    kept = {name: value for name, value in headers.items() if name.lower() not in HOP_BY_HOP}
    media_type = next((value for name, value in kept.items() if name.lower() == "content-type"), "")
    return Recording(
        key=key_of(address),
        origin=address.origin,
        media_type=media_type.partition(";")[0].strip().lower(),
        sidecar=sidecar,
        body=body,
        status=status,
        reason=str(reason) if reason else None,
        headers=kept,
    )


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _body_of(sidecar: Path) -> Path:
    """The body stands beside its sidecar; its own name may end in `.gz` where it is gzip on the wire."""
    plain = sidecar.with_name(sidecar.name.removesuffix(ENDING))
    for body in (plain, plain.with_name(plain.name + ".gz")):
        if body.is_file():
            return body
    raise ReplayError(f"{sidecar} has no body beside it; put {plain.name} or {plain.name}.gz there")
