"""The reference page is what the declarations say, in both languages."""

from pathlib import Path

from atalaya.checks.check import explain, text_of
from atalaya.checks.reference import checks_page
from atalaya.checks.registry import CHECKS


def test_the_page_in_the_repository_is_current(project: Path) -> None:
    written = (project / "docs" / "reference" / "checks.md").read_text(encoding="utf-8")
    assert written == checks_page(), "run `make docs`"


def test_every_check_stands_in_both_languages() -> None:
    page = checks_page()
    for check in CHECKS:
        assert f"\n### {check.id}\n" in page
        assert text_of(check, "en") in page
        assert text_of(check, "es") in page


def test_every_reason_stands_in_the_page() -> None:
    page = checks_page()
    for check in CHECKS:
        for example in check.examples:
            assert explain(check, check.rule(example.case), "en")
        assert all(f"| `{code}` |" in page for code in check.reasons)
