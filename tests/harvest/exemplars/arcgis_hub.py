"""The DCAT-US feed of a hub: one document, whose datasets are layers of an item, their pages and their downloads."""

import json
from collections.abc import Mapping

from tests.harvest.exemplars.exemplar import Exemplar, Item, Pages

URL = "https://datos.example/api/feed/dcat-us/1.1.json"


def render(pages: Pages) -> Mapping[str, str]:
    """One document, whatever the pages."""
    document = {
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
        "@type": "dcat:Catalog",
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
        "dataset": [_dataset(item) for items in pages for item in items],
    }
    return {URL: json.dumps(document, ensure_ascii=False)}


def _dataset(item: Item) -> dict[str, object]:
    """A dataset with the identifier of the item as it is, which only its page shows to be one of a hub."""
    return {
        "@type": "dcat:Dataset",
        "identifier": item.id,
        "title": item.title,
        "modified": item.modified,
        "landingPage": f"https://datos.example/maps/pueblo::{item.title}",
        "theme": ["geospatial"],
        "distribution": [
            {"@type": "dcat:Distribution", "title": "CSV", "format": "CSV", "mediaType": "text/csv", "accessURL": url}
            for url in item.urls
        ],
    }


EXEMPLAR = Exemplar(protocol="arcgis_hub", url=URL, render=render)
