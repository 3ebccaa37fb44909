"""What is stored of records and answers: no credentials, no mail of people, no secret of a signed link."""

import pytest

from atalaya.catalogue.identity import identify
from atalaya.catalogue.records import Agent, Dataset, Distribution
from atalaya.fetch.answers import Answer
from atalaya.history.records import dataset_of, distribution_of
from atalaya.rounds.record_rows import dataset_rows
from atalaya.rounds.rows import led_to, validator_row
from atalaya.store.archive import Blob


def test_mail_of_people_is_masked_in_texts_and_kept_out_of_publishers() -> None:
    dataset = Dataset(
        native_id="d1",
        title={"es": "Padrón"},
        description={"es": "Escriba a persona.inventada@correo.example para más."},
        publisher=Agent(name="otra.persona@correo.example"),
    )
    (identified,) = identify("zz:a", (dataset,))
    row, _ = dataset_rows(identified)
    assert row["description"] == {"es": "Escriba a …@correo.example para más."}
    assert dataset_of(row, ()).publisher == Agent(name="…@correo.example")


@pytest.mark.parametrize(
    ("published", "stored"),
    [
        ("https://usuario:clave@a.example/x.csv", "https://a.example/x.csv"),
        ("https://a.example/@lista/x.csv?a=b@c.example", "https://a.example/@lista/x.csv?a=b@c.example"),
        ("https://a.example/x.csv", "https://a.example/x.csv"),
    ],
)
def test_credentials_of_an_address_are_not_stored(published: str, stored: str) -> None:
    (identified,) = identify("zz:a", (Dataset(native_id="d", distributions=(Distribution(access_url=published),)),))
    _, (row,) = dataset_rows(identified)
    assert row["access_url"] == stored
    assert distribution_of(row).access_url == stored


@pytest.mark.parametrize(
    ("target", "stored"),
    [
        ("https://b.example/f.csv?X-Amz-Signature=1", "https://b.example/f.csv"),
        ("https://a.example/x?id=1", "https://a.example/x?id=1"),
    ],
)
def test_the_query_of_a_redirect_is_not_stored(target: str, stored: str) -> None:
    assert led_to(target, "https://a.example/x?id=1") == stored


@pytest.mark.parametrize(
    ("headers", "status", "kept"),
    [
        ({"etag": '"1"'}, 200, True),
        ({}, 200, False),
        ({"etag": '"1"'}, 404, False),
        ({"last-modified": "x"}, 200, True),
    ],
)
def test_only_good_answers_can_be_asked_for_again(headers: dict[str, str], status: int, kept: bool) -> None:
    answer = Answer(
        requested_url="https://a.example/",
        final_url="https://a.example/",
        status=status,
        headers=headers,
        blob=Blob("00", 1),
    )
    assert (validator_row("https://a.example/", "u", answer) is not None) is kept
