"""A replay over real HTTP on loopback, asked by the project's own client."""

import asyncio
import http.client
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from atalaya.clock import fixed_clock
from atalaya.exceptions import ReplayError
from atalaya.fetch.answers import Answer
from atalaya.fetch.client import Client
from atalaya.fetch.gate import Gate, Policy
from atalaya.replay.server import Served, serve, serving, write_resolve
from atalaya.settings import read_settings
from atalaya.store.archive import Archive
from tests.fetch.conftest import MOMENT

API = Policy(requests_per_second=1000, obey_robots=False)


class Asking:
    """A replay that runs and a client on it."""

    def __init__(self, served: Served, client: Client, archive: Archive) -> None:
        self.served, self.client, self.archive = served, client, archive

    async def get(self, url: str, accept: str = "*/*") -> tuple[Answer, bytes]:
        answer = await self.client.fetch(url, API, accept=accept)
        return answer, self.archive.read(answer.blob.sha256) if answer.blob is not None else b""


@asynccontextmanager
async def asking(folder: Path, home: Path, **replay: Any) -> AsyncIterator[Asking]:
    if replay:
        (folder / "replay.yml").write_text(yaml.safe_dump({"format": 1, **replay}))
    settings = read_settings({"ATALAYA_TIMEOUT": "5"}, home)
    clock = fixed_clock(MOMENT)
    archive = Archive(home / "archive")
    async with serve(folder) as served:
        gate = Gate(home / "gate", settings, clock)
        async with Client(settings, archive, gate, clock, served.resolve_map) as client:
            yield Asking(served, client, archive)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "files" / "sub").mkdir(parents=True)
    (tmp_path / "files" / "a.csv").write_text("a\n1\n")
    (tmp_path / "files" / "sub" / "año 1.csv").write_text("b\n2\n")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "packages.jsonl").write_text(json.dumps({"id": "1", "name": "one", "resources": []}) + "\n")
    return tmp_path


FILES = {"kind": "folder", "base": "https://a.example/files/", "folder": "files", "validators": "etag"}


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("https://a.example/x?b=2&a=1", 200),
        ("https://a.example/x?a=1&b=2", 200),
        ("https://A.example:443/x?a=1&b=2", 200),
        ("https://a.example/%78?a=1&b=2", 200),
        ("https://a.example/x?a=1", 404),
        ("https://a.example/x", 404),
        ("https://a.example/X?a=1&b=2", 404),
        ("http://a.example/x?a=1&b=2", None),
    ],
)
async def test_routes_are_exact_urls_with_queries_as_pairs(folder: Path, asked: str, status: int | None) -> None:
    async with asking(folder, folder / "home", routes=[{"url": "https://a.example/x?b=2&a=1", "text": "x"}]) as a:
        answer, _ = await a.get(asked)
        assert answer.status == status


async def test_hosts_schemes_and_ports_share_one_port_and_differ(folder: Path) -> None:
    urls = ["https://a.example/", "http://a.example/", "https://b.example/", "https://a.example:8443/"]
    async with asking(folder, folder / "home", routes=[{"url": url, "text": url} for url in urls]) as a:
        assert [(await a.get(url))[1].decode() for url in urls] == urls
        assert set(a.served.resolve["origins"].values()) == {f"http://127.0.0.1:{a.served.port}"}
        assert [entry.url for entry in a.served.log] == urls


async def test_files_of_a_folder(folder: Path) -> None:
    async with asking(folder, folder / "home", services=[FILES]) as a:
        answer, body = await a.get("https://a.example/files/a.csv")
        assert (answer.status, answer.headers["content-type"], body) == (200, "text/csv; charset=utf-8", b"a\n1\n")
        assert "etag" in answer.headers
        assert (await a.get("https://a.example/files/sub/año 1.csv"))[1] == b"b\n2\n"


@pytest.mark.parametrize(
    "path",
    ["../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "sub/../../secret.txt", "/etc/passwd", "%2fetc%2fpasswd",
     "..\\secret.txt", "sub", "", "a.csv/", "a.csv%00", "absent.csv", "....//secret.txt"],
)  # fmt: skip
async def test_no_path_leaves_the_folder(folder: Path, path: str) -> None:
    async with asking(folder, folder / "home", services=[FILES]) as a:
        answer, body = await a.get(f"https://a.example/files/{path}")
        assert (answer.status, b"secret" in body) == (404, False)


