"""Every chart stands with its table, in words, and can be taken along as a drawing and as rows."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from atalaya.portal.observatory.charts import CHARTS
from atalaya.portal.observatory.models import Edition, Score, Tile
from atalaya.portal.observatory.queries import index_scores


@pytest.mark.parametrize("prefix", ["/", "/en/"])
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_with_its_table_and_its_files(visitor: Client, prefix: str, name: str) -> None:
    text = visitor.get(f"{prefix}graficas/").content.decode()
    assert f'id="{name}-t"' in text
    drawing = visitor.get(f"{prefix}graficas/?grafica={name}&formato=svg")
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert ElementTree.fromstring(drawing.getvalue()).tag == "{http://www.w3.org/2000/svg}svg"
    rows = list(
        csv.reader(
            io.StringIO(visitor.get(f"{prefix}graficas/?grafica={name}&formato=csv").getvalue().decode("utf-8-sig"))
        )
    )
    section = text[text.index(f'id="h-{name}"') :].partition("</section>")[0]
    assert len(rows) - 1 == len(re.findall(r'<th scope="row">', section)) > 0


@pytest.mark.parametrize("query", ["grafica=nada&formato=svg", "grafica=mapa", "grafica=mapa&formato=pdf", "grafica="])
def test_what_is_no_chart_is_not_found(visitor: Client, query: str) -> None:
    assert visitor.get(f"/graficas/?{query}").status_code == 404


def test_the_distribution_counts_every_institution_with_a_figure(visitor: Client) -> None:
    rows = json.loads(visitor.get("/graficas/?grafica=distribucion&formato=json").getvalue())
    scores = index_scores(Edition.objects.get(newest=True)).values()
    assert sum(row["instituciones"] for row in rows) == sum(score.value is not None for score in scores) > 0


def test_a_tile_has_the_mean_of_the_bodies_in_it_at_whatever_depth(published_portal: str) -> None:
    tiles = {tile.code: tile for tile in Tile.objects.all()}
    edition = Edition.objects.get(newest=True)
    first, second = Score.objects.filter(observation=edition.observation, node="index", kind="institution").order_by(
        "unit"
    )[:2]
    assert set(tiles) == {"A", "B"}
    assert (tiles["A"].bodies, tiles["A"].measured) == (2, 2)
    assert tiles["A"].value == pytest.approx((first.value + second.value) / 2)
    assert tiles["A"].low == pytest.approx((first.low + second.low) / 2)
    assert tiles["A"].high == pytest.approx((first.high + second.high) / 2)
    assert (tiles["B"].bodies, tiles["B"].value) == (0, None)
