"""The collections of an OGC API, with the next page among the links: the only service of the OGC with pages."""

import json
from collections.abc import Mapping

from tests.harvest.exemplars.exemplar import Exemplar, Item, Pages

URL = "https://datos.example/api/collections"


def render(pages: Pages) -> Mapping[str, str]:
    """One list of collections a page."""
    urls = [URL, *(f"{URL}?offset={number}" for number in range(2, len(pages) + 1))]
    total = sum(len(items) for items in pages)
    answers = {}
    for place, items in enumerate(pages):
        links = [{"rel": "self", "href": urls[place], "type": "application/json"}]
        if place + 1 < len(urls):
            links.append({"rel": "next", "href": urls[place + 1], "type": "application/json"})
        document = {"links": links, "numberMatched": total, "collections": [_collection(item) for item in items]}
        answers[urls[place]] = json.dumps(document, ensure_ascii=False)
    return answers


def _collection(item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        "title": item.title,
        "updated": item.modified,
        "links": [{"rel": "items", "href": url, "type": "text/csv"} for url in item.urls],
    }


EXEMPLAR = Exemplar(protocol="ogc_services", url=URL, render=render, paged=True)
