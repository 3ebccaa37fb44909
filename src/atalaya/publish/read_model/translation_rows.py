"""The rows of names in further languages."""

from collections.abc import Iterator

from psycopg.types.json import Jsonb

from atalaya.countries.pack import CountryPack
from atalaya.countries.row_translations import standings
from atalaya.publish.read_model.values import Values


def languages(pack: CountryPack) -> Iterator[Values]:
    """The languages that names are translated into."""
    for place, (tag, title) in enumerate(pack.translated_into.items()):
        yield tag, place, Jsonb(dict(title))


def translations(pack: CountryPack) -> Iterator[Values]:
    """Every text in every language: translated, stale or awaited."""
    for tag in pack.translated_into:
        for place, each in enumerate(standings(pack, tag)):
            source = each.source
            yield tag, source.subject, source.field, place, source.text, source.sha256, each.text, each.state
