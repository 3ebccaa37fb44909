"""A CKAN action API over recorded packages, as CKAN 2.10 answers: envelope, paging, caps and errors (CKAN API guide).

Searches ignore `q` and `fq`: a replay holds what a harvester reads, and harvesters read everything.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from atalaya.exceptions import ReplayError
from atalaya.replay.answers import Reply
from atalaya.replay.folder import CKANService

Package = Mapping[str, Any]
Parameters = Mapping[str, str]

ROWS: Final = 10
"""Packages on a page of `package_search` where none are asked for."""

MEDIA_TYPE: Final = "application/json;charset=utf-8"
VERSION: Final = "2.10.4"


class _Refused(Exception):
    """Raised inside this module for a request that CKAN answers with an error envelope."""

    def __init__(self, status: int, error: dict[str, object]) -> None:
        super().__init__(status)
        self.status, self.error = status, error


class CKAN:
    """The action API of one replayed site. Raises ReplayError when its packages cannot be read."""

    def __init__(self, service: CKANService) -> None:
        self._service = service
        self._base = service.base.rstrip("/")
        everything = _read_packages(service.packages)
        self._private = [package for package in everything if not _public(package)]
        self._packages = [package for package in everything if _public(package)]
        self._actions: Mapping[str, Callable[[Parameters], object]] = {
            "current_package_list_with_resources": self._listed,
            "group_list": lambda parameters: self._bodies("groups", parameters),
            "license_list": lambda _parameters: [],
            "organization_list": lambda parameters: self._bodies("organization", parameters),
            "organization_show": self._organization,
            "package_list": self._names,
            "package_search": self._search,
            "package_show": self._show,
            "resource_show": self._resource,
            "site_read": lambda _parameters: True,
            "status_show": lambda _parameters: self._status(),
        }

    def action_of(self, url: str) -> str | None:
        """The action that a URL (without its query) names; None where it is not of this API."""
        for prefix in ("/api/3/action/", "/api/action/"):
            if url.startswith(self._base + prefix):
                return url.removeprefix(self._base + prefix).strip("/")
        return None

    def reply(self, action: str, parameters: Parameters) -> Reply:
        """What CKAN answers to an action."""
        if action in self._service.fail:
            text = "<html><head><title>Server Error</title></head><body><h1>Server Error</h1></body></html>"
            return Reply(
                status=self._service.fail[action],
                headers={"Content-Type": "text/html; charset=utf-8"},
                body=text.encode(),
            )
        if action not in self._actions:
            return _json(400, f"Bad request - Action name not known: {action}", "none")
        envelope: dict[str, object] = {"help": f"{self._base}/api/3/action/help_show?name={action}"}
        try:
            envelope |= {"success": True, "result": self._actions[action](parameters)}
            return _json(200, envelope, self._service.validators)
        except _Refused as refused:
            return _json(refused.status, {**envelope, "success": False, "error": refused.error}, "none")

    def _search(self, parameters: Parameters) -> object:
        rows = min(_integer(parameters, "rows", ROWS), self._service.rows_cap)
        start = _integer(parameters, "start", 0)
        found = self._sorted(parameters.get("sort") or "score desc, metadata_modified desc")
        return {
            "count": len(found),
            "facets": {},
            "results": found[start : start + rows],
            "sort": parameters.get("sort") or "score desc, metadata_modified desc",
            "search_facets": {},
        }

    def _sorted(self, order: str) -> list[Package]:
        """Packages by the fields of a Solr order; equal ones, and fields that packages do not have, as in the file."""
        found = list(self._packages)
        for part in reversed(order.split(",")):
            name, _, direction = part.strip().partition(" ")
            name = {"title_string": "title", "views_recent": "score"}.get(name, name)
            if any(name in package for package in found):
                found.sort(key=lambda p, n=name: str(p.get(n) or ""), reverse=direction.strip().lower() == "desc")  # type: ignore[misc]
        return found

    def _names(self, parameters: Parameters) -> object:
        names = sorted(str(package.get("name") or package.get("id")) for package in self._packages)
        return _slice(names, parameters)

    def _listed(self, parameters: Parameters) -> object:
        return _slice(self._sorted("metadata_modified desc"), parameters)

    def _show(self, parameters: Parameters) -> object:
        wanted = _required(parameters, "id")
        if package := _find(self._packages, wanted):
            return package
        if _find(self._private, wanted):
            message = f"Access denied: User not authorized to read package {wanted}"
            raise _Refused(403, {"message": message, "__type": "Authorization Error"})
        raise _Refused(404, {"message": "Not found", "__type": "Not Found Error"})

    def _resource(self, parameters: Parameters) -> object:
        wanted = _required(parameters, "id")
        for package in self._packages:
            for resource in package.get("resources") or []:
                if isinstance(resource, dict) and resource.get("id") == wanted:
                    return resource
        raise _Refused(404, {"message": "Not found: Resource was not found.", "__type": "Not Found Error"})

    def _organization(self, parameters: Parameters) -> object:
        wanted = _required(parameters, "id")
        for body in self._all_bodies("organization"):
            if wanted in (body.get("id"), body.get("name")):
                return body
        raise _Refused(404, {"message": "Not found", "__type": "Not Found Error"})

    def _bodies(self, field: str, parameters: Parameters) -> object:
        """Organizations or groups: their names, or 25 whole ones at a time, which is CKAN's own limit."""
        found = self._all_bodies(field)
        if parameters.get("all_fields", "").lower() in ("true", "1", "yes"):
            limit = min(_integer(parameters, "limit", 25), 25)
            start = _integer(parameters, "offset", 0)
            return found[start : start + limit]
        return _slice([body["name"] for body in found], parameters)

    def _all_bodies(self, field: str) -> list[dict[str, Any]]:
        bodies: dict[str, dict[str, Any]] = {}
        for package in self._packages:
            value = package.get(field)
            for body in value if isinstance(value, list) else [value]:
                if isinstance(body, dict) and body.get("name"):
                    kept = bodies.setdefault(str(body["name"]), {**body, "package_count": 0})
                    kept["package_count"] += 1
        return [bodies[name] for name in sorted(bodies)]

    def _status(self) -> object:
        return {
            "ckan_version": VERSION,
            "error_emails_to": None,
            "extensions": [],
            "locale_default": "en",
            "site_description": "",
            "site_title": "Replay",
            "site_url": self._base,
        }


