"""Edges of `content_unique`: what was not read, links made by rule."""

from atalaya.checks.dataset.content_unique import rule
from atalaya.checks.example_cases import dataset_case, distribution, resource_case


def test_one_table_of_its_own_is_enough_whatever_was_not_read() -> None:
    among = {"contents": 2, "shared_contents": 1}
    assert rule(dataset_case(resources=(resource_case(inspection=None),), among=among)).reason == "ok"


def test_links_made_by_the_reader_do_not_count() -> None:
    derived = resource_case(distribution=distribution(derived=True), inspection=None)
    among = {"contents": 1, "shared_contents": 1}
    assert rule(dataset_case(resources=(resource_case(), derived), among=among)).reason == "repeated"
