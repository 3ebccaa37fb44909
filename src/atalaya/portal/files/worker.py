"""The process that examines one file: `python -m atalaya.portal.files.worker PATH NAME PURPOSE FOLDER`.

It writes `verdict.json` into the folder: the kind, media type and name of the file with the pictures drawn of it, or why it is
refused.
"""

import json
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

from atalaya.portal.files.judging import judge
from atalaya.portal.files.pictures import draw
from atalaya.portal.files.purposes import PICTURES, PURPOSES
from atalaya.portal.files.refusals import Refusal

MEMORY = 2 << 30
"""Bytes that the process may take."""
SECONDS = 60
"""Seconds that one file may take."""


def examine(path: Path, name: str, purpose: str, folder: Path) -> dict[str, object]:
    """What is told of a file; pictures are drawn into the folder."""
    try:
        found = judge(path, name, PURPOSES[purpose])
        drawn = draw(path, found.kind, folder) if found.kind in PICTURES else {}
    except Refusal as refusal:
        return {"refused": refusal.code, "values": dict(refusal.values)}
    pictures = {size: [each.path.name, each.width, each.height] for size, each in drawn.items()}
    return {"kind": found.kind, "media_type": found.media_type, "name": found.name, "pictures": pictures}


def main(arguments: Sequence[str]) -> None:
    """Examine one file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    path, name, purpose, folder = arguments
    told = examine(Path(path), name, purpose, Path(folder))
    (Path(folder) / "verdict.json").write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
