"""The Discovery API of one domain, in pages of two assets."""

import json
from collections.abc import Mapping

from tests.harvest.exemplars.exemplar import Exemplar, Item, Pages

URL = "https://datos.example/"
CATALOGUE = "https://datos.example/api/catalog/v1?domains=datos.example&search_context=datos.example"
PAGE_SIZE = 2


def render(pages: Pages) -> Mapping[str, str]:
    """One answer a page, and what discovery asks."""
    total = sum(len(items) for items in pages)
    answers = {}
    for place, items in enumerate(pages):
        url = f"{CATALOGUE}&order=dataset_id&limit={PAGE_SIZE}&offset={place * PAGE_SIZE}"
        answers[url] = _answer([_asset(item) for item in items], total)
    answers[f"{CATALOGUE}&limit=1"] = _answer([], total)
    return answers


def _answer(results: list[dict[str, object]], total: int) -> str:
    return json.dumps({"results": results, "resultSetSize": total, "timings": {}}, ensure_ascii=False)


def _asset(item: Item) -> dict[str, object]:
    return {
        "resource": {"id": item.id, "name": item.title, "type": "dataset", "data_updated_at": item.modified},
        "classification": {"categories": [], "tags": [], "domain_tags": [], "domain_metadata": []},
        "metadata": {"domain": "datos.example"},
        "permalink": f"https://datos.example/d/{item.id}",
    }


EXEMPLAR = Exemplar(protocol="socrata", url=URL, render=render, paged=True, declared=False, page_size=PAGE_SIZE)
