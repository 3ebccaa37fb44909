"""`atalaya inspect` says of a file what the checks of a round would say of it."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from atalaya.cli.inspect import COMMAND

CSV = ("codigo,nombre\n" + "".join(f"{n},nombre {n}\n" for n in range(30))).encode()


def zipped(body: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", body)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "body", "readable", "stars"),
    [
        ("a.csv", CSV, True, 3),
        ("a.zip", zipped(CSV), True, 3),
        ("a.csv.gz", gzip.compress(CSV), True, 3),
        ("cut.zip", zipped(CSV)[:80], False, 0),
        ("bomb.zip", zipped(b"0" * 300_000_000), False, 1),
        ("empty.csv", b"", False, 0),
    ],
    ids=["csv", "zip", "gz", "cut", "bomb", "empty"],
)
def test_readability_and_stars_are_those_of_the_checks(
    name: str, body: bytes, readable: bool, stars: int, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(body)
    told = json.loads(CliRunner().invoke(COMMAND, [str(tmp_path / name), "--json"]).stdout)["files"][0]
    assert (told["machine_readable"], told["stars"]) == (readable, stars)
    text = CliRunner().invoke(COMMAND, [str(tmp_path / name)]).stdout
    assert ("not machine-readable" in text) is not readable


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J.csv"
    path.write_bytes(CSV)
    out = CliRunner().invoke(COMMAND, [str(path)], color=True).stdout
    assert "\x1b" not in out
    assert "a\\x1b[2J.csv" in out
