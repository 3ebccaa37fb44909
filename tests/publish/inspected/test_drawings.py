"""Drawings stay inside their frames and show every part, however small."""

import re

from hypothesis import given
from hypothesis import strategies as st

from atalaya.inspection.semantic.histogram import Histogram
from atalaya.publish.inspected.drawings import HEIGHT, WIDTH, histogram_drawing, table_drawing
from atalaya.publish.inspected.file import Part

KINDS = ("title", "header", "data", "note")


@given(st.lists(st.integers(1, 10**7), min_size=4, max_size=4), st.integers(0, 20_000), st.sets(st.sampled_from(KINDS)))
def test_parts_of_a_table_stand_below_each_other(rows: list[int], columns: int, there: set[str]) -> None:
    parts = [
        Part(kind=kind, first=1, last=number, text=kind)
        for kind, number in zip(KINDS, rows, strict=True)
        if kind in there
    ]
    drawing = table_drawing(parts, columns)
    found = re.findall(r'<rect class="\w+" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/>', drawing)
    assert len(found) == len(parts)
    below = 0.0
    for top, width, height in ((float(a), float(b), float(c)) for a, b, c in found):
        assert below <= top + 0.06
        assert height >= 6.9
        assert width <= WIDTH
        below = top + height
    assert below <= HEIGHT
    assert len(drawing) < 900


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=24))
def test_every_step_that_holds_a_value_is_seen(counts: list[int]) -> None:
    drawing = histogram_drawing(Histogram(0.0, 1.0, tuple(counts)))
    assert len(re.findall(r"M\d+ 40v-", drawing)) == sum(count > 0 for count in counts)
    assert all(1 <= float(height) <= 40 for height in re.findall(r"v-([\d.]+)h", drawing))


def test_nothing_is_drawn_of_nothing() -> None:
    assert histogram_drawing(None) == table_drawing((), 3) == ""
