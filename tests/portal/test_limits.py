"""A question to the database that takes longer than it may is broken off, and the answer says so."""

import pytest
from django.db import connection
from django.test import Client

from atalaya.portal.core.kept import forget
from atalaya.portal.observatory.models import Institution


@pytest.mark.parametrize(
    ("place", "said"), [("/instituciones/", "inténtelo"), ("/api/v1/institutions", "ask for less")]
)
def test_a_question_without_end_is_answered_all_the_same(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, place: str, said: str
) -> None:
    def endless(*_arguments: object, **_named: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '50ms'")
            try:
                cursor.execute("SELECT pg_sleep(20)")
            finally:
                cursor.execute("SET statement_timeout = '10s'")

    forget()
    monkeypatch.setattr(Institution.objects, "all", endless)
    answer = visitor.get(place)
    assert answer.status_code == 503
    assert said in answer.content.decode()


def test_every_connection_has_its_limits(published_portal: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('jit')")
        assert cursor.fetchone() == ("10s", "off")
