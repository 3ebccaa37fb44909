"""The held-out lists of answers that may not be the file: every entry can be measured."""

from collections import Counter
from pathlib import Path

import pytest

from atalaya.checks.resource.answer_genuine import CHECK
from benchmarks.soft_failures import COLLECTIONS, REASONS, Label, label_files, read_labels

MOST_BYTES = 300_000
LEAST_OF_A_KIND = 3


@pytest.fixture(scope="module", params=COLLECTIONS)
def labels(request: pytest.FixtureRequest) -> list[Label]:
    return read_labels(request.param)


def test_ids_are_unique(labels: list[Label]) -> None:
    assert [name for name, count in Counter(label.id for label in labels).items() if count > 1] == []


def test_bodies_are_unique_and_not_empty(labels: list[Label]) -> None:
    assert [label.id for label in labels if not label.body.strip()] == []
    assert [count for count in Counter(label.body for label in labels).values() if count > 1] == []


def test_every_kind_is_known_and_has_several(labels: list[Label]) -> None:
    counts = Counter(label.kind for label in labels if label.kind is not None)
    assert set(counts) == set(REASONS)
    assert [kind for kind, count in counts.items() if count < LEAST_OF_A_KIND] == []


def test_a_collection_has_bodies_of_both_sides(labels: list[Label]) -> None:
    assert {label.kind is None for label in labels} == {True, False}


def test_no_entry_is_in_two_collections() -> None:
    together = [label for collection in COLLECTIONS for label in read_labels(collection)]
    assert len({label.id for label in together}) == len(together)
    assert len({label.body for label in together}) == len(together)


def test_every_reason_is_one_of_the_check() -> None:
    assert frozenset().union(*REASONS.values()) <= set(CHECK.reasons)


@pytest.mark.parametrize(
    "path",
    [path for name in COLLECTIONS for path in label_files(name)],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_a_file_stays_small(path: Path) -> None:
    assert path.stat().st_size < MOST_BYTES
