"""`datapackage.json` of a dump: its CSV files as a tabular data package with their Table Schemas, licence, sources and hashes.

Frictionless Data Package v1 (https://specs.frictionlessdata.io/data-package/), Tabular Data Resource, and Table Schema.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from atalaya.history.read import Sealed
from atalaya.publish.dumps.allowed import ALLOWED
from atalaya.publish.dumps.description import File
from atalaya.store.tables import TABLES

NAME = "datapackage.json"
LICENCE: Mapping[str, str] = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
"""Of what the observatory found; what institutions publish stays under their own licences, which the tables tell."""

TYPES = {"text": "string", "json": "string", "integer": "integer", "number": "number", "boolean": "boolean"}
"""Types of our columns → those of Table Schema. Lists and objects are JSON texts in CSV."""


def package_of(observation: Sealed, files: Sequence[File]) -> dict[str, Any]:
    """The descriptor; `files` are those of the dump."""
    manifest = observation.manifest
    return {
        "profile": "tabular-data-package",
        "name": manifest.observation.lower(),
        "id": f"{manifest.country}:{manifest.observation}",
        "title": f"Atalaya: {manifest.observation}",
        "description": "Everything that an observatory of open data saw, judged and computed in one observation.",
        "version": manifest.observation.rpartition("-")[2],
        "created": manifest.as_of,
        "licenses": [dict(LICENCE)],
        "sources": _sources(observation),
        "resources": [_resource(each) for each in files if each.kind == "csv"],
    }


def _sources(observation: Sealed) -> list[dict[str, str]]:
    found = []
    for row in observation.rows("sources", columns=("source_id", "title", "url")):
        titles = row["title"] if isinstance(row["title"], dict) else {}
        title = next((str(text) for text in titles.values() if text), str(row["source_id"]))
        address = str(row["url"] or "")
        is_address = address.startswith(("http://", "https://"))
        found.append({"title": title, **({"path": address} if is_address else {})})
    return found


def _resource(file: File) -> dict[str, Any]:
    packed = {"compression": "gz"} if file.path.endswith(".gz") else {}
    return {
        "profile": "tabular-data-resource",
        "name": file.table.replace("_", "-"),
        "path": file.path,
        "title": file.table,
        "description": ALLOWED[file.table].about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **packed,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"delimiter": ",", "doubleQuote": True, "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "schema": schema_of(file.table),
    }


def schema_of(table: str) -> dict[str, Any]:
    """The Table Schema of a table in a dump, with its key where all of it is carried as it is; volatile ones have none."""
    allowed, shape = ALLOWED[table], TABLES[table]
    fields = [_field(name, shape.columns[name], masked=name in allowed.masked) for name in allowed.columns]
    carried = set(allowed.columns) - set(allowed.masked)
    key = {"primaryKey": list(shape.key)} if carried.issuperset(shape.key) and not shape.volatile else {}
    return {"fields": fields, "missingValues": [""], **key}


def _field(name: str, kind: str, *, masked: bool) -> dict[str, Any]:
    notes = ["JSON."] if kind == "json" else []
    notes += ["Addresses of mail and long numbers are masked."] if masked else []
    return {"name": name, "type": TYPES[kind], **({"description": " ".join(notes)} if notes else {})}
