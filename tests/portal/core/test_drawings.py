"""Charts: what is drawn is what the figures say, it can be read out, and nothing put into it becomes markup."""

from xml.etree import ElementTree

import pytest

from atalaya.portal.core.drawings import Cell, Moment, columns, fifth, standalone, tiles, timeline

SPACE = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>&\"'"


def _read(drawn: object) -> ElementTree.Element:
    chart = ElementTree.fromstring(standalone(drawn))
    named = {each.get("id"): each for each in chart if each.get("id")}
    assert chart.get("role") == "img"
    assert all(named[name].text for name in chart.get("aria-labelledby").split())
    return chart


def _moment(name: str, value: float | None, low: float | None = None, high: float | None = None) -> Moment:
    return Moment(name, "" if value is None else str(value), value, low, high)


def test_a_course_leaves_out_what_is_not_known_and_shows_its_intervals() -> None:
    moments = [_moment("a", 10, 0, 20), _moment("b", None), _moment("c", 30, 20, 60)]
    chart = _read(timeline("x", HOSTILE, HOSTILE, moments))
    line = chart.find(f"{SPACE}polyline").get("points").split()
    heights = [float(point.partition(",")[2]) for point in line]
    assert len(line) == 2
    assert heights[0] > heights[1], "more points stand higher"
    assert len(chart.find(f"{SPACE}polygon").get("points").split()) == 4
    assert len(chart.findall(f"{SPACE}circle")) == 2
    assert chart.find(f"{SPACE}title").text == HOSTILE


def test_one_figure_alone_is_a_point_with_its_interval() -> None:
    chart = _read(timeline("x", "t", "d", [_moment("a", 50, 40, 90)]))
    assert chart.find(f"{SPACE}polygon") is None
    whisker = next(each for each in chart.iter(f"{SPACE}line") if each.get("class") == "whisker")
    assert float(whisker.get("y1")) > float(chart.find(f"{SPACE}circle").get("cy")) > float(whisker.get("y2"))


def test_a_long_course_names_few_of_its_editions_and_always_the_last() -> None:
    chart = _read(timeline("x", "t", "d", [_moment(f"e{n}", n, n, n) for n in range(60)]))
    named = [each.text for each in chart.iter(f"{SPACE}text") if (each.text or "").startswith("e")]
    assert "e59" in named
    assert len(named) <= 5


def test_columns_are_as_tall_as_their_counts() -> None:
    chart = _read(columns("x", "t", "d", [(0, 10, 4), (10, 20, 0), (20, 30, 8)]))
    tall = [float(each.get("height")) for each in chart.iter(f"{SPACE}rect")]
    assert tall[0] == pytest.approx(tall[2] / 2, abs=0.1)
    assert tall[1] == 0
    assert {"0", "10", "20", "30", "4", "8"} <= {each.text for each in chart.iter(f"{SPACE}text")}


def test_a_map_puts_each_tile_in_its_place_and_says_what_it_holds() -> None:
    cells = [
        Cell("Arriba", "81", 1, 2, 81.0),
        Cell(HOSTILE, "–", 3, 1, None),
        Cell("Lugar de nombre largo", "5", 2, 2, 5.0),
    ]
    chart = _read(tiles("x", "t", "d", cells))
    groups = chart.findall(f"{SPACE}g")
    assert [group.find(f"{SPACE}title").text for group in groups] == [
        "Arriba: 81", f"{HOSTILE}: –", "Lugar de nombre largo: 5",
    ]  # fmt: skip
    boxes = [group.find(f"{SPACE}rect") for group in groups]
    places = [(float(box.get("x")), float(box.get("y"))) for box in boxes]
    assert len(set(places)) == 3
    assert places[0][0] == places[2][0] > places[1][0]
    assert places[0][1] < places[2][1] < places[1][1]
    assert [box.get("class") for box in boxes] == ["k5", "k0", "k1"]


@pytest.mark.parametrize(
    ("value", "step"), [(None, 0), (-1, 1), (0, 1), (19.9, 1), (20, 2), (40, 3), (79.9, 4), (80, 5), (100, 5), (101, 5)]
)
def test_the_fifths_of_the_scale(value: float | None, step: int) -> None:
    assert fifth(value) == step
