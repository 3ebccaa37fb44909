"""Writing a folder: bytes, YAML with fixed order, and JSON lines."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml


def write_bytes(path: Path, body: bytes) -> None:
    """Write a file, its folder first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)


def write_yaml(path: Path, content: object) -> None:
    """Write YAML in the order given, UTF-8, LF line ends."""
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)
    write_bytes(path, text.encode())


def write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> int:
    """Write JSON lines; gives how many."""
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    write_bytes(path, "".join(lines).encode())
    return len(lines)
