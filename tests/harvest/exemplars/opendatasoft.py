"""A portal of OpenDataSoft, version 2.1, in pages of two datasets whose files are attachments with addresses of the web."""

import json
from collections.abc import Mapping

from tests.harvest.exemplars.exemplar import Exemplar, Item, Pages

URL = "https://datos.example/api/explore/v2.1/catalog/datasets"
PAGE_SIZE = 2


def render(pages: Pages) -> Mapping[str, str]:
    """One answer a page, the address without parameters, and what discovery asks."""
    count = sum(len(items) for items in pages)
    answers = {}
    start = 0
    for items in pages:
        answers[f"{URL}?limit={PAGE_SIZE}&offset={start}"] = _page(count, [_dataset(item) for item in items])
        start += len(items) or PAGE_SIZE
    first = [_dataset(item) for item in pages[0][:1]]
    answers[URL] = answers[f"{URL}?limit=1"] = _page(count, first)
    return answers


def _page(count: int, datasets: list[dict[str, object]]) -> str:
    return json.dumps({"total_count": count, "results": datasets}, ensure_ascii=False)


def _dataset(item: Item) -> dict[str, object]:
    files = [{"id": f"f{place}", "url": url, "mimetype": "text/csv"} for place, url in enumerate(item.urls)]
    return {
        "dataset_id": item.id,
        "has_records": False,
        "attachments": files,
        "metas": {"default": {"title": item.title, "modified": item.modified}},
    }


EXEMPLAR = Exemplar(protocol="opendatasoft", url=URL, render=render, paged=True, page_size=PAGE_SIZE)
