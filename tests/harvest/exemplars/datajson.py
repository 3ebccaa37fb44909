"""A `data.json`, with the next page named in the document."""

import json
from collections.abc import Mapping

from tests.harvest.exemplars.exemplar import Exemplar, Item, Pages

URL = "https://datos.example/data.json"


def render(pages: Pages) -> Mapping[str, str]:
    """One document a page."""
    urls = [URL, *(f"{URL}?page={number}" for number in range(2, len(pages) + 1))]
    documents = {}
    for place, items in enumerate(pages):
        document: dict[str, object] = {"title": "Catálogo", "dataset": [_dataset(item) for item in items]}
        if place + 1 < len(urls):
            document["next"] = urls[place + 1]
        documents[urls[place]] = json.dumps(document, ensure_ascii=False)
    return documents


def _dataset(item: Item) -> dict[str, object]:
    return {
        "identifier": item.id,
        "title": item.title,
        "modified": item.modified,
        "distribution": [{"downloadURL": url, "format": "CSV"} for url in item.urls],
    }


EXEMPLAR = Exemplar(protocol="datajson", url=URL, render=render, paged=True)
