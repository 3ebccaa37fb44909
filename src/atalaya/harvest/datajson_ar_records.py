"""What a catalogue of Argentina's profile says beyond any `data.json`: themes by label, inheritance, columns, time series."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from atalaya.catalogue.records import Dataset
from atalaya.harvest import datajson_records
from atalaya.harvest.fields import Entry, Ledger

_CATALOGUE = "describes the catalogue, not a dataset"
_COLUMNS = "columns that the publisher describes; columns are measured in the files themselves"
_SERIES = "where the federal database of time series finds a series; measured nowhere yet"
_SOURCE = "who produced the data, where it is another than the publisher; measured nowhere yet"
_FILE = "name and role of the file that the address gives; the file itself is fetched and inspected"
_TIE = "says again to which dataset or distribution it belongs"

_GROUPS: Mapping[str, str] = {
    _CATALOGUE: "superThemeTaxonomy themeTaxonomy[].description datasetsCount",
    _COLUMNS: """
        dataset[].distribution[].field
        dataset[].distribution[].field[].title dataset[].distribution[].field[].type
        dataset[].distribution[].field[].description dataset[].distribution[].field[].id
        dataset[].distribution[].field[].units dataset[].distribution[].field[].specialType
        dataset[].distribution[].field[].specialTypeDetail
    """,
    _SERIES: """
        dataset[].distribution[].scrapingFileURL dataset[].distribution[].scrapingFileSheet
        dataset[].distribution[].units dataset[].distribution[].draft
        dataset[].distribution[].field[].scrapingIdentifierCell
        dataset[].distribution[].field[].scrapingDataStartCell dataset[].distribution[].field[].scale
    """,
    _SOURCE: "dataset[].source",
    _FILE: "dataset[].distribution[].fileName dataset[].distribution[].type",
    _TIE: """
        dataset[].distribution[].dataset_identifier dataset[].distribution[].dataset_title
        dataset[].distribution[].field[].dataset_identifier dataset[].distribution[].field[].dataset_title
        dataset[].distribution[].field[].distribution_identifier dataset[].distribution[].field[].distribution_title
    """,
}

IGNORED_FIELDS: Mapping[str, str] = {
    **datajson_records.IGNORED_FIELDS,
    **{path: reason for reason, paths in _GROUPS.items() for path in paths.split()},
}
"""Fields with no use here, with the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class General:
    """What a catalogue says for all its datasets: licence, rights and languages of those that state none (the profile's
    rule of inheritance), and the labels of its own themes by id."""

    licence: str | None = None
    rights: str | None = None
    languages: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


def read_catalogue_fields(value: Mapping[str, object], ledger: Ledger) -> tuple[dict[str, object], General]:
    """What the catalogue says for all its datasets, and the catalogue without those fields."""
    catalogue = Entry(value, "", ledger)
    general = General(
        licence=catalogue.word("license"),
        rights=catalogue.word("rights"),
        languages=catalogue.words("language"),
        labels=dict(_labels(catalogue)),
    )
    left = set(catalogue.rest())
    return {key: item for key, item in value.items() if key in left}, general


def _labels(catalogue: Entry) -> Iterator[tuple[str, str]]:
    themes = catalogue.entries("themeTaxonomy")
    if not themes:
        catalogue.words("themeTaxonomy")
    for theme in themes:
        name, label = theme.word("id"), theme.word("label")
        theme.close()
        if name is not None and label is not None:
            yield name, label


def read_dataset(general: General, entry: Entry, place: str) -> Dataset:
    """One dataset, its themes first those of the nation by code, then its own by label."""
    national = entry.words("superTheme")
    _count_columns(entry)
    dataset = datajson_records.read_dataset(entry, place)
    own = (general.labels.get(theme, theme) for theme in dataset.themes)
    return replace(
        dataset,
        themes=tuple(dict.fromkeys((*national, *own))),
        licence=dataset.licence or general.licence,
        rights=dataset.rights or general.rights,
        languages=dataset.languages or general.languages,
    )


def _count_columns(dataset: Entry) -> None:
    """Count what is said of columns, below the `field` of every distribution."""
    for distribution in _objects(dataset.value.get("distribution")):
        for column in _objects(distribution.get("field")):
            Entry(column, f"{dataset.at('distribution')}[].field[]", dataset.ledger).close()


def _objects(value: object) -> list[dict[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
