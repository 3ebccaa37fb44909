"""What files are sent for, and what may be sent for each: kinds, sizes, and how many by one person in a day."""

from dataclasses import dataclass

MEGABYTE = 1_000_000

PICTURES = frozenset({"jpeg", "png", "webp"})
DOCUMENTS = frozenset({"pdf", "docx", "odt"})
TABLES = frozenset({"csv", "tsv", "txt", "xls", "xlsx", "ods"})
RECORDS = frozenset({"json", "jsonl", "geojson", "xml", "kml", "parquet", "gpkg"})
ARCHIVES = frozenset({"zip", "shapefile", "gtfs", "data_package"})


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose: its id, the largest file in bytes, the formats taken (ids of `catalogue.vocabularies.formats`), and what one
    person may send in 24 hours: files and bytes."""

    id: str
    largest: int
    formats: frozenset[str]
    files_a_day: int
    bytes_a_day: int


PURPOSES = {
    each.id: each
    for each in (
        Purpose("attachment", 10 * MEGABYTE, DOCUMENTS | TABLES | PICTURES, 40, 100 * MEGABYTE),
        Purpose("data", 50 * MEGABYTE, TABLES | RECORDS | ARCHIVES, 60, 500 * MEGABYTE),
        Purpose("evidence", 20 * MEGABYTE, DOCUMENTS | TABLES | RECORDS | PICTURES | {"zip"}, 60, 200 * MEGABYTE),
        Purpose("picture", 10 * MEGABYTE, PICTURES, 40, 100 * MEGABYTE),
    )
}
"""By id. The numbers are ours: a body without a server publishes a few tables a day, and each of them fits a sheet."""

LARGEST = max(each.largest for each in PURPOSES.values())
