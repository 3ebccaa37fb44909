"""Everything that pages of accounts say is said in Spanish too."""

import re
from pathlib import Path

import pytest

import atalaya.portal
from atalaya.portal.accounts.forms import GOOD_ONES, LABELS
from atalaya.portal.accounts.views.roles import TITLES
from atalaya.portal.core.pages import DOMAINS
from atalaya.translations import missing

PORTAL = Path(atalaya.portal.__file__).parent
SOURCES = [
    *sorted((PORTAL / "accounts").rglob("*.html")),
    *sorted((PORTAL / "accounts").rglob("*.py")),
    PORTAL / "core/templates/too_many.html",
    PORTAL / "core/templates/not_from_here.html",
]
SAID = re.compile(r'(?:\bt|\bn|say\.t|translate|RefusedError)\(\s*"((?:[^"\\]|\\.)+)"(?:, "((?:[^"\\]|\\.)+)")?')


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_what_a_page_says_is_translated(source: Path) -> None:
    found = (each for texts in SAID.findall(source.read_text(encoding="utf-8")) for each in texts if " " in each)
    unknown = [text for text in found if all(missing((text,), "es", domain) for domain in (*DOMAINS, "report"))]
    assert unknown == []


def test_there_is_something_to_translate() -> None:
    assert sum(len(SAID.findall(source.read_text(encoding="utf-8"))) for source in SOURCES) > 120


def test_labels_and_titles_are_translated() -> None:
    assert missing((*LABELS.values(), GOOD_ONES, *TITLES.values()), "es", "accounts") == ()
