"""Answers that are kept as files: the same for every client, never half of one, never one that was meant for one visitor."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory

from atalaya.portal.core import kept as store
from atalaya.portal.core.kept import keep, kept, make_room

BODY = ("ñandú " * 400).encode()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "KEPT_ANSWERS", tmp_path / "answers", raising=False)
    return tmp_path / "answers"


def ask(accepted: str = "gzip, br", method: str = "GET"):
    return getattr(RequestFactory(), method.lower())("/", headers={"Accept-Encoding": accepted})


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def plain(response: HttpResponseBase) -> bytes:
    sent = body(response)
    return gzip.decompress(sent) if response.headers.get("Content-Encoding") == "gzip" else sent


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br", "", "identity", "br, gzip;q=0", "gzip;q=0.5"])
@pytest.mark.parametrize("streamed", [False, True])
def test_every_client_gets_the_same_bytes_first_and_again(accepted: str, streamed: bool) -> None:
    made = StreamingHttpResponse(iter([BODY, b"", BODY])) if streamed else HttpResponse(BODY * 2)
    made.headers["X-Own"] = "1"
    for give in (lambda: keep(ask(accepted), "a", made), lambda: kept(ask(accepted), "a")):
        response = give()
        assert plain(response) == BODY * 2
        assert ("Content-Encoding" in response.headers) is (accepted.startswith("gzip"))
        assert response.headers["X-Own"] == "1"
    assert kept(ask(), "b") is None


@pytest.mark.parametrize(
    "personal",
    [
        HttpResponse(BODY, headers={"Cache-Control": "private"}),
        HttpResponse(BODY, headers={"Vary": "Accept-Encoding, Cookie"}),
        HttpResponse(BODY, status=404),
    ],
)
def test_what_is_for_one_visitor_or_went_wrong_is_not_kept(personal: HttpResponse) -> None:
    assert body(keep(ask(), "a", personal)) == BODY
    assert kept(ask(), "a") is None


def test_a_cookie_and_a_post_are_not_kept() -> None:
    response = HttpResponse(BODY)
    response.set_cookie("session", "x")
    keep(ask(), "a", response)
    keep(ask(method="POST"), "b", HttpResponse(BODY))
    assert (kept(ask(), "a"), kept(ask(), "b")) == (None, None)


def test_an_answer_that_is_broken_off_leaves_nothing(folder: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield BODY
        raise OSError("the database went away")

    response = keep(ask(""), "a", StreamingHttpResponse(pieces()))
    with pytest.raises(OSError, match="went away"):
        body(response)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert kept(ask(), "a") is None


def test_a_large_answer_is_sent_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "STREAMED", 64)
    keep(ask(), "a", HttpResponse(BODY))
    for accepted in ("gzip", ""):
        again = kept(ask(accepted), "a")
        assert again.streaming
        assert plain(again) == BODY


def test_one_that_is_too_long_is_given_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LONGEST", 30)
    for made in (HttpResponse(BODY), StreamingHttpResponse(iter([BODY]))):
        assert plain(keep(ask(), "a", made)) == BODY
        assert kept(ask(), "a") is None


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(settings, "KEPT_ANSWERS", tmp_path / "file" / "answers")
    assert plain(keep(ask(), "a", HttpResponse(BODY))) == BODY
    assert kept(ask(), "a") is None


def test_a_file_that_is_no_answer_is_made_anew(folder: Path) -> None:
    keep(ask(), "a", HttpResponse(BODY))
    (path,) = [path for path in folder.rglob("*") if path.is_file()]
    path.write_bytes(b"not json\n")
    assert kept(ask(), "a") is None


def test_what_was_asked_longest_ago_goes_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "FOLDERS", "0")
    monkeypatch.setattr(store, "BOUND", 700)
    folder.mkdir()
    for age, name in enumerate("abcdefghij"):
        (folder / name).write_bytes(b"x" * 100)
        os.utime(folder / name, (1_000_000 - age, 1_000_000 - age))
    make_room(folder)
    assert sorted(path.name for path in folder.iterdir()) == list("abcdefg")
