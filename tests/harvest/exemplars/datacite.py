"""A list of DOIs of the DataCite REST API, asked by cursor."""

import json
from collections.abc import Mapping

from tests.harvest.exemplars.exemplar import Exemplar, Item, Pages

URL = "https://api.datos.example/dois?client-id=minfin.datos"
PAGE_SIZE = 2


def render(pages: Pages) -> Mapping[str, str]:
    """One answer a page, and what discovery asks: the same list without a cursor."""
    urls = [f"{URL}&page[size]={PAGE_SIZE}&page[cursor]={place}" for place in range(1, len(pages) + 1)]
    total = sum(len(items) for items in pages)
    answers = {}
    for place, items in enumerate(pages):
        links = {"self": urls[place]} | ({"next": urls[place + 1]} if place + 1 < len(urls) else {})
        answers[urls[place]] = _document(items, total, links)
    answers[URL] = _document(pages[0], total, {"self": URL})
    return answers


def _document(items: object, total: int, links: Mapping[str, str]) -> str:
    assert isinstance(items, list)
    data = [_doi(item) for item in items]
    return json.dumps({"data": data, "meta": {"total": total}, "links": links}, ensure_ascii=False)


def _doi(item: Item) -> dict[str, object]:
    attributes = {
        "doi": item.id,
        "titles": [{"title": item.title}],
        "types": {"resourceTypeGeneral": "Dataset"},
        "dates": [{"date": item.modified, "dateType": "Updated"}],
        "contentUrl": list(item.urls),
    }
    return {"id": str(item.id), "type": "dois", "attributes": attributes}


EXEMPLAR = Exemplar(protocol="datacite", url=URL, render=render, paged=True, page_size=PAGE_SIZE)
