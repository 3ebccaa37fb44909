"""The rows of indices that others publish of the country."""

from collections.abc import Iterator
from dataclasses import asdict

from psycopg.types.json import Jsonb

from atalaya.countries.observed import Elements
from atalaya.countries.pack import CountryPack
from atalaya.publish.read_model.values import Values


def indices(pack: CountryPack) -> Iterator[Values]:
    """Every index of the pack, in the order of their files."""
    for place, index in enumerate(pack.international):
        yield (
            index.id,
            place,
            Jsonb(dict(index.title)),
            index.publisher,
            Jsonb(dict(index.measures)),
            Jsonb(dict(index.differs)),
            index.methodology,
            index.licence,
            index.least,
            index.most,
            Jsonb(list(index.sources)),
            Jsonb(_elements(index.elements) if index.elements else None),
        )


def values(pack: CountryPack) -> Iterator[Values]:
    """Every figure of them, oldest edition first."""
    for index in pack.international:
        for place, each in enumerate(index.values):
            yield (
                index.id, each.edition, place, each.value, each.rank, each.among, Jsonb(dict(each.parts)), each.source,
                Jsonb(dict(each.note)),
            )  # fmt: skip


def _elements(elements: Elements) -> dict[str, object]:
    return {**asdict(elements), "remedies": {name: dict(text) for name, text in elements.remedies.items()}}
