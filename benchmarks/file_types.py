"""How often bytes alone tell the type of a file: no name and no media type is given.

    python -m benchmarks.file_types

Labels are those of ckanext-qa for UK government files, and of hydra for two GeoJSON. One label names what people call the file
and not what it holds, and is not counted as right: `mdr_test_lookup_tables.txt.zip` is six tables of cells between bars, which
are found to be delimited tables and labelled as text.
"""

import csv
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from atalaya.catalogue.vocabularies.formats import format_of_extension, read_format
from atalaya.inspection.inspector import inspect_bytes
from benchmarks.scores import Score, score


def scores(corpora: Path) -> tuple[Score, ...]:
    """The line of the table that is about file types."""
    return (file_types(corpora),)


def file_types(corpora: Path) -> Score:
    """Every labelled file; of one in a ZIP file, both the container and what is inside must be told."""
    return score("file type from bytes", _file_types(corpora / "groundtruth" / "filetype"))


def _file_types(folder: Path) -> Iterator[tuple[str, bool, str]]:
    with (folder / "ckanext-qa_expected.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        yield _file_type(folder / "ckanext-qa" / row["file"], row["expected_format"], bool(row["expected_container"]))
    for path in sorted(folder.glob("hydra_*.geojson")):
        yield _file_type(path, "geojson", False)


def _file_type(path: Path, label: str, inside: bool) -> tuple[str, bool, str]:
    inspection = inspect_bytes(path.read_bytes())
    expected = format_of_extension(label) or next(iter(read_format(label).ids), None)
    alike = {expected, "shapefile"} if expected == "shp" else {expected}
    found = {member.format for member in inspection.members} if inside else {inspection.format}
    right = bool(found & alike) and (not inside or inspection.format == "zip")
    return path.name, right, f"{sorted(map(str, found))}, labelled {expected}"


if __name__ == "__main__":
    corpora_folder = Path(os.environ.get("ATALAYA_CORPORA") or "../shared/corpora")
    told = file_types(corpora_folder)
    sys.stdout.write("\n".join((f"{told.name}: {told.right} of {told.total}", *told.wrong, "")))
