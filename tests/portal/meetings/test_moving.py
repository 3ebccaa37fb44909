"""Sessions that were kept as documents are all there after the tables of their own were made, and their trail stays."""

import json
import tempfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import psycopg
import pytest
import yaml
from django.core.management import call_command

from atalaya.commitments.documents import session_of, session_value
from atalaya.portal.database import serving_database
from atalaya.portal.meetings import stored
from atalaya.portal.migrating import portal_on

DOCUMENTS = (
    yaml.safe_load(
        (resources.files("atalaya") / "data" / "countries" / "gt" / "sessions" / "2023-03-29.yml").read_text()
    ),
    {
        "id": "otra",
        "on": "2024-02-01",
        "agreements": ["Uno", "Dos"],
        "reports": [{"institution": "A", "commitment": 3}],
    },
)


@pytest.fixture
def before() -> Iterator[tuple[str, Path]]:
    """A database as it was: sessions as documents, two of them, one changed once."""
    with (
        tempfile.TemporaryDirectory(prefix="atalaya-", ignore_cleanup_errors=True) as folder,
        serving_database(Path(folder), "") as address,
        portal_on(address, Path(folder)),
    ):
        call_command("migrate", "commitments", "0003", verbosity=0)
        with psycopg.connect(address, autocommit=True) as connection:
            for each in DOCUMENTS:
                connection.execute(
                    'INSERT INTO commitments_session (identifier, "on", plan, document) VALUES (%s, %s, %s, %s)',
                    (each["id"], each["on"], each.get("plan"), json.dumps({**each, "title": "Antes"})),
                )
                connection.execute(
                    "UPDATE commitments_session SET document = %s WHERE identifier = %s", (json.dumps(each), each["id"])
                )
        yield address, Path(folder)


def test_nothing_is_lost(before: tuple[str, Path]) -> None:
    address, folder = before
    with portal_on(address, folder):
        call_command("migrate", verbosity=0)
        held = {each.id: session_value(each) for each in stored.stored_sessions()}
    assert held == {each["id"]: session_value(session_of(each)) for each in DOCUMENTS}
    with psycopg.connect(address) as connection:
        told = connection.execute(
            "SELECT pgh_label, pgh_obj_id, document FROM commitments_sessionevent ORDER BY pgh_id"
        )
        rows = told.fetchall()
        assert [(label, key) for label, key, _ in rows] == [
            (label, each["id"]) for each in DOCUMENTS for label in ("added", "changed")
        ]
        assert [document["title"] for label, _, document in rows if label == "added"] == ["Antes", "Antes"]
        assert connection.execute("SELECT to_regclass('commitments_session')").fetchone() == (None,)
        with pytest.raises(psycopg.errors.RaiseException, match="Cannot"):
            connection.execute("DELETE FROM commitments_sessionevent")
