"""A table that a repair wrote: the data package beside it says what its header and columns are, so nothing is judged again."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

from atalaya.repair.tables import TidyField, TidyTable

DESCRIPTOR = "datapackage.json"


def read_again(path: Path) -> TidyTable | None:
    """The table of a CSV that the data package beside it describes to the byte; None for every other file."""
    resource = _described(path)
    if resource is None:
        return None
    schema = resource["schema"]
    fields = tuple(
        TidyField(
            name=str(field["name"]),
            title=str(field.get("title", field["name"])),
            type=str(field["type"]),
            unit=str(field.get("unit", "")),
        )
        for field in schema["fields"]
    )
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    if header != [field.name for field in fields] or any(len(row) != len(fields) for row in rows):
        return None
    return TidyTable(
        name=str(resource.get("title", "")),
        fields=fields,
        rows=tuple(map(tuple, rows)),
        missing=tuple(text for text in schema["missingValues"] if text),
        titles=tuple(filter(None, [str(resource.get("description", ""))])),
        notes=(),
        alterations=(),
        decisions=(),
        doubts=(),
        aside=(),
    )


def _described(path: Path) -> dict[str, Any] | None:
    """What the data package says of this file, where its size and hash are those of the file and a schema is there."""
    try:
        package = json.loads(path.with_name(DESCRIPTOR).read_text(encoding="utf-8"))
        resources = [each for each in package["resources"] if each.get("path") == path.name]
        if len(resources) != 1 or resources[0]["bytes"] != path.stat().st_size:
            return None
        resource: dict[str, Any] = resources[0]
        fields = resource["schema"]["fields"]
        complete = (
            all("name" in field and "type" in field for field in fields) and "missingValues" in resource["schema"]
        )
        same = resource["hash"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return resource if complete and same else None
