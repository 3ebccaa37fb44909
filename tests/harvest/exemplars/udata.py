"""A list of uData, version 1, in pages that name the next one."""

import json
from collections.abc import Mapping

from tests.harvest.exemplars.exemplar import Exemplar, Item, Pages

URL = "https://datos.example/api/1/datasets/"
PAGE_SIZE = 2


def render(pages: Pages) -> Mapping[str, str]:
    """One answer a page, the address without parameters, and what discovery asks."""
    total = sum(len(items) for items in pages)
    urls = [f"{URL}?page={number}&page_size={PAGE_SIZE}" for number in range(1, len(pages) + 1)]
    answers = {}
    for place, items in enumerate(pages):
        following = urls[place + 1] if place + 1 < len(urls) else None
        page = {"data": [_dataset(item) for item in items], "next_page": following, "page": place + 1}
        answers[urls[place]] = json.dumps(page | {"page_size": PAGE_SIZE, "total": total}, ensure_ascii=False)
    answers[URL] = answers[f"{URL}?page=1&page_size=1"] = answers[urls[0]]
    return answers


def _dataset(item: Item) -> dict[str, object]:
    resources = [{"id": f"{item.id}-{place}", "url": url, "format": "csv"} for place, url in enumerate(item.urls)]
    return {
        "id": item.id,
        "title": item.title,
        "slug": "presupuesto",
        "last_modified": item.modified,
        "organization": {"id": "o1", "name": "MINFIN"},
        "resources": resources,
    }


EXEMPLAR = Exemplar(protocol="udata", url=URL, render=render, paged=True, page_size=PAGE_SIZE)
