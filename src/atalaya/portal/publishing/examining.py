"""Has uploaded files read by `worker`, each in a process of its own with bounded time and memory."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.files.apart import run, slot
from atalaya.portal.files.models import StoredFile
from atalaya.portal.files.refusals import REFUSALS, Refusal
from atalaya.portal.files.services import bytes_of
from atalaya.portal.publishing.worker import SECONDS


@dataclass(frozen=True, slots=True)
class Examined:
    """What an examination told, and where the repaired file is; None where there is nothing to repair."""

    report: dict[str, Any]
    repaired: Path | None


@contextmanager
def examined(file: StoredFile) -> Iterator[Examined]:
    """The examination of a file; the repaired one is there as long as the context. Raises RefusedError where it fails."""
    with tempfile.TemporaryDirectory(prefix="atalaya-") as name:
        folder, path = Path(name), bytes_of(file)
        told = _run(path, "examine", _country(file.institution), name, file.name, str(path))
        repaired = folder / "repaired"
        yield Examined(told, repaired if told["repair"] and repaired.is_file() else None)


def compared(old: StoredFile, new: StoredFile) -> dict[str, Any] | None:
    """What is other in the second file; None where they could not be compared: a publication does not hang on it."""
    with tempfile.TemporaryDirectory(prefix="atalaya-") as name:
        try:
            return _run(
                bytes_of(new), "compare", _country(new.institution), name, str(bytes_of(old)), str(bytes_of(new))
            )
        except RefusedError:
            return None


def _run(path: Path, what: str, country: str, folder: str, *arguments: str) -> dict[str, Any]:
    try:
        with slot(path.parent):
            done = run("atalaya.portal.publishing.worker", (what, country, folder, *arguments), SECONDS + 5)
    except Refusal as refusal:
        raise RefusedError(REFUSALS[refusal.code], **refusal.values) from refusal
    report = Path(folder) / "report.json"
    if not done or not report.is_file():
        raise RefusedError(REFUSALS["too_long" if done is None else "broken"])
    told: dict[str, Any] = json.loads(report.read_bytes())
    return told


def _country(institution: str) -> str:
    """The country of an institution's id."""
    return institution.partition(":")[0]
