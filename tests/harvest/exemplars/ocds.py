"""An index of publications with their bulk files, in pages that `links.next` joins."""

import json
from collections.abc import Mapping

from tests.harvest.exemplars.exemplar import Exemplar, Item, Pages

URL = "https://ocds.example/publications.json"


def render(pages: Pages) -> Mapping[str, str]:
    """One document a page."""
    urls = [URL, *(f"{URL}?page={number}" for number in range(2, len(pages) + 1))]
    documents = {}
    for place, items in enumerate(pages):
        document: dict[str, object] = {"publications": [_publication(item) for item in items]}
        if place + 1 < len(urls):
            document["links"] = {"next": urls[place + 1]}
        documents[urls[place]] = json.dumps(document, ensure_ascii=False)
    return documents


def _publication(item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        "title": item.title,
        "modified": item.modified,
        "files": [{"url": url, "format": "csv"} for url in item.urls],
    }


EXEMPLAR = Exemplar(protocol="ocds", url=URL, render=render, paged=True)
