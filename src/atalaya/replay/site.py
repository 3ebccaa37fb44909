"""Which answer a replay gives to which URL: routes first, then recordings, then services in their order."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from atalaya.fetch.urls import Address, parse
from atalaya.replay.answers import MEDIA_TYPES, Reply, file_reply, key_of, validated
from atalaya.replay.ckan import CKAN
from atalaya.replay.folder import CKANService, FolderService, RecordingsService, ReplayFolder, Route
from atalaya.replay.recordings import Recording, choose, read_recordings

NOT_FOUND = Reply(status=404, headers={"Content-Type": "text/plain; charset=utf-8"}, body=b"Not found\n")


class Site:
    """Everything that a replay folder serves. Raises ReplayError when a part of it cannot be read."""

    def __init__(self, folder: ReplayFolder) -> None:
        self._routes = {key_of(parse(route.url)): route for route in folder.routes}
        self._ckan = [CKAN(service) for service in folder.services if isinstance(service, CKANService)]
        self._folders = [service for service in folder.services if isinstance(service, FolderService)]
        self._recordings: dict[str, tuple[Recording, ...]] = {}
        found: defaultdict[str, list[Recording]] = defaultdict(list)
        for service in folder.services:
            if isinstance(service, RecordingsService):
                for recording in read_recordings(service.folder):
                    found[recording.key].append(recording)
        self._recordings = {key: tuple(recordings) for key, recordings in found.items()}
        bases = [s.base for s in folder.services if isinstance(s, CKANService | FolderService)]
        self.origins = {parse(url).origin for url in [*bases, *(route.url for route in folder.routes)]}
        self.origins |= {recording.origin for recordings in found.values() for recording in recordings}

    def reply(self, address: Address, asked: Mapping[str, str]) -> Reply:
        """The answer to a GET; `asked` are the request's headers, lower-case names."""
        key = key_of(address)
        if route := self._routes.get(key):
            return validated(_route_reply(route), asked)
        if recordings := self._recordings.get(key):
            return validated(choose(recordings, asked.get("accept", "")).reply(), asked)
        url, _, query = address.url.partition("?")
        for ckan in self._ckan:
            if action := ckan.action_of(url):
                return validated(ckan.reply(action, dict(parse_qsl(query, keep_blank_values=True))), asked)
        for service in self._folders:
            if path := _file_of(service, url):
                return validated(file_reply(path, service.validators, service.last_modified), asked)
        return NOT_FOUND


def _route_reply(route: Route) -> Reply:
    body = route.file.read_bytes() if route.file is not None else (route.text or "").encode()
    headers = dict(route.headers)
    if not any(name.lower() == "content-type" for name in headers):
        ending = route.file.suffix.lower() if route.file is not None else ".txt"
        headers["Content-Type"] = MEDIA_TYPES.get(ending, "application/octet-stream")
    return Reply(
        status=route.status,
        headers=headers,
        body=body,
        validators=route.validators,
        last_modified=route.last_modified,
        delay=route.delay,
        fault=route.fault,
    )


def _file_of(service: FolderService, url: str) -> Path | None:
    """The file that a URL below the service's base names; None where it is none or lies outside the folder."""
    base = service.base.rstrip("/") + "/"
    if not url.startswith(base):
        return None
    name = unquote(url.removeprefix(base))
    if not name or name.endswith("/") or "\0" in name:
        return None
    path = (service.folder / name.lstrip("/")).resolve()
    return path if path.is_relative_to(service.folder) and path.is_file() else None
