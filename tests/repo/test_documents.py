"""Generated pages equal what the code says; every dependency has its line; fragments of the changelog are well named."""

import importlib.util
import json
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from atalaya.version import __version__

FRAGMENT = re.compile(r"[a-z0-9-]+\.(added|changed|fixed|removed|scores|security)\.md")


@pytest.fixture(scope="module")
def generator(project: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", project / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_current(project: Path, generator: ModuleType) -> None:
    stale = [
        path
        for path, page in generator.PAGES.items()
        if (project / "docs" / path).read_text(encoding="utf-8") != page()
    ]
    assert not stale, "run `make docs`"


def test_every_direct_dependency_has_its_line(project: Path) -> None:
    declared = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*declared["project"]["dependencies"], *declared["dependency-groups"]["dev"]]
    names = {re.split(r"[<>=\[ ]", line)[0] for line in wanted}
    for package in ("styles/package.json", "benchmarks/node/package.json"):
        names |= set(json.loads((project / package).read_text(encoding="utf-8"))["devDependencies"])
    page = (project / "docs" / "explanation" / "dependencies.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([^`]+)`", page, re.MULTILINE))
    assert listed == names


def test_changelog_fragments_are_named_after_their_kind(project: Path) -> None:
    found = [path.name for path in (project / "changelog").glob("*.md") if path.name != "README.md"]
    assert all(FRAGMENT.fullmatch(name) for name in found), found


def test_both_readmes_have_the_same_sections(project: Path) -> None:
    def headings(name: str) -> int:
        return len(re.findall(r"^## ", (project / name).read_text(encoding="utf-8"), re.MULTILINE))

    assert headings("README.md") == headings("README.es.md") > 3


def test_the_version_is_stated_once(project: Path) -> None:
    declared = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    assert declared["project"]["version"] == __version__
