"""A web in memory for harvests: pages by address, and a CKAN whose weaknesses can be chosen."""

import hashlib
import importlib.util
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from atalaya.countries.pack import Source
from atalaya.fetch.answers import Answer, Failure
from atalaya.store.archive import Blob

Reply = bytes | str | Failure | tuple[int, bytes] | tuple[int, bytes, Mapping[str, str]]


def answer_of(url: str, reply: Reply) -> tuple[Answer, bytes | None]:
    """One reply as the getter's pair; a failure has no status and no body."""
    if isinstance(reply, Failure):
        return Answer(requested_url=url, final_url=url, failure=reply), None
    if isinstance(reply, tuple):
        status, body, *rest = reply
        headers = rest[0] if rest else {}
    else:
        status, body, headers = 200, reply.encode() if isinstance(reply, str) else reply, {}
    blob = Blob(hashlib.sha256(body).hexdigest(), len(body)) if body else None
    final = headers.get("final-url", url)
    return Answer(requested_url=url, final_url=final, status=status, headers=headers, blob=blob), body or None


class Web:
    """A getter over pages by address; everything else is 404. `asked` lists the requests."""

    def __init__(self, pages: Mapping[str, Reply] | None = None) -> None:
        self.pages = {_key(url): reply for url, reply in (pages or {}).items()}
        self.asked: list[str] = []

    async def __call__(self, url: str, /) -> tuple[Answer, bytes | None]:
        self.asked.append(url)
        try:
            return answer_of(url, self.reply(url))
        except ValueError:
            return answer_of(url, Failure.URL)

    def reply(self, url: str) -> Reply:
        return self.pages.get(_key(url), (404, b"<html>Not found</html>", {"content-type": "text/html"}))


class Portal(Web):
    """A CKAN action API over packages, with caps, faults and changes while paging."""

    def __init__(
        self, packages: list[Any], base: str = "https://datos.example/api/3/action", **weaknesses: Any
    ) -> None:
        super().__init__()
        self.packages = packages
        self.base = base
        self.cap: int = weaknesses.get("cap", 1000)
        self.offset_limit: int | None = weaknesses.get("offset_limit")
        self.poison: set[int] = set(weaknesses.get("poison", ()))
        self.without: tuple[str, ...] = weaknesses.get("without", ())
        self.statuses: Mapping[str, int] = weaknesses.get("statuses", {})
        self.deaf: bool = weaknesses.get("deaf", False)
        self.listed: bool = weaknesses.get("listed", False)
        self.before: Callable[[Portal, int], None] | None = weaknesses.get("before")

    def reply(self, url: str) -> Reply:
        place, _, query = url.partition("?")
        if not place.startswith(self.base + "/"):
            return 404, b"<html>Not found</html>"
        action = place.removeprefix(self.base + "/")
        said = dict(parse_qsl(query))
        if action in self.without:
            return 404, b"<html>Not found</html>"
        if self.before is not None and action == "package_search":
            self.before(self, int(said.get("start", 0)))
        handler = {
            "package_search": self._search,
            "package_list": self._names,
            "package_show": self._show,
            "current_package_list_with_resources": self._listing,
        }.get(action)
        return handler(said) if handler else (400, b'"Bad request - Action name not known"')

    def _search(self, said: Mapping[str, str]) -> Reply:
        start, rows = (0 if self.deaf else int(said.get("start", 0))), min(int(said.get("rows", 10)), self.cap)
        if self.offset_limit is not None and start + rows > self.offset_limit:
            return 500, b"<html>Error</html>"
        if self.poison & set(range(start, min(start + rows, len(self.packages)))):
            return 500, b"<html>Error</html>"
        return envelope({"count": len(self.packages), "results": self.packages[start : start + rows]})

    def _names(self, said: Mapping[str, str]) -> Reply:
        offset, limit = int(said.get("offset", 0)), int(said.get("limit", 10**9))
        return envelope([package["name"] for package in self.packages][offset : offset + limit])

    def _listing(self, said: Mapping[str, str]) -> Reply:
        offset, limit = int(said.get("offset", 0)), int(said.get("limit", 10**9))
        return envelope([self.packages[offset : offset + limit]])

    def _show(self, said: Mapping[str, str]) -> Reply:
        if said["id"] in self.statuses:
            error = {"success": False, "error": {"__type": "Not Found Error", "message": "Not found"}}
            return self.statuses[said["id"]], json.dumps(error).encode()
        package = next(item for item in self.packages if item["name"] == said["id"])
        return envelope([package] if self.listed else package)


def envelope(result: object) -> bytes:
    """A successful answer of the action API."""
    return json.dumps({"help": "", "success": True, "result": result}).encode()


def _key(url: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}", tuple(sorted(parse_qsl(parts.query, keep_blank_values=True)))


@pytest.fixture
def web() -> type[Web]:
    """The class `Web`: pages by address."""
    return Web


@pytest.fixture
def portal() -> type[Portal]:
    """The class `Portal`: a CKAN in memory."""
    return Portal


@pytest.fixture
def source() -> Callable[..., Source]:
    """Makes a source from an address."""

    def make(url: str = "https://datos.example/", protocol: str = "ckan", **more: Any) -> Source:
        return Source(id="xx:source", title={"en": "Source"}, protocol=protocol, url=url, **more)

    return make


@pytest.fixture(scope="session")
def recorded(project: Path) -> ModuleType:
    """The module `benchmarks/recorded_replay.py`, which is no part of the installed package."""
    place = project / "benchmarks" / "recorded_replay.py"
    spec = importlib.util.spec_from_file_location("recorded_replay", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["recorded_replay"] = module
    spec.loader.exec_module(module)
    return module
