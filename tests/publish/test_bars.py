"""Bars: drawings of a figure and its interval, always inside their frame."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.publish.bars import WIDTH, bar


@pytest.mark.parametrize(
    ("value", "low", "high", "parts"),
    [
        (50, 50, 50, ["tr", "su"]),
        (50, 40, 60, ["tr", "su", "op", "at"]),
        (None, 0, 100, ["tr", "op"]),
        (0, 0, 0, ["tr"]),
        (100, 100, 100, ["tr", "su"]),
    ],
)
def test_parts(value, low, high, parts):
    assert re.findall(r'class="(tr|su|op|at)"', bar(value, low, high, (0, 100))) == parts


def test_nothing_where_the_figure_does_not_apply():
    assert bar(None, None, None, (0, 100)) == ""


@settings(deadline=None)
@given(st.floats(-50, 150), st.floats(-50, 150), st.floats(-50, 150))
def test_never_outside_the_frame(one, two, three):
    low, value, high = sorted((one, two, three))
    drawing = bar(value, low, high, (0, 100))
    for rectangle in re.findall(r"<rect[^>]*>", drawing):
        start = float((re.findall(r' x="([^"]+)"', rectangle) or ["0"])[0])
        width = float(re.findall(r'width="([^"]+)"', rectangle)[0])
        assert 0 <= start <= start + width <= WIDTH + 0.1
