"""The judge of the soak sees what grows, and leaves alone what only swings."""

import random

import pytest

from benchmarks.process_tree import Holding
from benchmarks.soak import Reading, chart, judged, theil_sen

MB = 1_000_000


def readings(growth: float, *, files: int = 0, swing: float = 20.0, number: int = 60) -> list[Reading]:
    """Rounds of half a minute: `growth` in MB an hour, random swings, `files` more open at the end."""
    chance = random.Random(7)
    found = []
    for place in range(number):
        memory = int((250 + growth * place / 120 + chance.uniform(-swing, swing)) * MB)
        after = Holding(memory=memory, files=6 + files * place // number, threads=2, children=0, leftovers=0)
        found.append(Reading(second=place * 30.0, peak=memory + 100 * MB, after=after))
    return found


def test_what_only_swings_is_flat() -> None:
    assert all(judgement.flat for judgement in judged(readings(0.0), 30))


@pytest.mark.parametrize(("growth", "files"), [(120.0, 0), (0.0, 5)])
def test_what_grows_is_seen(growth: float, files: int) -> None:
    assert not all(judgement.flat for judgement in judged(readings(growth, files=files), 30))


def test_too_few_rounds_are_not_called_flat() -> None:
    assert not all(judgement.flat for judgement in judged(readings(0.0, number=5), 30))


def test_odd_rounds_do_not_move_the_slope() -> None:
    assert theil_sen([0, 1, 2, 3, 4], [0, 1, 900, 3, 4]) == 1.0
    assert chart(readings(0.0)).count("\n") == 11
