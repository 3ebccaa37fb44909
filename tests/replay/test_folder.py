"""`replay.yml` read strictly: what it may say, and how its mistakes are named."""

from pathlib import Path

import pytest

from atalaya.exceptions import ReplayError
from atalaya.replay.folder import CKANService, FolderService, RecordingsService, read_folder

WHOLE = """
format: 1
root: files
routes:
  - url: https://a.example/x?b=2&a=1
    file: a.csv
    headers: {Content-Type: text/csv}
    validators: last_modified
    last_modified: "Wed, 21 Oct 2015 07:28:00 GMT"
    delay: 0.5
    fault: truncate
  - {url: "https://a.example/gone", status: 410}
services:
  - {kind: ckan, base: "https://b.example", packages: packages.jsonl, rows_cap: 3, fail: {package_search: 500}}
  - {kind: folder, base: "https://c.example/files/", folder: ., validators: etag}
  - {kind: recordings, folder: .}
tls:
  - {origin: "https://d.example", certificate: expired}
dns_failures: [gone.example]
refused: ["https://closed.example"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.csv").write_text("a\n1\n")
    (tmp_path / "files" / "packages.jsonl").write_text("")
    (tmp_path / "outside.csv").write_text("secret")
    return tmp_path


def write(folder: Path, text: str) -> Path:
    (folder / "replay.yml").write_text(text)
    return folder


def test_everything_that_may_be_said_is_read(folder: Path) -> None:
    plan = read_folder(write(folder, WHOLE))
    first, second = plan.routes
    assert (first.url, first.file, first.delay, first.fault) == (
        "https://a.example/x?b=2&a=1", folder / "files" / "a.csv", 0.5, "truncate",
    )  # fmt: skip
    assert second.status == 410
    ckan, files, recordings = plan.services
    assert isinstance(ckan, CKANService)
    assert (ckan.rows_cap, ckan.fail) == (3, {"package_search": 500})
    assert isinstance(files, FolderService)
    assert isinstance(recordings, RecordingsService)
    assert plan.tls == {"https://d.example:443": "expired"}
    assert plan.dns_failures == ("http://gone.example:80", "https://gone.example:443")
    assert plan.refused == ("https://closed.example:443",)
    assert plan.unlisted == "fail"


MISTAKES = [
    ("format: 2", 1, "format is 2"),
    ("routes: []", 1, "format is None"),
    ("- a", 1, "must be a mapping"),
    ("format: 1\nrout: []", 1, "no field 'rout'"),
    ("format: 1\nroot: nowhere", 1, "is not a folder"),
    ("format: 1\nunlisted: perhaps", 1, "unlisted"),
    ("format: 1\nroutes: {}\nservices: x", 1, "services must be a list"),
    ("format: 1\nroutes:\n  - url: https://a.example/", 3, "either file or text"),
    ("format: 1\nroutes:\n  - {url: https://a.example/, file: outside.csv, text: x}", 3, "either file or text"),
    ("format: 1\nroutes:\n  - {url: https://a.example/, text: x}\n  - {url: ver sitio, text: x}", 4, "is not a URL"),
    ("format: 1\nroutes:\n  - {url: https://a.example/, text: x, fualt: reset}", 3, "no field 'fualt'"),
    ("format: 1\nroutes:\n  - {url: https://a.example/, text: x, fault: burn}", 3, "fault is 'burn'"),
    ("format: 1\nroutes:\n  - {url: https://a.example/, text: x, status: ok}", 3, "status is 'ok'"),
    ("format: 1\nroutes:\n  - {url: https://a.example/, text: x, status: true}", 3, "status is True"),
    ("format: 1\nroutes:\n  - {url: https://a.example/, text: x, delay: -1}", 3, "delay is -1"),
    ("format: 1\nroutes:\n  - {url: https://a.example/, text: x, validators: last_modified}", 3, "last_modified"),
    ("format: 1\nroutes:\n  - {url: https://a.example/, file: absent.csv}", 3, "absent.csv is not a file"),
    ("format: 1\nroot: files\nroutes:\n  - {url: https://a.example/, file: ../outside.csv}", 4, "outside the root"),
    ("format: 1\nroot: files\nroutes:\n  - {url: https://a.example/, file: /etc/passwd}", 4, "outside the root"),
    ("format: 1\nroot: files\nservices:\n  - {kind: folder, base: https://a.example/, folder: ..}", 4, "outside"),
    ("format: 1\nservices:\n  - {kind: socrata, base: https://a.example}", 3, "kind is 'socrata'"),
    ("format: 1\nservices:\n  - {kind: ckan, base: https://a.example}", 3, "needs packages"),
    ("format: 1\nservices:\n  - {kind: recordings, folder: ., base: https://a.example}", 3, "no field 'base'"),
    ("format: 1\ntls:\n  - {origin: http://a.example, certificate: expired}", 3, "https origin"),
    ("format: 1\ntls:\n  - {origin: https://a.example, certificate: pretty}", 3, "certificate is 'pretty'"),
    ("format: 1\ndns_failures: ['a b']", 1, "is not a URL"),
]


@pytest.mark.parametrize(("text", "line", "reason"), MISTAKES)
def test_mistakes_name_the_file_the_line_and_the_remedy(folder: Path, text: str, line: int, reason: str) -> None:
    write(folder, text)
    with pytest.raises(ReplayError) as caught:
        read_folder(folder)
    message = str(caught.value)
    assert message.startswith(f"{folder / 'replay.yml'}, line {line}: ")
    assert reason in message


@pytest.mark.parametrize("text", ["format: [", "format: 1\nformat: 1", "1: 2", "a: !!python/object:os.system x"])
def test_what_is_no_yaml_of_ours_is_named(folder: Path, text: str) -> None:
    write(folder, text)
    with pytest.raises(ReplayError, match=r"replay\.yml cannot be read"):
        read_folder(folder)


def test_values_without_end_in_one_another_are_refused_and_end_nothing(folder: Path) -> None:
    write(folder, "format: 1\nroutes: " + "[" * 60_000 + "]" * 60_000)
    with pytest.raises(ReplayError, match="more than 100 levels"):
        read_folder(folder)


def test_a_folder_without_a_plan_serves_its_recordings(tmp_path: Path) -> None:
    (tmp_path / "x.json.http.json").write_text("{}")
    assert read_folder(tmp_path).services == (RecordingsService(folder=tmp_path),)


def test_an_empty_folder_and_an_absent_one_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReplayError, match="neither"):
        read_folder(tmp_path)
    with pytest.raises(ReplayError, match="is not a folder"):
        read_folder(tmp_path / "absent")
