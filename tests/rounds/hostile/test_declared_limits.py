"""The page on hostile sources lists every limit there is: no field of the inspection, no size or time of the settings missing."""

from dataclasses import fields
from pathlib import Path

from atalaya.inspection.limits import Limits
from atalaya.rounds.limits import INSPECTION, OUTCOMES, hostile_page
from atalaya.settings import VARIABLES

PORTAL = {
    "ATALAYA_BEHIND_PROXY", "ATALAYA_CLIENT_RATE", "ATALAYA_DATABASE_URL", "ATALAYA_HOSTS", "ATALAYA_MAIL", "ATALAYA_MAIL_FROM",
    "ATALAYA_SECRET",
}  # fmt: skip
ACTING = {
    "ATALAYA_ADDRESS", "ATALAYA_ARCHIVE_BYTES", "ATALAYA_ARCHIVE_SOURCE_BYTES", "ATALAYA_ENGINE", "ATALAYA_LOG",
    "ATALAYA_METRICS", "ATALAYA_ROUNDS", "ATALAYA_STORAGE",
}  # fmt: skip
RUNNING = {
    "ATALAYA_BROWSER", "ATALAYA_CONNECTIONS", "ATALAYA_CONTACT", "ATALAYA_HOME", "ATALAYA_RATE", "ATALAYA_SITES_AT_ONCE",
}  # fmt: skip
NO_LIMITS = RUNNING | PORTAL | ACTING


def test_every_limit_is_listed() -> None:
    assert set(INSPECTION) == {field.name for field in fields(Limits) if type(field.default) is int}
    assert set(OUTCOMES) == {variable.name for variable in VARIABLES} - NO_LIMITS


def test_the_page_has_the_values_of_the_code(project: Path) -> None:
    page = (project / "docs" / "explanation" / "hostile-sources.md").read_text(encoding="utf-8")
    assert page.endswith(hostile_page())
    assert "`unpacked` | " in page
    assert f"{Limits().unpacked:,}" in page
