"""The pages of topics: what is wanted, what there is and why, and what nobody can say."""

import csv
import io

from django.test import Client

from atalaya.portal.observatory.models import Topic, TopicMatch


def test_a_topic_is_explained_dataset_by_dataset(visitor: Client) -> None:
    topic = Topic.objects.get()
    assert (topic.found, topic.wanted, topic.met + topic.unmet + topic.open) == (1, 2, 4)
    text = visitor.get(f"/en/temas/{topic.id}/").content.decode()
    match = TopicMatch.objects.first()
    assert f"/en/datos/{match.dataset}/" in text
    assert "in a column" in text
    assert "2 of 2 columns" in text
    assert "Nobody publishes it" in text
    assert "Neither its titles nor its record tell of which years it is." in text
    assert "Nadie lo publica" in visitor.get(f"/temas/{topic.id}/").content.decode()


def test_the_download_has_a_row_for_each_case(visitor: Client) -> None:
    answer = visitor.get("/temas/?formato=csv")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [(row["criterio"], row["buscado"]) for row in rows][:2] == [
        ("publikigita", "nombro"),
        ("publikigita", "naskoj"),
    ]
    assert {row["resultado"] for row in rows} <= {"met", "unmet", "unknown", "not_applicable"}
    assert len(rows) == 5


def test_what_is_not_a_topic_is_not_found(visitor: Client) -> None:
    assert visitor.get("/temas/nenio/").status_code == 404
