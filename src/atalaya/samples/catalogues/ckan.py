"""Packages as CKAN's `package_show` gives them (CKAN action API, version 3), one a line."""

import json
from collections.abc import Iterable, Mapping

from atalaya.catalogue.identity import digest_id
from atalaya.catalogue.records import Dataset, Distribution
from atalaya.samples.catalogues.documents import contact_address
from atalaya.samples.facts import texts


def package_lines(records: Iterable[Dataset]) -> bytes:
    """The packages as JSON lines."""
    lines = (json.dumps(_package(record), ensure_ascii=False, sort_keys=True) for record in records)
    return "".join(line + "\n" for line in lines).encode()


def _package(record: Dataset) -> Mapping[str, object]:
    slug = (record.landing_page or f"muestra-{record.native_id}").rsplit("/", 1)[-1]
    return {
        "id": record.native_id,
        "name": slug,
        "title": record.title["es"],
        "notes": record.description.get("es", ""),
        "type": "dataset",
        "state": "active",
        "private": False,
        "organization": _organisation(record),
        "owner_org": _organisation(record)["id"],
        "groups": [_group(theme) for theme in record.themes],
        "tags": [{"name": word, "display_name": word, "state": "active"} for word in record.keywords],
        "num_tags": len(record.keywords),
        "num_resources": len(record.distributions),
        "metadata_created": (record.issued or record.modified or "").removesuffix("Z"),
        "metadata_modified": (record.modified or "").removesuffix("Z"),
        "maintainer": "Unidad de datos (muestra)" if record.contact else None,
        "maintainer_email": contact_address(record),
        "author": None,
        "author_email": None,
        "extras": _extras(record),
        "resources": [_resource(item, place) for place, item in enumerate(record.distributions)],
        **_licence(record),
    }


def _organisation(record: Dataset) -> dict[str, str]:
    assert record.publisher is not None
    name = record.publisher.name or ""
    return {"id": digest_id("organisation", name), "name": digest_id(name)[:8], "title": name, "type": "organization"}


def _group(theme: str) -> dict[str, str]:
    code = theme.rsplit("/", 1)[-1]
    return {"name": code.lower(), "title": code, "display_name": code}


def _licence(record: Dataset) -> dict[str, object]:
    if record.licence is None:
        return {"license_id": None, "license_title": None}
    known = {item["url"]: item["id"] for item in texts()["open_licences"]}
    if not record.licence.startswith("http"):
        return {"license_id": None, "license_title": record.licence, "isopen": False}
    return {
        "license_id": known.get(record.licence) or _short_name(record.licence),
        "license_title": record.licence_title,
        "license_url": record.licence,
        "isopen": record.licence in known,
    }


def _short_name(licence: str) -> str:
    """The identifier that portals give to a Creative Commons licence: `cc-by-nc-4.0` of `…/licenses/by-nc/4.0/`."""
    return "cc-" + "-".join(licence.rstrip("/").split("/")[-2:])


def _extras(record: Dataset) -> list[dict[str, str]]:
    """The keys of the DCAT extension of CKAN (ckanext-dcat)."""
    period = record.temporal[0] if record.temporal else None
    pairs = {
        "access_rights": record.access_rights,
        "conforms_to": json.dumps(list(record.conforms_to)) if record.conforms_to else None,
        "frequency": record.frequency,
        "issued": record.issued,
        "language": json.dumps(list(record.languages)) if record.languages else None,
        "modified": record.modified,
        "rights": record.rights,
        "spatial_text": record.spatial[0] if record.spatial else None,
        "temporal_end": period.end if period else None,
        "temporal_start": period.start if period else None,
        "theme": json.dumps(list(record.themes)) if record.themes else None,
    }
    return [{"key": key, "value": value} for key, value in pairs.items() if value is not None]


def _resource(item: Distribution, place: int) -> Mapping[str, object]:
    return {
        "id": item.native_id,
        "name": item.title["es"],
        "description": item.description.get("es", ""),
        "url": item.url,
        "format": item.format or "",
        "mimetype": item.media_type,
        "size": item.byte_size,
        "hash": item.checksum or "",
        "rights": item.rights,
        "conforms_to": list(item.conforms_to),
        "created": (item.issued or "").removesuffix("Z") or None,
        "last_modified": (item.modified or "").removesuffix("Z") or None,
        "position": place,
        "state": "active",
    }