async def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    (folder / "files" / "link.txt").symlink_to(folder / "secret.txt")
    async with asking(folder, folder / "home", services=[FILES]) as a:
        assert (await a.get("https://a.example/files/link.txt"))[0].status == 404


async def test_routes_win_over_services_and_services_share_an_origin(folder: Path) -> None:
    replay = {
        "routes": [
            {"url": "https://a.example/files/a.csv", "text": "the route"},
            {"url": "https://a.example/api/3/action/status_show", "status": 503},
        ],
        "services": [FILES, {"kind": "ckan", "base": "https://a.example", "packages": "packages.jsonl"}],
    }
    async with asking(folder, folder / "home", **replay) as a:
        assert (await a.get("https://a.example/files/a.csv"))[1] == b"the route"
        found = json.loads((await a.get("https://a.example/api/3/action/package_search?rows=5&q=*:*"))[1])
        assert found["result"]["count"] == 1
        assert (await a.get("https://a.example/api/3/action/status_show"))[0].status == 503


async def test_conditional_requests_of_services_are_answered(folder: Path) -> None:
    packages = {"kind": "ckan", "base": "https://a.example", "packages": "packages.jsonl", "validators": "etag"}
    async with asking(folder, folder / "home", services=[packages]) as a:
        url = "/api/3/action/package_list"
        tag = (await a.get(f"https://a.example{url}"))[0].headers["etag"]
        sent = a.served.sent_bytes
        status = plain(a.served.port, "GET", url, {"If-None-Match": f'W/{tag}, "other"'})
        assert await status == (304, b"")
        assert a.served.sent_bytes == sent


async def plain(port: int, method: str, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """A request by another client, which knows nothing of replays."""

    def work() -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request(method, path, headers={"Host": "a.example", **headers})
        response = connection.getresponse()
        found = response.status, response.read()
        connection.close()
        return found

    return await asyncio.to_thread(work)


async def test_another_client_needs_only_the_host(folder: Path) -> None:
    async with asking(folder, folder / "home", services=[FILES]) as a:
        assert await plain(a.served.port, "GET", "/files/a.csv", {}) == (200, b"a\n1\n")
        assert (await plain(a.served.port, "POST", "/files/a.csv", {}))[0] == 405
        assert (await plain(a.served.port, "HEAD", "/files/a.csv", {}))[0] == 405


def test_a_replay_in_a_thread_and_its_resolve_file(folder: Path) -> None:
    (folder / "replay.yml").write_text(
        yaml.safe_dump(
            {"format": 1, "services": [FILES], "dns_failures": ["gone.example"], "refused": ["https://c.example"]}
        )
    )
    with serving(folder) as served:
        write_resolve(served, folder / "resolve.json")
        document = json.loads((folder / "resolve.json").read_text())
        assert document == {
            "format": 1,
            "unlisted": "fail",
            "origins": {
                "http://gone.example:80": None,
                "https://a.example:443": f"http://127.0.0.1:{served.port}",
                "https://c.example:443": "refused",
                "https://gone.example:443": None,
            },
        }
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=5)
        connection.request("GET", "/files/a.csv", headers={"Host": "a.example"})
        assert connection.getresponse().read() == b"a\n1\n"
        connection.close()
        assert (served.log[0].status, served.log[0].bytes) == (200, 4)


def test_a_thread_tells_what_is_wrong_with_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ReplayError, match="neither"), serving(tmp_path):
        pass


def test_a_resolve_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReplayError, match="--resolve-file"):
        write_resolve(Served(), tmp_path / "absent" / "resolve.json")


async def test_a_stalled_answer_does_not_hold_up_the_end(folder: Path) -> None:
    async with asking(folder, folder / "home", routes=[{"url": "https://a.example/x", "text": "ab", "delay": 60}]) as a:
        task = asyncio.create_task(a.get("https://a.example/x"))
        await asyncio.sleep(0.05)
        task.cancel()
