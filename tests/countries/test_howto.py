"""The pages that tell a newcomer how to add an institution, a source and a country do what they say."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from atalaya.countries.reader import find_pack, read_pack
from tests.patience import PATIENCE

BLOCK = re.compile(r"^(?P<indent> *)```console\n(?P<body>.*?)^ *```$", re.MULTILINE | re.DOTALL)


def commands(page: Path) -> str:
    """The console blocks of a page as one shell script."""
    blocks = [textwrap.dedent(match["body"]) for match in BLOCK.finditer(page.read_text(encoding="utf-8"))]
    assert blocks
    return "set -e\n" + re.sub(r"^\$ ", "", "".join(blocks), flags=re.MULTILINE)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with a copy of the pack where the pages look for it."""
    shutil.copytree(find_pack("gt"), tmp_path / "src" / "atalaya" / "data" / "countries" / "gt")
    return tmp_path


def follow(page: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a page's commands as a newcomer would, with `atalaya` on the path."""
    programs = folder / "bin"
    programs.mkdir()
    program = programs / "atalaya"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m atalaya "$@"\n')
    program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}
    return subprocess.run(
        ["sh", "-c", commands(page)], cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )


def test_add_an_institution(project: Path, checkout: Path) -> None:
    done = follow(project / "docs" / "howto" / "add-an-institution.md", checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 errors, 0 warnings" in done.stdout
    pack = read_pack(checkout / "src" / "atalaya" / "data" / "countries" / "gt")
    before = {body.id for body in read_pack(find_pack("gt")).institutions}
    assert {body.id for body in pack.institutions} - before == {"gt:onda"}


def test_add_a_source(project: Path, checkout: Path) -> None:
    done = follow(project / "docs" / "howto" / "add-a-source.md", checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert '"errors": 0' in done.stdout
    pack = read_pack(checkout / "src" / "atalaya" / "data" / "countries" / "gt")
    before = {source.id for source in read_pack(find_pack("gt")).sources}
    assert {source.id for source in pack.sources} - before == {"gt:ambiente", "gt:antiguo"}


def test_add_a_country(project: Path, tmp_path: Path) -> None:
    done = follow(project / "docs" / "howto" / "add-a-country.md", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("0 errors, 0 warnings") == 4
    pack = read_pack(tmp_path / "uy")
    assert (pack.code, len(pack.divisions), len(pack.identifiers), len(pack.identities)) == ("uy", 2, 1, 1)


def test_observe_a_topic(project: Path, tmp_path: Path) -> None:
    done = follow(project / "docs" / "howto" / "observe-a-topic.md", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "drinking-water.yml: can be used." in done.stdout


def test_translate_names(project: Path, tmp_path: Path) -> None:
    done = follow(project / "docs" / "howto" / "translate-names.md", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "quc: 0 current, 0 stale" in done.stdout
    assert (
        (tmp_path / "quc.csv").read_text(encoding="utf-8-sig").startswith("subject,field,source,of_sha256,text,before")
    )
