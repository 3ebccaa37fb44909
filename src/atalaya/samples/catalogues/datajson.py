"""A catalogue file as Project Open Data metadata 1.1 (`data.json`) describes it."""

import json
from collections.abc import Iterable

from atalaya.catalogue.records import Dataset, Distribution
from atalaya.samples.catalogues.documents import Document, contact_address

_SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"
_BROKEN = "Este registro de muestra no es un conjunto de datos"


def catalogue(url: str, records: Iterable[Dataset], broken_record: bool) -> tuple[Document, ...]:
    """The one file of the catalogue; `broken_record` puts a text where a dataset should be."""
    datasets: list[object] = [_dataset(record) for record in records]
    if broken_record:
        datasets.insert(len(datasets) // 2, _BROKEN)
    head = {
        "@context": f"{_SCHEMA}/catalog.jsonld",
        "@id": url,
        "@type": "dcat:Catalog",
        "conformsTo": _SCHEMA,
        "describedBy": f"{_SCHEMA}/catalog.json",
        "dataset": datasets,
    }
    body = json.dumps(head, ensure_ascii=False, indent=1) + "\n"
    return (Document(url, "application/json", body.encode()),)


def _dataset(record: Dataset) -> dict[str, object]:
    assert record.publisher is not None
    period = record.temporal[0] if record.temporal else None
    fields: dict[str, object] = {
        "@type": "dcat:Dataset",
        "identifier": record.native_id,
        "title": record.title["es"],
        "description": record.description.get("es"),
        "keyword": list(record.keywords),
        "theme": [theme.rsplit("/", 1)[-1] for theme in record.themes],
        "publisher": {"@type": "org:Organization", "name": record.publisher.name},
        "contactPoint": _contact(record),
        "accessLevel": "public",
        "license": record.licence,
        "rights": record.rights,
        "conformsTo": record.conforms_to[0] if record.conforms_to else None,
        "issued": record.issued,
        "modified": record.modified,
        "accrualPeriodicity": record.frequency,
        "spatial": record.spatial[0] if record.spatial else None,
        "temporal": f"{period.start}/{period.end}" if period else None,
        "language": list(record.languages),
        "landingPage": record.landing_page,
        "distribution": [_distribution(item) for item in record.distributions],
    }
    return {key: value for key, value in fields.items() if value not in (None, [])}


def _contact(record: Dataset) -> dict[str, str] | None:
    address = contact_address(record)
    if address is None:
        return None
    return {"@type": "vcard:Contact", "fn": "Unidad de datos (muestra)", "hasEmail": f"mailto:{address}"}


def _distribution(item: Distribution) -> dict[str, object]:
    fields: dict[str, object] = {
        "@type": "dcat:Distribution",
        "title": item.title["es"],
        "description": item.description.get("es"),
        "downloadURL": item.download_url,
        "accessURL": item.access_url,
        "format": item.format,
        "mediaType": item.media_type,
        "byteSize": item.byte_size,
        "checksum": item.checksum,
        "rights": item.rights,
        "issued": item.issued,
        "conformsTo": item.conforms_to[0] if item.conforms_to else None,
    }
    return {key: value for key, value in fields.items() if value is not None}
