"""The pages of further languages: what is translated, what is stale, and the file for translators."""

import csv
import io

from django.test import Client

from atalaya.countries.row_translations import COLUMNS


def test_a_language_tells_what_is_stale_and_awaited(visitor: Client) -> None:
    text = visitor.get("/idiomas/mam/").content.decode()
    assert '<span lang="mam">' in text
    assert "inventita malnova" in text
    assert "desactualizada" in text
    assert "espera traducción" in text
    assert visitor.get("/idiomas/xx/").status_code == 404


def test_the_file_is_the_one_that_comes_back(visitor: Client) -> None:
    body = visitor.get("/idiomas/mam/?formato=csv").getvalue().decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(body))
    assert tuple(rows.fieldnames or ()) == COLUMNS
    assert [row["before"] for row in rows if row["before"]] == ["inventita malnova"]
