"""People of reviews: who speaks for two institutions, and three analysts."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from atalaya.portal.observatory.models import DutyVerdict
from atalaya.portal.reviews.models import Certificate, ComingFinding, Hold, Reply, ReplyPeriod, Ruling
from tests.portal.api.conftest import known
from tests.portal.conftest import CERTIFIED

__all__ = ["known"]

FOCAL, OTHER = "zz:uno", "zz:tres"


@pytest.fixture(autouse=True)
def _own_store(published_portal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Decisions go to a store of the test's own, and answers of other tests are none of this one."""
    monkeypatch.setattr(settings, "ATALAYA_HOME", tmp_path / "home")
    yield
    Ruling.objects.all().delete()
    Certificate.objects.exclude(number=CERTIFIED).delete()
    for table in (Hold, Reply, ComingFinding, ReplyPeriod):
        table.objects.all().delete()


@pytest.fixture
def focal(new_person: Callable[..., Any]) -> Any:
    return new_person({"role": "focal_point", "institution": FOCAL})


@pytest.fixture
def other(new_person: Callable[..., Any]) -> Any:
    return new_person({"role": "focal_point", "institution": OTHER})


@pytest.fixture
def analysts(new_person: Callable[..., Any]) -> list[Any]:
    return [new_person({"role": "analyst"}) for _ in range(3)]


@pytest.fixture
def missing_duty(published_portal: str) -> Iterator[DutyVerdict]:
    """A duty of an institution that publishes nothing of it, in the newest edition."""
    row = DutyVerdict.objects.filter(standing="late", period="").first()
    change = "UPDATE published.verdict SET standing = %s, reason = %s WHERE duty = %s AND institution = %s"
    with connection.cursor() as cursor:
        cursor.execute(change, ("missing", "not_found", row.duty, row.institution))
    yield row
    with connection.cursor() as cursor:
        cursor.execute(change, (row.standing, row.reason, row.duty, row.institution))
