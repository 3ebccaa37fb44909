"""A catalogue of Argentina's profile as JSON, which keeps every rule of the profile."""

import json
from collections.abc import Mapping

from tests.harvest.exemplars.exemplar import Exemplar, Item, Pages

URL = "https://datos.example/data.json"


def render(pages: Pages) -> Mapping[str, str]:
    """One document: the profile has no pages."""
    document = {
        "title": "Catálogo",
        "description": "Datos abiertos de un nodo inventado",
        "publisher": {"name": "Ministerio de Ejemplo", "mbox": "datos@ejemplo.example"},
        "superThemeTaxonomy": "http://datos.gob.ar/superThemeTaxonomy.json",
        "themeTaxonomy": [{"id": "presupuesto", "label": "Presupuesto", "description": "Ingresos y gastos"}],
        "dataset": [dataset(item) for items in pages for item in items],
    }
    return {URL: json.dumps(document, ensure_ascii=False)}


def dataset(item: Item) -> dict[str, object]:
    """One dataset with all that the profile requires."""
    return {
        "identifier": item.id,
        "title": item.title,
        "description": "Presupuesto por institución",
        "publisher": {"name": "Ministerio de Ejemplo"},
        "superTheme": ["ECON"],
        "theme": ["presupuesto"],
        "accrualPeriodicity": "R/P1Y",
        "issued": "2026-01-05",
        "modified": item.modified,
        "distribution": [
            {
                "identifier": f"{item.id}.{place}",
                "title": f"Archivo {place}",
                "accessURL": "https://datos.example/dataset",
                "downloadURL": url,
                "issued": "2026-01-05",
                "format": "CSV",
                "field": [{"title": "monto", "type": "number", "description": "Monto en pesos"}],
            }
            for place, url in enumerate(item.urls)
        ],
    }


EXEMPLAR = Exemplar(protocol="datajson_ar", url=URL, render=render)
