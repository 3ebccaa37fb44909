"""`replay.yml`: what a replay folder serves, read strictly; every error names the file, the line and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

import yaml

from atalaya.exceptions import ReplayError
from atalaya.fetch.urls import UnusableURL, parse
from atalaya.yamls import LOADER, load_yaml

NAME: Final = "replay.yml"
VALIDATORS: Final = ("none", "etag", "last_modified")
FAULTS: Final = ("none", "reset", "truncate", "stall")
CERTIFICATES: Final = ("expired", "self_signed", "wrong_host")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One exact URL and its answer. `delay` in seconds before it; `fault` is how the answer breaks."""

    url: str
    file: Path | None = None
    text: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    validators: str = "none"
    last_modified: str | None = None
    delay: float = 0.0
    fault: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class CKANService:
    """A CKAN action API over the packages of a file, one a line."""

    base: str
    packages: Path
    rows_cap: int = 1000
    validators: str = "none"
    fail: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderService:
    """Files of a folder under a base address."""

    base: str
    folder: Path
    validators: str = "none"
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingsService:
    """Every recording, a `*.http.json` beside its body, of a folder."""

    folder: Path


Service = CKANService | FolderService | RecordingsService

_SERVICES: Final[Mapping[str, type[Service]]] = {
    "ckan": CKANService,
    "folder": FolderService,
    "recordings": RecordingsService,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayFolder:
    """All that a replay serves. `tls` is origin → kind of certificate; all origins are canonical (`https://host:443`)."""

    place: Path
    routes: tuple[Route, ...] = ()
    services: tuple[Service, ...] = ()
    tls: Mapping[str, str] = field(default_factory=dict)
    dns_failures: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    unlisted: str = "fail"


class _Numbered(dict[str, Any]):
    """A mapping that knows its line."""

    line = 0


class _Loader(LOADER):  # type: ignore[misc]
    """Safe loader whose mappings know their line and repeat no key."""


def _numbered(loader: _Loader, node: yaml.MappingNode) -> _Numbered:
    found = _Numbered()
    found.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str) or key in found:
            problem = f"the key {key!r} repeats or is no text"
            raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _numbered)


def read_folder(folder: Path) -> ReplayFolder:
    """Read `replay.yml` of a folder; without one every recording in the folder is served.

    Raises ReplayError when there is nothing to serve or something cannot be read.
    """
    place = folder / NAME
    if not folder.is_dir():
        raise ReplayError(f"{folder} is not a folder; give the folder that holds {NAME} or recordings")
    if place.exists():
        return _Reader(place).read()
    if next(folder.rglob("*.http.json"), None) is None:
        raise ReplayError(f"{folder} has neither {NAME} nor recordings (*.http.json); write a {NAME}")
    return ReplayFolder(place=folder, services=(RecordingsService(folder=folder),))