def _read_packages(path: Path) -> list[Package]:
    """Packages, or answers of `package_show`, one a line; a broken line is our user's to mend."""
    found: list[Package] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                document = json.loads(line)
            except ValueError as error:
                raise ReplayError(f"{path}, line {number}: {error}; write one package a line as JSON") from error
            package = document.get("result", document) if isinstance(document, dict) else None
            if not isinstance(package, dict) or not (package.get("id") or package.get("name")):
                raise ReplayError(f"{path}, line {number}: no package with an id or a name stands there")
            found.append(package)
    return found


def _public(package: Package) -> bool:
    return not package.get("private") and package.get("state", "active") == "active"


def _find(packages: list[Package], wanted: str) -> Package | None:
    return next((package for package in packages if wanted in (package.get("id"), package.get("name"))), None)


def _slice(found: list[Any], parameters: Parameters) -> list[Any]:
    start = _integer(parameters, "offset", 0)
    return found[start : start + _integer(parameters, "limit", len(found))]


def _integer(parameters: Parameters, name: str, default: int) -> int:
    text = parameters.get(name, "")
    if not text:
        return default
    try:
        number = int(text)
    except ValueError:
        raise _Refused(409, {name: ["Invalid integer"], "__type": "Validation Error"}) from None
    if number < 0:
        raise _Refused(409, {name: ["Must be a natural number"], "__type": "Validation Error"})
    return number


def _required(parameters: Parameters, name: str) -> str:
    if not parameters.get(name):
        raise _Refused(409, {name: ["Missing value"], "__type": "Validation Error"})
    return parameters[name]


def _json(status: int, document: object, validators: str) -> Reply:
    return Reply(
        status=status,
        headers={"Content-Type": MEDIA_TYPE},
        body=json.dumps(document).encode(),
        validators=validators,
        last_modified="Thu, 01 Jan 2015 00:00:00 GMT",
    )
