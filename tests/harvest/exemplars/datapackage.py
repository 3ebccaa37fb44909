"""A catalogue of data packages, each named by the address of its descriptor."""

import json
from collections.abc import Mapping

from tests.harvest.exemplars.exemplar import Exemplar, Item, Pages

URL = "https://datos.example/paquetes.json"


def render(pages: Pages) -> Mapping[str, str]:
    """The catalogue, then every descriptor."""
    items = [item for page in pages for item in page]
    listed = [{"profile": "data-package", "path": f"{item.id}/datapackage.json"} for item in items]
    answers = {URL: _json({"profile": "data-package-catalog", "name": "paquetes", "resources": listed})}
    for item in items:
        answers[f"https://datos.example/{item.id}/datapackage.json"] = _json(_package(item))
    return answers


def _package(item: Item) -> dict[str, object]:
    return {
        "profile": "data-package",
        "name": item.id,
        "title": item.title,
        "last_updated": item.modified,
        "resources": [
            {"name": f"r{place}", "path": url, "format": "csv"} for place, url in enumerate(item.urls, start=1)
        ],
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


EXEMPLAR = Exemplar(protocol="datapackage", url=URL, render=render)
