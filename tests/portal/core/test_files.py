"""Files are sent whole or in ranges, known by their hash, and never shown as a page."""

import io
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from atalaya.portal.core.files import PIECE, Sent, filed, of_path, safe_name

BODY = bytes(range(256)) * 4
MARK = '"feed"'


@filed
def small(request: HttpRequest) -> Sent:
    return Sent(
        len(BODY), "feed", "ñ <script>.html", "application/octet-stream", lambda start: io.BytesIO(BODY[start:])
    )


def ask(method: str = "GET", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    extra = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    answer = small(RequestFactory().generic(method, "/x", **extra))
    return answer.status_code, b"".join(answer) if answer.streaming else answer.content, dict(answer.headers)


def test_the_whole_file() -> None:
    status, body, headers = ask()
    assert (status, body) == (200, BODY)
    assert headers["ETag"] == MARK
    assert headers["Content-Length"] == str(len(BODY))
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["Content-Disposition"] == 'attachment; filename="script-.html"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox")
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-1023", 0, 1023),
        ("bytes=1000-", 1000, 1023),
        ("bytes=1000-5000", 1000, 1023),
        ("bytes=-24", 1000, 1023),
        ("bytes=-99999", 0, 1023),
        (" bytes=5-9 ", 5, 9),
    ],
)
def test_a_range(asked: str, first: int, last: int) -> None:
    status, body, headers = ask(range=asked)
    assert (status, body) == (206, BODY[first : last + 1])
    assert headers["Content-Range"] == f"bytes {first}-{last}/1024"
    assert headers["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=9999999999999-", "bytes=-0"])
def test_a_range_that_is_not_there(asked: str) -> None:
    status, _, headers = ask(range=asked)
    assert status == 416
    assert headers["Content-Range"] == "bytes */1024"


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "bytes=0-1,5-6", "bytes=-", "lines=1-2", "bytes=a-b", "bytes=1e3-", "x" * 5000]
)
def test_what_is_no_single_range_is_answered_by_the_whole_file(asked: str) -> None:
    status, body, _ = ask(range=asked)
    assert (status, body) == (200, BODY)


def test_a_range_of_a_file_that_changed_is_answered_by_the_whole_file() -> None:
    assert ask(range="bytes=0-3", if_range='"other"')[0] == 200
    assert ask(range="bytes=0-3", if_range=MARK)[0] == 206


@pytest.mark.parametrize(
    ("said", "status"), [(MARK, 304), (f'"a", W/{MARK}', 304), ("*", 304), ('"a"', 200), ("", 200)]
)
def test_a_file_that_is_known_is_not_sent(said: str, status: int) -> None:
    found = ask(if_none_match=said)
    assert found[0] == status
    assert (found[1] == b"") is (status == 304)
    assert found[2]["ETag"] == MARK


def test_head_tells_without_sending() -> None:
    status, body, headers = ask("HEAD", range="bytes=0-3")
    assert (status, body, headers["Content-Length"]) == (200, b"", "1024")


def test_a_long_file_is_sent_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "long.bin"
    body = b"0123456789" * (PIECE // 4)
    path.write_bytes(body)
    request = RequestFactory().get("/x", HTTP_RANGE=f"bytes=7-{len(body) - 5}", HTTP_ACCEPT_ENCODING="gzip")
    answer = filed(lambda _request: of_path(path, "a", "text/csv"))(request)
    assert answer.streaming
    pieces = list(answer)
    assert b"".join(pieces) == body[7:-4]
    assert max(map(len, pieces)) <= PIECE
    assert request.headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ('a"\r\nX: y', "a-X-y"),
        ("...", "file"),
        ("", "file"),
        ("é" * 300, "file"),
        ("a" * 300, "a" * 100),
    ],
)
def test_names_are_plain(text: str, name: str) -> None:
    assert safe_name(text) == name