class _Reader:
    """Reads one `replay.yml`; keeps the file's name for errors."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._root = place.parent

    def read(self) -> ReplayFolder:
        try:
            document = load_yaml(self._place.read_text(encoding="utf-8"), _Loader)
        except (OSError, UnicodeError, yaml.YAMLError) as error:
            raise ReplayError(f"{self._place} cannot be read: {error}") from error
        names = {"format", "root", "routes", "services", "tls", "dns_failures", "refused", "unlisted"}
        top = self._mapping(document, names, 1, "the file")
        if top.get("format") != 1:
            raise self._error(1, f"format is {top.get('format')!r}; this version reads format: 1")
        if top.get("unlisted", "fail") not in ("fail", "connect"):
            raise self._error(1, "unlisted must be fail or connect")
        self._root = (self._place.parent / str(top.get("root", "."))).resolve()
        if not self._root.is_dir():
            raise self._error(1, f"root {self._root} is not a folder")
        return ReplayFolder(
            place=self._place,
            routes=tuple(self._route(item) for item in self._list(top, "routes")),
            services=tuple(self._service(item) for item in self._list(top, "services")),
            tls=dict(self._tls(item) for item in self._list(top, "tls")),
            dns_failures=tuple(o for item in self._list(top, "dns_failures") for o in self._origins(item)),
            refused=tuple(self._url(item, 1, origin=True) for item in self._list(top, "refused")),
            unlisted=str(top.get("unlisted", "fail")),
        )

    def _route(self, item: object) -> Route:
        entry = self._mapping(item, {f.name for f in fields(Route)}, 1, "a route")
        line = entry.line
        if ("file" in entry) == ("text" in entry) and not (
            "fault" in entry or ("text" not in entry and _bodiless(entry))
        ):
            raise self._error(line, "a route needs either file or text")
        values = dict(entry)
        values["url"] = self._url(values.get("url"), line)
        values["status"] = self._number(values.get("status", 200), line, "status", 100, 999)
        values["delay"] = self._number(values.get("delay", 0.0), line, "delay", 0, 3600)
        values["headers"] = self._headers(values.get("headers", {}), line)
        self._one_of(values.get("validators", "none"), VALIDATORS, line, "validators")
        self._one_of(values.get("fault", "none"), FAULTS, line, "fault")
        if values.get("file") is not None:
            values["file"] = self._path(values["file"], line)
        if values.get("text") is not None:
            values["text"] = str(values["text"])
        if values.get("validators") == "last_modified" and not values.get("last_modified"):
            raise self._error(line, "validators: last_modified needs the field last_modified beside it")
        return Route(**{**values, "status": int(values["status"])})

    def _service(self, item: object) -> Service:
        line = getattr(item, "line", 1)
        kind = item.get("kind") if isinstance(item, dict) else None
        self._one_of(kind, tuple(_SERVICES), line, "kind")
        shape = _SERVICES[str(kind)]
        entry = self._mapping(item, {"kind", *(f.name for f in fields(shape))}, line, f"a service of kind {kind}")
        values = {name: value for name, value in entry.items() if name != "kind"}
        needed = {"ckan": ("base", "packages"), "folder": ("base", "folder"), "recordings": ("folder",)}[str(kind)]
        if lacking := [name for name in needed if name not in values]:
            raise self._error(line, f"a service of kind {kind} needs {' and '.join(lacking)}")
        if "base" in values:
            values["base"] = self._url(values["base"], line)
        for name in ("packages", "folder"):
            if name in values:
                values[name] = self._path(values[name], line, folder=name == "folder")
        self._one_of(values.get("validators", "none"), VALIDATORS, line, "validators")
        if "rows_cap" in values:
            values["rows_cap"] = int(self._number(values["rows_cap"], line, "rows_cap", 1, 10**9))
        if "fail" in values:
            fail = self._mapping(values["fail"], None, line, "fail")
            values["fail"] = {name: int(self._number(status, line, "fail", 400, 599)) for name, status in fail.items()}
        return shape(**values)

    def _origins(self, item: object) -> tuple[str, ...]:
        """An origin as it stands, or both origins of a host."""
        names = (item,) if "://" in str(item) else (f"http://{item}", f"https://{item}")
        return tuple(self._url(name, 1, origin=True) for name in names)

    def _tls(self, item: object) -> tuple[str, str]:
        entry = self._mapping(item, {"origin", "certificate"}, 1, "an entry of tls")
        origin = self._url(entry.get("origin"), entry.line, origin=True)
        if not origin.startswith("https:"):
            raise self._error(entry.line, f"{origin} cannot have a certificate: write an https origin")
        self._one_of(entry.get("certificate"), CERTIFICATES, entry.line, "certificate")
        return origin, str(entry["certificate"])

    def _mapping(self, item: object, names: set[str] | None, line: int, what: str) -> _Numbered:
        if not isinstance(item, _Numbered):
            raise self._error(line, f"{what} must be a mapping, not {item!r}")
        if names is not None and (strange := sorted(set(item) - names)):
            raise self._error(item.line, f"{what} has no field {strange[0]!r}; it has {', '.join(sorted(names))}")
        return item

    def _list(self, top: _Numbered, name: str) -> list[object]:
        found = top.get(name) or []
        if not isinstance(found, list):
            raise self._error(top.line, f"{name} must be a list")
        return found

    def _url(self, value: object, line: int, *, origin: bool = False) -> str:
        """A URL as `fetch` asks for it, or a canonical origin."""
        try:
            address = parse(str(value))
        except UnusableURL as error:
            raise self._error(line, f"{value!r} is not a URL: {error}") from error
        return address.origin if origin else address.url

    def _path(self, value: object, line: int, *, folder: bool = False) -> Path:
        path = (self._root / str(value)).resolve()
        if not path.is_relative_to(self._root):
            raise self._error(line, f"{value} lies outside the root {self._root}; move root up or the file in")
        if not (path.is_dir() if folder else path.is_file()):
            raise self._error(line, f"{value} is not a {'folder' if folder else 'file'} under the root {self._root}")
        return path

    def _headers(self, value: object, line: int) -> dict[str, str]:
        mapping = self._mapping(value, None, line, "headers") if value else _Numbered()
        return {name: str(text) for name, text in mapping.items()}

    def _number(self, value: object, line: int, what: str, least: float, most: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self._error(line, f"{what} is {value!r}; give a number from {least} to {most}")
        return value

    def _one_of(self, value: object, choices: tuple[str, ...], line: int, what: str) -> None:
        if value not in choices:
            raise self._error(line, f"{what} is {value!r}; it is one of {', '.join(choices)}")

    def _error(self, line: int, text: str) -> ReplayError:
        return ReplayError(f"{self._place}, line {line}: {text}")


def _bodiless(entry: _Numbered) -> bool:
    """Redirects, 204, 304 and errors may have no body."""
    status = entry.get("status", 200)
    return isinstance(status, int) and status >= 204
