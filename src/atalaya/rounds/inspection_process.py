"""A process that inspects units of a round: probes come on standard input, rows go out on standard output, a line of JSON each.

It ends when its input does, as when the round that started it dies; what it has not told by then is lost, and done again.
"""

import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from atalaya.inspection.inspector import inspect_file
from atalaya.rounds.inspection_rows import inspection_rows
from atalaya.store.archive import Archive
from atalaya.store.parts import canonical_json
from atalaya.store.tables import Row

Rows = list[tuple[str, Row]]


def inspect_probes(archive: Archive, probes: Iterable[Row]) -> Rows:
    """The rows of the inspections of answers that came whole. Raises StoreError where the archive lacks their bytes."""
    rows: Rows = []
    with tempfile.TemporaryDirectory(prefix="atalaya-") as folder:
        for probe in probes:
            path = Path(folder) / "body"
            archive.extract(str(probe["sha256"]), path)
            media_type = probe["media_type"]
            inspection = inspect_file(
                path, url=str(probe["final_url"]), media_type=str(media_type) if media_type else None
            )
            path.unlink()
            rows.extend(inspection_rows(str(probe["resource_id"]), inspection))
    return rows


def serve(archive: Archive, given: TextIO, out: TextIO) -> None:
    """Answer every line of probes with a line of rows."""
    for line in given:
        out.write(canonical_json(inspect_probes(archive, json.loads(line))) + "\n")
        out.flush()


if __name__ == "__main__":
    serve(Archive(Path(sys.argv[1])), sys.stdin, sys.stdout)
