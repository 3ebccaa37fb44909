"""What the log tells: enough to mend a fault, and nothing of whoever met it."""

import json
import logging
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.test import Client

from atalaya.exceptions import SettingsError
from atalaya.portal.core.logs import JsonLines, TextLines
from atalaya.portal.observatory.models import Edition
from atalaya.settings import read_portal_settings


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[logging.LogRecord]:
    """The records that the handler of the portal is given."""
    found: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = found.append  # type: ignore[method-assign]
    logger = logging.getLogger("django.request")
    monkeypatch.setattr(logger, "handlers", [handler])
    return found


@pytest.mark.parametrize("form", [JsonLines, TextLines])
def test_a_fault_is_told_without_the_person(
    new_client: Callable[..., Client], lines: list[logging.LogRecord], monkeypatch: pytest.MonkeyPatch, form: type
) -> None:
    def fails(*_words: object, **_more: object) -> None:
        raise IntegrityError("Key (email)=(juana@inventada.example) already exists")

    monkeypatch.setattr(Edition.objects, "all", fails)
    monkeypatch.setattr(Edition.objects, "filter", fails)
    monkeypatch.setattr(Edition.objects, "order_by", fails)
    client = new_client(raise_request_exception=False, HTTP_X_FORWARDED_FOR="203.0.113.9")
    paths = ("/fuentes/?q=juana", "/cambios/?q=juana", "/instituciones/juana/?q=juana")
    assert 500 in {client.get(path, headers={"user-agent": "juana"}).status_code for path in paths}
    told = "\n".join(form().format(record) for record in lines)
    assert "IntegrityError" in told
    assert ".py:" in told
    for secret in ("juana", "203.0.113.9", "10.0.", "?q="):
        assert secret not in told


def test_lines_are_json() -> None:
    record = logging.LogRecord("atalaya.jobs", logging.WARNING, "x.py", 1, "job %s failed", (7,), None)
    said = json.loads(JsonLines().format(record))
    assert (said["level"], said["logger"], said["message"]) == ("warning", "atalaya.jobs", "job 7 failed")
    other = logging.LogRecord("django.x", logging.ERROR, "x.py", 1, "Invalid header: %s", ("juana",), None)
    assert json.loads(JsonLines().format(other))["message"] == "Invalid header: %s"


def test_every_handler_writes_without_personal_data() -> None:
    assert {each["formatter"] for each in settings.LOGGING["handlers"].values()} <= {"text", "json"}
    with pytest.raises(SettingsError, match="ATALAYA_LOG"):
        read_portal_settings({"ATALAYA_LOG": "xml"})
