"""Single documents are asked as politely as a round asks, kept in the archive, and told as they answered."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from atalaya.fetch.documents import asked
from atalaya.fetch.loop import run
from atalaya.settings import read_settings
from atalaya.store.archive import Archive


@dataclass(frozen=True, kw_only=True)
class Found:
    url: str
    when: datetime
    status: int | None
    failure: str
    sha256: str
    size: int | None


class _Site(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        body = b"User-agent: *\nDisallow: /cerrado\n" if self.path == "/robots.txt" else b"acta"
        self.send_response(404 if self.path == "/perdido" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the parent
        del format, args


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        server.asked = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_what_answers_is_archived_and_what_does_not_is_told(site: ThreadingHTTPServer, tmp_path: Path) -> None:
    base = f"http://127.0.0.1:{site.server_port}"
    settings = replace(read_settings({}), home=tmp_path, requests_per_second=1000.0)
    urls = [f"{base}/acta", f"{base}/perdido", f"{base}/cerrado"]
    there, lost, closed = run(asked(urls, settings, Found, local=True))
    assert (there.status, there.failure, there.size) == (200, "", 4)
    assert Archive(tmp_path / "archive").read(there.sha256) == b"acta"
    assert (lost.status, lost.sha256) == (404, "")
    assert closed.status is None
    assert closed.failure
    assert "/cerrado" not in site.asked  # type: ignore[attr-defined]


def test_private_addresses_are_asked_only_where_that_is_permitted(site: ThreadingHTTPServer, tmp_path: Path) -> None:
    settings = replace(read_settings({}), home=tmp_path)
    (found,) = run(asked([f"http://127.0.0.1:{site.server_port}/acta"], settings, Found, local=False))
    assert found.status is None
    assert found.failure
    assert site.asked == []  # type: ignore[attr-defined]
