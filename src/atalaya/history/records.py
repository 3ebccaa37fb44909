"""Datasets as an observation holds them: from rows back to records, and to the traits by which they are recognised."""

from collections import defaultdict
from typing import Any

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Distribution, Period
from atalaya.catalogue.traits import Traits, traits_of
from atalaya.history.read import Sealed
from atalaya.store.tables import TABLES, Row

Fields = dict[str, Any]


def distribution_of(row: Row) -> Distribution:
    """The distribution that a row holds."""
    fields: Fields = {name: row.get(name) for name in _OF_DISTRIBUTIONS}
    fields["conforms_to"] = tuple(fields["conforms_to"])
    fields["languages"] = tuple(fields["languages"])
    return Distribution(**fields)


def dataset_of(row: Row, distributions: tuple[Distribution, ...]) -> Dataset:
    """The dataset that a row holds, with these distributions."""
    fields: Fields = {name: row.get(name) for name in _OF_RECORDS}
    for name in ("keywords", "themes", "spatial", "languages", "conforms_to"):
        fields[name] = tuple(fields[name])
    fields["profile_violations"] = None if fields["profile_violations"] is None else tuple(fields["profile_violations"])
    fields["temporal"] = tuple(Period(**period) for period in fields["temporal"])
    for name in ("publisher", "creator"):
        fields[name] = Agent(**fields[name]) if fields[name] else None
    fields["contact"] = ContactPoint(**fields["contact"]) if fields["contact"] else None
    return Dataset(**fields, distributions=distributions)


def _columns(table: str, *own: str) -> tuple[str, ...]:
    """The columns of a table, but those named."""
    return tuple(name for name in TABLES[table].columns if name not in own)


_OF_DISTRIBUTIONS = _columns("distributions", "resource_id", "record_id", "source_id", "ordinal")
_OF_RECORDS = _columns("records", "record_id", "source_id", "occurrence", "metadata_sha256")


def fields_of(row: Row, table: str, *own: str) -> Fields:
    """The columns of a row of a table, but those named."""
    return {name: row.get(name) for name in _columns(table, *own)}


def record_traits(observation: Sealed, source_id: str) -> dict[str, tuple[Traits, list[Row]]]:
    """Traits and distributions of the records of a source, as an observation has them: owners and contents included."""
    contents, owners = _contents(observation, source_id), _owners(observation, source_id)
    distributions: defaultdict[str, list[Row]] = defaultdict(list)
    for row in observation.rows("distributions", "source_id = ?", [source_id]):
        distributions[str(row["record_id"])].append(row)
    found = {}
    for record in observation.rows("records", "source_id = ?", [source_id]):
        record_id = str(record["record_id"])
        rows = distributions[record_id]
        dataset = dataset_of(record, tuple(distribution_of(row) for row in rows))
        seen = [contents[id_] for row in rows if (id_ := str(row["resource_id"])) in contents]
        found[record_id] = traits_of(record_id, dataset, seen, owners.get(record_id)), rows
    return found


def resource_place(row: Row) -> tuple[str, str]:
    """The id and the address of a resource."""
    return str(row["resource_id"]), str(row["download_url"] or row["access_url"] or "")


def _owners(observation: Sealed, source_id: str) -> dict[str, str]:
    """The institution of each attributed record of a source."""
    columns = ("record_id", "institution_id")
    rows = observation.rows("attributions", "source_id = ? AND institution_id IS NOT NULL", [source_id], columns)
    return {str(row["record_id"]): str(row["institution_id"]) for row in rows}


def _contents(observation: Sealed, source_id: str) -> dict[str, str]:
    """The content hash of each resource that was read and holds rows: empty tables and error pages are alike everywhere."""
    columns = ("resource_id", "content_sha256", "format", "tables")
    wanted = {str(row["resource_id"]) for row in
              observation.rows("distributions", "source_id = ?", [source_id], ("resource_id",))}  # fmt: skip
    return {
        str(row["resource_id"]): str(row["content_sha256"])
        for row in observation.rows("inspections", "content_sha256 IS NOT NULL", columns=columns)
        if str(row["resource_id"]) in wanted and row["format"] != "html" and _holds_rows(row["tables"])
    }


def _holds_rows(tables: object) -> bool:
    return isinstance(tables, list) and any(isinstance(table, dict) and table.get("rows") for table in tables)
