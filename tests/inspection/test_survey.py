"""One pass over a file: its digests and the marks that part it."""

import hashlib
from pathlib import Path

import pytest

from atalaya.inspection import survey
from atalaya.inspection.survey import Survey, digests


@pytest.mark.parametrize("size", [1, 3, 4, 1_000])
def test_chunks_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(survey, "CHUNK", size)
    data = b'a,"b"\r\n"c\n\\"",d\r\n' * 7
    (tmp_path / "a.csv").write_bytes(data)
    found = Survey(b'"')
    told = digests(tmp_path / "a.csv", found.feed)
    assert told.sha256 == hashlib.sha256(data).hexdigest()
    assert (told.md5, told.sha1) == (hashlib.md5(data).hexdigest(), hashlib.sha1(data).hexdigest())
    assert (found.newlines, found.returns, found.quotes, found.escapes) == (21, 14, 35, 7)
    assert not found.escaped


@pytest.mark.parametrize("size", [1, 2, 5, 1_000])
def test_parts_in_iso_2022_are_seen_across_chunks(size: int) -> None:
    data = "a,日本\n".encode("iso2022_jp")
    found = Survey(b'"')
    for start in range(0, len(data), size):
        found.feed(data[start : start + size])
    assert found.escaped
