"""Before the first edition: what people write is there, what is measured says that there is nothing yet."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

OF_PEOPLE = (
    "planes/",
    "planes/1/",
    "planes/1/compromisos/3/",
    "planes/1/cronologia/",
    "planes/1/mesa-tecnica/",
    "planes/buscar/?q=datos",
    "planes/comparacion/",
    "organos/",
    "sesiones/",
    "acuerdos/",
    "cumplimiento/",
    "seguimiento/",
    "normas/",
    "comunicados/",
    "comunicados/?institucion=uno",
    "comunicados/2025-03-14-anuncio-inventado/",
)


@pytest.fixture(autouse=True)
def no_edition(published_portal: str) -> Iterator[None]:
    """The tables that a load makes are away, as on a portal that has published nothing."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER SCHEMA published RENAME TO published_away")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER SCHEMA published_away RENAME TO published")


@pytest.mark.parametrize("place", OF_PEOPLE)
def test_what_people_write_is_there(visitor: Client, place: str) -> None:
    answer = visitor.get(f"/{place}")
    assert answer.status_code == 200
    again = visitor.get(f"/{place}", headers={"if-none-match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("place", ["", "instituciones/", "comparar/"])
def test_what_is_measured_says_that_there_is_nothing_yet(visitor: Client, place: str) -> None:
    assert visitor.get(f"/{place}").status_code == 503
