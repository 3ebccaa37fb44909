"""A process that inspects units of a round: probes come on standard input, rows go out on standard output, a line of JSON each.

It ends when its input does, as when the round that started it dies; what it has not told by then is lost, and done again.
"""

import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TextIO, cast

from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_bytes, inspect_file
from atalaya.rounds.inspection_rows import inspection_rows
from atalaya.store.archive import Archive
from atalaya.store.parts import canonical_json
from atalaya.store.tables import Row

Rows = list[tuple[str, Row]]

IN_MEMORY: Final = 1 << 20
"""Bytes of a body that is inspected without a file of its own."""


def inspect_probes(archive: Archive, probes: Iterable[Row]) -> Rows:
    """The rows of the inspections of answers that came whole. Raises StoreError where the archive lacks their bytes."""
    return [row for probe in probes for row in inspection_rows(str(probe["resource_id"]), _inspect(archive, probe))]


def _inspect(archive: Archive, probe: Row) -> Inspection:
    sha256, url = str(probe["sha256"]), str(probe["final_url"])
    media_type = str(probe["media_type"]) if probe["media_type"] else None
    if probe["kept"] == "whole" and cast(int, probe["size"]) <= IN_MEMORY:
        return inspect_bytes(archive.read(sha256), url=url, media_type=media_type)
    with tempfile.TemporaryDirectory(prefix="atalaya-") as folder:
        path = Path(folder) / "body"
        archive.extract(sha256, path)
        return inspect_file(path, url=url, media_type=media_type)


def serve(archive: Archive, given: TextIO, out: TextIO) -> None:
    """Answer every line of probes with a line of rows."""
    for line in given:
        out.write(canonical_json(inspect_probes(archive, json.loads(line))) + "\n")
        out.flush()


if __name__ == "__main__":
    serve(Archive(Path(sys.argv[1])), sys.stdin, sys.stdout)
