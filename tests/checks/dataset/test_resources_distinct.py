"""Edges of `resources_distinct`: scheme, fragments, error messages, services."""

from atalaya.checks.dataset.resources_distinct import rule
from atalaya.checks.example_cases import dataset_case, distribution, inspection, probe, resource_case

HERE = "https://datos.example.org/a.csv"


def pair(one: dict[str, object], other: dict[str, object], **facts: object) -> str:
    items = [resource_case(distribution=distribution(**each), **facts) for each in (one, other)]
    return rule(dataset_case(resources=tuple(items))).reason


def test_the_scheme_makes_no_other_address() -> None:
    assert pair({"download_url": HERE}, {"download_url": HERE.replace("https", "http")}, probe=None) == "address"


def test_a_fragment_makes_another_one() -> None:
    assert pair({"download_url": HERE + "#1"}, {"download_url": HERE + "#2"}, probe=None) == "ok"


def test_the_same_error_message_is_no_repeated_file() -> None:
    facts = {"inspection": inspection("json_error"), "probe": probe()}
    assert pair({"download_url": HERE}, {"download_url": HERE + "?b"}, **facts) == "ok"


def test_a_part_of_a_file_says_nothing_of_the_whole() -> None:
    assert pair({"download_url": HERE}, {"download_url": HERE + "?b"}, probe=probe(whole=False)) == "ok"


def test_layers_of_one_service_are_different() -> None:
    one = {"download_url": HERE, "format": "WMS", "media_type": None, "title": {"es": "Ríos"}}
    assert pair(one, {**one, "title": {"es": "Lagos"}}, probe=None) == "ok"
    assert pair(one, one, probe=None) == "address"


def test_resources_without_address_are_not_compared() -> None:
    assert pair({"download_url": None}, {"download_url": None}, probe=None) == "ok"
