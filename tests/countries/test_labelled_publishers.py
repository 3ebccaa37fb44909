"""Publisher texts labelled by someone who had not read the matcher, as written and varied by rule: precision and recall."""

import pytest

from benchmarks.attribution import holds, read_labels, scores


def test_the_list_is_what_it_says() -> None:
    rows = read_labels()
    assert len(rows) >= 500
    assert len({text for text, _ in rows}) == len(rows)
    assert sum(institution is None for _, institution in rows) >= 100


@pytest.mark.parametrize("seed", [1, 90210])
def test_attribution_reaches_the_bars(seed: int) -> None:
    (written, held_out, varied), _ = scores(seed)
    assert holds(written, as_written=True), written
    assert holds(held_out, as_written=False), held_out
    assert holds(varied, as_written=False), varied
