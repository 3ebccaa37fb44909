"""Which findings one act mends, and what findings are about."""

import pytest

from atalaya.history.finding_subjects import Subject, act_of, subjects_of
from atalaya.history.read import Sealed


def subject(check: str, address: str = "https://files.example/a.csv", source: str = "zz:portal") -> Subject:
    return Subject(
        id="s", title={}, source_id=source, record_id="r", resource_id="f", table=None, address=address,
        row={"check_id": check},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("check", "address", "act"),
    [
        ("media_type_served", "https://files.example/a.csv", ("media_type_served", "files.example")),
        ("media_type_served", "https://FILES.example:8443/b.csv", ("media_type_served", "files.example")),
        ("media_type_served", "", None),
        ("media_type_served", "http://[broken/a.csv", None),
        ("catalogue_complete", "", ("catalogue_complete", "zz:portal")),
        ("licence_open", "https://files.example/a.csv", None),
        ("of_another_release", "https://files.example/a.csv", None),
    ],
)
def test_one_act_mends_a_file_a_host_or_a_source(check: str, address: str, act: tuple[str, str] | None) -> None:
    assert act_of(subject(check, address)) == act


def test_subjects_are_named_as_people_know_them(small_observation: Sealed) -> None:
    rows = list(small_observation.rows("outcomes", "verdict = 'fail'"))
    found = subjects_of(small_observation, rows)
    titles = {str(row["record_id"]): row["title"] for row in small_observation.rows("records")}
    places = {str(row["resource_id"]): row for row in small_observation.rows("distributions")}
    for row in rows:
        each = found[str(row["check_id"]), str(row["subject_id"])]
        if row["record_id"] is not None:
            assert each.title == titles[str(row["record_id"])]
        if row["resource_id"] is not None:
            place = places[str(row["resource_id"])]
            assert each.address in (place["download_url"], place["access_url"])
        assert each.host
    assert {row["level"] for row in rows} >= {"dataset", "resource"}
