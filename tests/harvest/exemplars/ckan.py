"""A CKAN search in pages of two packages."""

import json
from collections.abc import Mapping

from tests.harvest.exemplars.exemplar import Exemplar, Item, Pages

BASE = "https://datos.example/api/3/action"
PAGE_SIZE = 2


def render(pages: Pages) -> Mapping[str, str]:
    """One answer of `package_search` a page, the list of names, every package by name, and what discovery asks."""
    count = sum(len(items) for items in pages)
    answers = {}
    start = 0
    for items in pages:
        url = f"{BASE}/package_search?sort=id asc&rows={PAGE_SIZE}&start={start}"
        answers[url] = _envelope({"count": count, "results": [_package(item) for item in items]})
        start += len(items)
    names = [str(item.id) for items in pages for item in items]
    answers[f"{BASE}/package_list?limit={PAGE_SIZE}&offset=0"] = _envelope(names)
    for item in (item for items in pages for item in items):
        answers[f"{BASE}/package_show?id={item.id}"] = _envelope(_package(item))
    answers[f"{BASE}/package_search?rows=1"] = _envelope({"count": count, "results": []})
    return answers


def _package(item: Item) -> dict[str, object]:
    resources = [{"id": f"{item.id}-{place}", "url": url, "format": "CSV"} for place, url in enumerate(item.urls)]
    return {
        "id": item.id,
        "name": f"{item.id}",
        "title": item.title,
        "metadata_modified": item.modified,
        "resources": resources,
    }


def _envelope(result: object) -> str:
    return json.dumps({"success": True, "result": result}, ensure_ascii=False)


EXEMPLAR = Exemplar(protocol="ckan", url=BASE, render=render, paged=True, page_size=PAGE_SIZE)
