"""Datasets and their resources as rows of the tables."""

import hashlib
import re
from dataclasses import fields
from operator import attrgetter
from typing import Any, cast

import orjson

from atalaya.catalogue.identity import IdentifiedDataset
from atalaya.catalogue.records import Dataset, Distribution
from atalaya.store.parts import canonical_json
from atalaya.store.tables import Row

_DATASET = tuple(field.name for field in fields(Dataset) if field.name != "distributions")
_DISTRIBUTION = tuple(field.name for field in fields(Distribution))
_OF_DATASET, _OF_DISTRIBUTION = attrgetter(*_DATASET), attrgetter(*_DISTRIBUTION)


def dataset_rows(identified: IdentifiedDataset) -> tuple[Row, list[Row]]:
    """The row of a dataset, whose change of `metadata_sha256` is the metadata's change, and those of its resources.

    The hash leaves out the rules of a profile that it breaks: our table of them may change, and nothing of the source with it.
    """
    record = _record(identified.dataset)
    resources: list[Row] = [
        dict(zip(_DISTRIBUTION, _OF_DISTRIBUTION(item.distribution), strict=True)) for item in identified.distributions
    ]
    text = _canonical({**record, "profile_violations": None, "distributions": resources})
    if b"@" in text or record["profile_violations"]:
        record, resources = _public(record), [_public(resource) for resource in resources]
    record.update(
        record_id=identified.record_id,
        source_id=identified.source_id,
        occurrence=identified.occurrence,
        metadata_sha256=hashlib.sha256(text).hexdigest(),
    )
    for row, item in zip(resources, identified.distributions, strict=True):
        row.update(
            resource_id=item.resource_id,
            record_id=item.record_id,
            source_id=identified.source_id,
            ordinal=item.ordinal,
        )
    return record, resources


def _record(dataset: Dataset) -> Row:
    """The fields of a dataset as JSON has them. `dataclasses.asdict` would copy every value, at many times the cost."""
    row: Row = dict(zip(_DATASET, _OF_DATASET(dataset), strict=True))
    for name in ("publisher", "creator", "contact"):
        if row[name] is not None:
            row[name] = _parts(row[name])
    row["temporal"] = [_parts(period) for period in dataset.temporal]
    return row


def _parts(value: object) -> Row:
    return {field.name: getattr(value, field.name) for field in fields(cast(Any, value))}


_MAIL = re.compile(r"[\w.+%-]+@(?=[\w-]+(\.[\w-]+)+)")
_ADDRESS = re.compile(r"\s*https?://\S+\s*$", re.IGNORECASE)
_CREDENTIALS = re.compile(r"(?<=://)[^/?#@\s]+@")


def _public(value: Any) -> Any:
    """A value without the credentials of addresses and without the local part of mail addresses, however deep it lies.

    What a catalogue says is public, but an observation that is dumped and archived for good must not carry people's mail.
    """
    if isinstance(value, str):
        if "@" not in value:
            return value
        plain = _CREDENTIALS.sub("", value)
        return plain if _ADDRESS.match(plain) else _MAIL.sub("…@", plain)
    if isinstance(value, dict):
        return {name: _public(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_public(item) for item in value]
    return value


def _canonical(value: object) -> bytes:
    """`canonical_json` of texts, whole numbers, lists and dicts: of these, orjson writes the same."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # an integer of more than 64 bits
        return canonical_json(value).encode()
