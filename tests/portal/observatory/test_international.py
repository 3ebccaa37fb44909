"""Indices of others stand beside the national figure: course, table, source, and what an official may do."""

import json
from xml.etree import ElementTree

from django.test import Client


def test_an_index_tells_what_to_publish_first(visitor: Client) -> None:
    text = visitor.get("/en/internacional/indekso/").content.decode()
    assert "The country scores 0 in every category." in text
    assert text.index("<h3>One") < text.index("<h3>Two")  # first what would add most
    assert "Publish it" in text
    assert "not found" in text  # the edition without a figure
    assert "El país obtiene 0 en todas las categorías." in visitor.get("/internacional/indekso/").content.decode()


def test_files_have_every_figure_and_the_course_is_a_drawing(visitor: Client) -> None:
    rows = json.loads(visitor.get("/internacional/?formato=json").getvalue())
    assert [(row["edicion"], row["valor"], row["lugar"]) for row in rows] == [
        ("2020", 20, 9),
        ("2022", None, None),
        ("2024", 40.5, 7),
    ]
    drawing = visitor.get("/internacional/indekso/?formato=svg")
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert ElementTree.fromstring(drawing.content).tag.endswith("svg")


def test_the_list_stands_beside_the_national_figure(visitor: Client) -> None:
    text = visitor.get("/internacional/").content.decode()
    assert "Este observatorio:" in text
    assert "40,5" in text or "40.5" in text
    assert visitor.get("/internacional/alia/").status_code == 404
