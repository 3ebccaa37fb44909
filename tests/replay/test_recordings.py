"""Recordings are served as they were on the wire."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from atalaya.exceptions import ReplayError
from atalaya.replay.recordings import choose, read_recordings
from tests.replay.test_server import asking


def record(folder: Path, name: str, url: str, body: bytes, status: int = 200, **headers: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(body)
    sidecar = name.removesuffix(".gz") + ".http.json"
    document = {
        "request": {"method": "GET", "uri": url},
        "response": {
            "status": {"code": status, "message": "As recorded"},
            "headers": {key.replace("_", "-"): value for key, value in headers.items()},
        },
    }
    (folder / sidecar).write_text(json.dumps(document))


async def test_bytes_status_and_headers_are_as_recorded(tmp_path: Path) -> None:
    packed = gzip.compress(b'{"a": 1}')
    headers = {
        "Content_Type": "application/json;charset=utf-8",
        "Content_Encoding": "gzip",
        "Content_Length": "999",
        "Transfer_Encoding": "chunked",
        "Connection": "close",
        "X_Powered_By": "CKAN",
    }
    record(tmp_path, "a.json.gz", "https://a.example//api?q=%2A%3A%2A&rows=2", packed, 404, **headers)
    async with asking(tmp_path, tmp_path / "home") as a:
        answer, body = await a.get("https://a.example//api?rows=2&q=*:*")
        assert (answer.status, body) == (404, b'{"a": 1}')
        assert answer.attempts[-1].received_bytes == len(packed)
        assert (answer.headers["x-powered-by"], answer.headers["content-encoding"]) == ("CKAN", "gzip")
        assert answer.headers["content-length"] == str(len(packed))


async def test_of_two_recordings_the_one_that_is_asked_for(tmp_path: Path) -> None:
    url = "https://a.example/dataset/1"
    record(tmp_path, "1.json", url, b"{}", Content_Type="application/json")
    record(tmp_path, "2.ttl", url, b"<a> <b> <c> .", Content_Type="text/turtle; charset=utf-8")
    async with asking(tmp_path, tmp_path / "home") as a:
        assert (await a.get(url, "text/turtle, application/json;q=0.5"))[1] == b"<a> <b> <c> ."
        assert (await a.get(url))[1] == b"{}"


async def test_recorded_validators_are_honoured(tmp_path: Path) -> None:
    record(
        tmp_path, "a.json", "https://a.example/a", b"{}", ETag='W/"1"', Last_Modified="Wed, 21 Oct 2015 07:28:00 GMT"
    )
    (recording,) = read_recordings(tmp_path)
    assert recording.reply().validators == "recorded"
    assert choose((recording,), "").status == 200


@pytest.mark.parametrize(
    "document",
    [
        "{",
        "[]",
        {"request": {"uri": "https://a.example/"}},
        {"request": {"uri": "ver sitio"}, "response": {"status": {"code": 200}, "headers": {}}},
        {"request": {"uri": "https://a.example/"}, "response": {"status": {"code": "ok"}, "headers": {}}},
    ],
)
def test_a_sidecar_that_cannot_be_read_is_named(tmp_path: Path, document: Any) -> None:
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / "a.json.http.json").write_text(document if isinstance(document, str) else json.dumps(document))
    with pytest.raises(ReplayError, match=r"a\.json\.http\.json is not a recording"):
        read_recordings(tmp_path)


def test_a_sidecar_without_a_body_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.json.http.json").write_text("{}")
    with pytest.raises(ReplayError, match="no body beside it"):
        read_recordings(tmp_path)


@pytest.mark.real
async def test_every_recorded_catalogue_is_served_as_recorded(corpora: Path, tmp_path: Path) -> None:
    folder = corpora / "catalogues"
    recordings = read_recordings(folder)
    assert len(recordings) >= 19
    by_key: dict[str, list[Path]] = {}
    for recording in recordings:
        by_key.setdefault(recording.key, []).append(recording.body)
    async with asking(folder, tmp_path / "home") as a:
        for recording in recordings:
            sidecar = json.loads(recording.sidecar.read_text())
            answer, body = await a.get(sidecar["request"]["uri"], recording.media_type or None)
            assert answer.failure is None, recording.sidecar
            assert answer.status == sidecar["response"]["status"]["code"]
            wire = {path: path.read_bytes() for path in by_key[recording.key]}
            plain = {gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data for data in wire.values()}
            assert body in plain, recording.sidecar
            assert answer.attempts[-1].received_bytes in {len(data) for data in wire.values()}
