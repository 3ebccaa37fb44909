"""Clicks from the home page, on small sites drawn by hand."""

import pytest

from atalaya.rounds.site_clicks import clicks_from_home


def link(page: str, url: str, relation: str = "anchor", kind: str = "page") -> dict[str, object]:
    return {"page_url": page, "url": url, "relation": relation, "kind": kind}


CASES = [
    ("a link on the home page is one click", [link("/", "/ley")], {"/": 0, "/ley": 1}),
    ("each page is one more", [link("/", "/ley"), link("/ley", "/ley/n8.csv")], {"/": 0, "/ley": 1, "/ley/n8.csv": 2}),
    ("the shortest way counts", [link("/", "/a"), link("/a", "/b"), link("/", "/b")], {"/": 0, "/a": 1, "/b": 1}),
    ("a frame needs no click", [link("/", "/menu", "frame"), link("/menu", "/ley")], {"/": 0, "/menu": 0, "/ley": 1}),
    (
        "a frame found late shortens the way",
        [link("/", "/a"), link("/a", "/c"), link("/", "/m", "frame"), link("/m", "/c")],
        {"/": 0, "/a": 1, "/m": 0, "/c": 1},
    ),
    ("a page that only a list of pages knows has no way", [link("/isla", "/isla/n8.csv")], {"/": 0}),
    ("headings lead nowhere", [link("/", "/ley", kind="heading")], {"/": 0}),
    ("circles end", [link("/", "/a"), link("/a", "/")], {"/": 0, "/a": 1}),
]


@pytest.mark.parametrize(("links", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_clicks(links: list[dict[str, object]], expected: dict[str, int]) -> None:
    assert clicks_from_home("/", links) == expected
