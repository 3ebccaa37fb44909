"""Single catalogues: their protocol is found out once, and one that fails is an outcome like any other."""

import json
from typing import Any

import pytest

from atalaya.exceptions import RoundAborted, SourceError
from atalaya.history.read import Sealed
from atalaya.rounds.catalogues import pack_of_sources
from atalaya.store.tables import Row

UNO, DOS = "https://uno.small.example/", "https://dos.small.example/data.json"
NOTHING = "https://more.small.example/0-1.csv"


def by_title(observation: Sealed) -> dict[str, Row]:
    return {row["title"][""]: row for row in observation.rows("sources")}  # type: ignore[index]


def test_the_protocol_is_found_and_its_documents_are_asked_once(days: Any) -> None:
    observation = days.observe(0, urls=[UNO, DOS])
    found = {url: (row["protocol"], row["url"], row["datasets"]) for url, row in by_title(observation).items()}
    assert found == {UNO: ("ckan", "https://uno.small.example/api/3/action", 7), DOS: ("datajson", DOS, 5)}
    assert observation.count("attempts", "url = ? AND purpose = 'catalogue'", [DOS]) == 1


def test_an_address_without_a_catalogue_fails_beside_the_others(days: Any) -> None:
    observation = days.observe(0, urls=[NOTHING, DOS])
    row = by_title(observation)[NOTHING]
    assert (row["state"], row["reason"], row["protocol"]) == ("failed", "no_protocol", "unknown")
    assert all(f"{place} gave " in str(row["detail"]) for place in ("/data.json", "/catalog.ttl"))
    assert by_title(observation)[DOS]["state"] == "complete"
    [outcome] = observation.rows("outcomes", "source_id = ? AND check_id = 'catalogue_readable'", [row["source_id"]])
    assert outcome["verdict"] == "fail"


def test_an_address_that_never_answered_is_unknown_at_first(days: Any) -> None:
    observation = days.observe(0, urls=["https://nowhere.small.example/", DOS])
    row = by_title(observation)["https://nowhere.small.example/"]
    assert (row["state"], row["reason"]) == ("failed", "no_protocol")
    [outcome] = observation.rows("outcomes", "source_id = ? AND check_id = 'catalogue_readable'", [row["source_id"]])
    assert (outcome["verdict"], outcome["reason"]) == ("unknown", "no_answer")


@pytest.mark.parametrize("urls", [[NOTHING], [NOTHING, "https://nowhere.small.example/"]])
def test_where_nothing_is_a_catalogue_nothing_is_observed(days: Any, urls: list[str]) -> None:
    with pytest.raises(SourceError, match="No protocol reads 'https://more"):
        days.observe(0, urls=urls)
    assert not list(days.home.rglob("round.json"))


def test_a_known_catalogue_that_fails_is_held_without_being_discovered_again(days: Any) -> None:
    days.observe(0, urls=[DOS])
    days.dos("Se ha producido un error", status=500)
    observation = days.observe(1, urls=[DOS])
    row = by_title(observation)[DOS]
    assert (row["state"], row["reason"], row["protocol"], row["datasets"]) == ("held", "http", "datajson", 5)
    assert [page["url"] for page in observation.rows("pages")] == [DOS]
    days.dos(None)
    assert by_title(days.observe(2, urls=[DOS]))[DOS]["state"] == "complete"


def test_an_address_that_was_none_is_found_when_it_becomes_one(days: Any) -> None:
    days.dos("<html><body>Pronto</body></html>")
    assert by_title(days.observe(0, urls=[UNO, DOS]))[DOS]["reason"] == "no_protocol"
    days.dos(None)
    assert by_title(days.observe(1, urls=[UNO, DOS]))[DOS]["datasets"] == 5


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"dataset": [', "malformed: "),
        ("   ", "empty: "),
        ('{"@context": "https://nobody.example/c.jsonld", "@graph": []}', "remote_context: "),
        ("<html><body>Pronto</body></html>", "html"),
        ('{"error": "no hay"}', "error_object: no hay"),
    ],
)
def test_why_a_document_was_refused_is_told(days: Any, text: str, reason: str) -> None:
    days.dos(text)
    with pytest.raises(SourceError) as caught:
        days.observe(0, urls=[DOS])
    assert reason in str(caught.value)


def test_departures_from_a_profile_are_listed_and_lose_nothing(days: Any) -> None:
    """They stand among the problems of the source, and the catalogue is not called incomplete for them."""
    item = {"identifier": "a", "title": "Presupuesto", "superTheme": ["DINERO"], "distribution": []}
    days.dos(json.dumps({"title": "C", "superThemeTaxonomy": "x", "dataset": [item]}))
    observation = days.observe(0, urls=[DOS])
    row = by_title(observation)[DOS]
    assert (row["protocol"], row["state"], row["datasets"], row["problems"]) == ("datajson_ar", "complete", 1, 0)
    reasons = {problem["place"]: str(problem["reason"]) for problem in observation.rows("problems")}
    assert reasons["dataset[0].superTheme[0]"].startswith('departs from the profile: says "DINERO"; write the code')
    [outcome] = observation.rows("outcomes", "source_id = ? AND check_id = 'catalogue_complete'", [row["source_id"]])
    assert outcome["reason"] != "problems"


def test_an_aborted_round_of_a_known_catalogue_can_be_resumed(days: Any) -> None:
    whole = (days.replay / "replay.yml").read_text()
    days.observe(0, urls=[DOS])
    (days.replay / "replay.yml").write_text("format: 1\n", encoding="utf-8")
    with pytest.raises(RoundAborted):
        days.observe(1, urls=[DOS])
    (days.replay / "replay.yml").write_text(whole, encoding="utf-8")
    assert by_title(days.observe(1, urls=[DOS], resume=True))[DOS]["state"] == "complete"


def test_the_pack_depends_on_the_addresses_alone() -> None:
    one = pack_of_sources([UNO, DOS])
    assert one == pack_of_sources([UNO, DOS, UNO])
    assert pack_of_sources([DOS, UNO]).code == one.code
    assert json.dumps([source.protocol for source in one.sources]) == '["unknown", "unknown"]'


@pytest.mark.parametrize("url", ["", "datos.example", "https://", "mailto:a@b.example", "https://[x"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(SourceError, match="address"):
        pack_of_sources([url])
