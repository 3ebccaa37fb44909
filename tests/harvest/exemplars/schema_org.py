"""A web page with a catalogue in JSON-LD."""

import json
from collections.abc import Mapping

from tests.harvest.exemplars.exemplar import Exemplar, Item, Pages

URL = "https://datos.example/datos-abiertos"


def render(pages: Pages) -> Mapping[str, str]:
    """One page with all datasets."""
    return {URL: page([item for items in pages for item in items])}


def page(items: list[Item]) -> str:
    """A web page whose catalogue holds these datasets."""
    catalogue = {
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        "name": "Datos abiertos",
        "dataset": [_dataset(item) for item in items],
    }
    return (
        '<!DOCTYPE html>\n<html lang="es"><head><meta charset="utf-8"><title>Datos</title></head><body><p>Datos</p>'
        f'<script type="application/ld+json">{json.dumps(catalogue, ensure_ascii=False)}</script></body></html>'
    )


def _dataset(item: Item) -> dict[str, object]:
    downloads = [{"@type": "DataDownload", "contentUrl": url, "encodingFormat": "text/csv"} for url in item.urls]
    return {
        "@type": "Dataset",
        "identifier": item.id,
        "name": item.title,
        "dateModified": item.modified,
        "distribution": downloads,
    }


EXEMPLAR = Exemplar(protocol="schema_org", url=URL, render=render)
