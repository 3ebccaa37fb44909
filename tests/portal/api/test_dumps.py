"""A dump that was downloaded by HTTP gives the same figures to whoever has only the package; nothing else is sent."""

import json
import os
import subprocess
import sys
import urllib.request
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from atalaya.portal.observatory.models import Edition, Score
from atalaya.publish.dumps.making import dump_folder
from tests.patience import PATIENCE


def run(*arguments: object, code: int = 0) -> str:
    command = [sys.executable, "-m", "atalaya", *(str(argument) for argument in arguments)]
    environment = {**os.environ, "ATALAYA_HOME": "/nowhere/at/all"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env=environment)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_downloaded_verified_and_computed_again(site: str, tmp_path: Path) -> None:
    observation = Edition.objects.get(newest=True).observation
    path = tmp_path / "download.zip"
    place = f"{site}/descargas/{observation}/{observation}.zip"
    with urllib.request.urlopen(place) as answer:
        path.write_bytes(answer.read())
    with urllib.request.urlopen(f"{place}.sha256") as answer:
        assert answer.read().decode() == f"{sha256(path.read_bytes()).hexdigest()}  {observation}.zip\n"
    assert json.loads(run("observation", "verify", path, "--json"))["holds"]
    found = json.loads(run("index", "recompute", path, "--json"))["methodologies"]
    assert {each["methodology"] for each in found} >= {Score.objects.first().methodology}
    assert all(each["compared"] > 0 == each["differing"] and not each["problem"] for each in found)
    body = bytearray(path.read_bytes())
    place_of = body.index(b"PAR1") + 200
    body[place_of] ^= 1
    path.write_bytes(body)
    assert "was altered" in run("index", "recompute", path, code=2).replace("\n", " ")


def test_every_file_is_there_with_its_hash(visitor: Client) -> None:
    edition = Edition.objects.get(newest=True)
    base = f"/descargas/{edition.observation}/"
    dump = visitor.get(f"{base}dump.json").json()
    assert len(dump["files"]) > 60
    for file in dump["files"]:
        answer = visitor.head(base + file["path"])
        assert answer.status_code == 200
        assert answer.headers["ETag"] == f'"{file["sha256"]}"'
        assert answer.headers["Content-Length"] == str(file["bytes"])
        assert answer.headers["Content-Type"] != "text/html"
    page = visitor.get(base).content.decode()
    for file in dump["files"]:
        assert file["sha256"] in page
        assert f'href="{base}{file["path"]}"' in page


@pytest.mark.parametrize(
    "path",
    [
        "../dump.json", "%2e%2e/%2e%2e/keys/ed25519.pem", "tables/../dump.json", "/etc/passwd", "dump.json/", ".", "tables/",
        "tables", "DUMP.JSON", "dump.json%00", "csv/none.csv", "a" * 3000, "%ff",
    ],
)  # fmt: skip
def test_nothing_else_of_the_folder_is_sent(visitor: Client, path: str) -> None:
    observation = Edition.objects.get(newest=True).observation
    assert visitor.get(f"/descargas/{observation}/{path}").status_code in (400, 404)
    assert visitor.get(f"/descargas/none/{path}").status_code in (400, 404)


def test_a_dump_of_another_manifest_is_not_shown(visitor: Client, published_portal: str) -> None:
    edition = Edition.objects.get(newest=True)
    path = dump_folder(Path(settings.ATALAYA_HOME), edition.country, edition.observation) / "dump.json"
    text = path.read_text()
    try:
        path.write_text(text.replace(edition.manifest_sha256, "0" * 64))
        os.utime(path, (1, 1))
        assert visitor.get(f"/descargas/{edition.observation}/dump.json").status_code == 404
        assert visitor.get(f"/descargas/{edition.observation}/?q=other").status_code == 404
    finally:
        path.write_text(text)
    assert visitor.get(f"/descargas/{edition.observation}/dump.json").status_code == 200


def test_the_page_says_what_is_kept_back_and_how_to_check(visitor: Client) -> None:
    observation = Edition.objects.get(newest=True).observation
    text = visitor.get(f"/descargas/{observation}/").content.decode()
    for said in (
        "solo sirve a los programas que leen",
        "atalaya observation verify",
        "atalaya index recompute",
        "frictionless",
    ):
        assert said in text
    assert f"/descargas/{observation}/{observation}.zip" in visitor.get("/descargas/").content.decode()
