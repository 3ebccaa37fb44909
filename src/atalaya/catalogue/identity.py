"""Stable ids of datasets and resources: the first 26 base32 characters of a sha256 over what identifies them."""

import base64
import hashlib
from collections import Counter
from dataclasses import dataclass

from atalaya.catalogue.records import Dataset, Distribution

LENGTH = 26
"""Characters kept of the base32 digest: 130 bits, so that a clash among a billion ids stays below 1 in 10^20."""

PART = "\x1f"
"""Stands between the parts of what an id is made of."""

_ENCODED = 20
"""Bytes of the digest that are encoded: the 32 characters that they give are enough."""


@dataclass(frozen=True, slots=True)
class IdentifiedDistribution:
    """A distribution with its `resource_id` and its place in the dataset."""

    resource_id: str
    record_id: str
    ordinal: int
    distribution: Distribution


@dataclass(frozen=True, slots=True)
class IdentifiedDataset:
    """A dataset with its `record_id`; `occurrence` is above 1 where a source repeats an identifier."""

    record_id: str
    source_id: str
    occurrence: int
    dataset: Dataset
    distributions: tuple[IdentifiedDistribution, ...]


def digest_id(*parts: str) -> str:
    """The id of an ordered list of texts; lower case, 26 characters.

    >>> len(digest_id("xx:treasury", "budget-2024"))
    26
    """
    joined = PART.join(parts).encode()
    return base64.b32encode(hashlib.sha256(joined).digest()[:_ENCODED]).decode().lower()[:LENGTH]


def native_key(dataset: Dataset) -> str:
    """What identifies a dataset inside its source: its identifier, else its landing page, else its titles and first URL."""
    if dataset.native_id:
        return dataset.native_id
    if dataset.landing_page:
        return dataset.landing_page
    first = next((d.url for d in dataset.distributions if d.url), None) or ""
    return "\x1e".join([*(f"{tag}={dataset.title[tag]}" for tag in sorted(dataset.title)), first])


def identify(source_id: str, datasets: tuple[Dataset, ...]) -> tuple[IdentifiedDataset, ...]:
    """Give every dataset and distribution its id. A repeated identifier keeps all its datasets, told apart by occurrence."""
    seen: Counter[str] = Counter()
    identified = []
    for dataset in datasets:
        key = native_key(dataset)
        seen[key] += 1
        parts = [source_id, key] if seen[key] == 1 else [source_id, key, f"occurrence {seen[key]}"]
        record_id = digest_id(*parts)
        distributions = _identify_distributions(record_id, dataset.distributions)
        identified.append(IdentifiedDataset(record_id, source_id, seen[key], dataset, distributions))
    return tuple(identified)


def _identify_distributions(
    record_id: str, distributions: tuple[Distribution, ...]
) -> tuple[IdentifiedDistribution, ...]:
    """Ids from the native id or the URL; the ordinal enters only among equals, so that reordering changes no id."""
    seen: Counter[str] = Counter()
    identified = []
    for place, distribution in enumerate(distributions, start=1):
        key = distribution.native_id or distribution.url or ""
        seen[key] += 1
        resource_id = digest_id(record_id, key, str(seen[key]))
        identified.append(IdentifiedDistribution(resource_id, record_id, place, distribution))
    return tuple(identified)
