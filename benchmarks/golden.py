"""Published truths that must come out the same: prints what others published beside what is computed here.

    python -m benchmarks.golden

First form: what a published monitor of harvests counted as new and deleted between two dated catalogues of four portals.
Ends with status 1 where a figure differs, with status 2 where the recorded material is absent.
"""

import csv
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from atalaya.catalogue.identity import identify
from atalaya.catalogue.records import Reading
from atalaya.harvest.datajson import read_data_json

ROOT = Path(__file__).resolve().parent.parent
EARLIER, LATER = "20200414", "20200722"


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure and the same computed here."""

    truth: str
    unit: str
    name: str
    published: int
    computed: int

    @property
    def error(self) -> int:
        """Absolute error."""
        return abs(self.published - self.computed)


def corpora() -> Path:
    """The folder of recorded material."""
    return (ROOT / os.environ.get("ATALAYA_CORPORA", "../shared/corpora")).resolve()


def harvest_deltas(folder: Path) -> Iterator[Figure]:
    """Datasets in all, new and deleted between two dates of a Socrata portal's data.json, as the monitor's report has them."""
    report = folder / "groundtruth" / "harvest_delta" / f"socrata_portal_status_report_{LATER}.csv"
    with report.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            portal = row["portalName"]
            paths = [
                folder / "catalogues" / "datajson_us" / f"socrata_{portal}_{day}.data.json" for day in (EARLIER, LATER)
            ]
            if not all(path.exists() for path in paths):
                continue
            before, after = (_ids(portal, path) for path in paths)
            for name, computed in (("total", after), ("new_items", after - before), ("deleted_items", before - after)):
                yield Figure("harvest delta", portal, name, int(row[name]), len(computed))


def _ids(portal: str, path: Path) -> set[str]:
    reading = read_data_json(path.read_bytes())
    if not isinstance(reading, Reading):
        raise SystemExit(f"{path.name} cannot be read: {reading}")
    return {item.record_id for item in identify(f"zz:{portal}", reading.datasets)}


def main() -> None:
    """Print the table; end with status 1 where a figure differs."""
    folder = corpora()
    if not folder.is_dir():
        Console(stderr=True).print("recorded material absent: set ATALAYA_CORPORA to its folder")
        sys.exit(2)
    figures = list(harvest_deltas(folder))
    table = Table("truth", "unit", "figure", "published", "computed", "tolerance", "error")
    for figure in figures:
        table.add_row(
            figure.truth, figure.unit, figure.name, str(figure.published), str(figure.computed), "0", str(figure.error)
        )
    Console().print(table)
    if not figures or any(figure.error for figure in figures):
        sys.exit(1)


if __name__ == "__main__":
    main()
