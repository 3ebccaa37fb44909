"""The European points in a report, and their bands."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from atalaya.indices.language.reading import read_shipped_index
from atalaya.publish.points import NodePoints, UnitPoints, band_of
from atalaya.publish.report import render_report

MQA = read_shipped_index("mqa/1")


def unit(kind: str, id_: str, name: str, low: float, high: float, applied: int) -> UnitPoints:
    nodes = tuple(
        NodePoints(node=node, of=405, value=None, low=low, high=high, applied=applied) for node in MQA.root.walk()
    )
    return UnitPoints(kind=kind, id=id_, name=name, nodes=nodes)


@pytest.mark.parametrize(
    ("low", "high", "band"),
    [
        (230, 240, "Buena"),
        (210, 240, "Suficiente – Buena"),
        (0, 405, "–"),
        (0, 0, "Deficiente"),
        (405, 405, "Excelente"),
    ],
)
def test_bands(low: float, high: float, band: str) -> None:
    assert band_of(MQA, low, high, "es") == band


def test_the_report_tells_the_points_of_who_was_judged(build: Callable[..., Any]) -> None:
    units = (
        unit("institution", "xx:inst-000", "Ministerio", 210.5, 240.0, 3),
        unit("institution", "xx:inst-001", "Nadie", 0.0, 405.0, 0),
        unit("source", "xx:portal", "Portal <b>", 240.0, 240.0, 3),
    )
    page = render_report(build(points=units), "es")
    section = page.partition('id="points"')[2].partition("</section>")[0]
    assert re.search("210[.,]5 – 240", section)
    assert "Suficiente – Buena" in section
    assert "Nadie" not in section
    assert "<b>" not in section
    assert "Portal &lt;b&gt;" in section
    assert len(re.findall("<tr>", section)) == 3, "the head and two units"
    assert 'href="#points"' in page


@pytest.mark.parametrize("units", [(), (unit("institution", "xx:inst-001", "Nadie", 0.0, 405.0, 0),)])
def test_a_report_without_points_says_nothing_of_them(build: Callable[..., Any], units: tuple[UnitPoints, ...]) -> None:
    page = render_report(build(points=units), "en")
    assert 'id="points"' not in page
    assert 'href="#points"' not in page
