"""Before the first edition: what people write is there, what is measured says that there is nothing yet."""

import pytest
from django.test import Client

from atalaya.portal.observatory.models import Edition

OF_PEOPLE = (
    "planes/",
    "planes/1/mesa-tecnica/",
    "organos/",
    "sesiones/",
    "acuerdos/",
    "cumplimiento/",
    "seguimiento/",
    "normas/",
    "comunicados/",
)


@pytest.fixture(autouse=True)
def no_edition(published_portal: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Edition, "shown", lambda: None)
    monkeypatch.setattr(Edition, "is_there", lambda: False)


@pytest.mark.parametrize("place", OF_PEOPLE)
def test_what_people_write_is_there(visitor: Client, place: str) -> None:
    answer = visitor.get(f"/{place}")
    assert answer.status_code == 200
    again = visitor.get(f"/{place}", headers={"if-none-match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("place", ["", "instituciones/", "comparar/"])
def test_what_is_measured_says_that_there_is_nothing_yet(visitor: Client, place: str) -> None:
    assert visitor.get(f"/{place}").status_code == 503
