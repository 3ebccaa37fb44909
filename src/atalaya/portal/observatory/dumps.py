"""The dumps of published observations, as they lie in the home folder."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from atalaya.exceptions import StoreError
from atalaya.portal.core.files import BINARY, Sent, of_path
from atalaya.portal.observatory.models import Edition
from atalaya.publish.dumps.description import NAME, Dump, read_dump
from atalaya.publish.dumps.making import archive_name, dump_folder
from atalaya.store.seal import file_sha256

TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".gz": "application/gzip",
    ".json": "application/json",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".sha256": "text/plain; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yml": "application/yaml",
    ".zip": "application/zip",
}
"""Media types by the ending of a name (IANA's register)."""


def folder_of(edition: Edition) -> Path:
    """Where the dump of a published observation lies, whether it is there or not."""
    return dump_folder(Path(settings.ATALAYA_HOME), edition.country, edition.observation)


def dump_of(edition: Edition) -> Dump | None:
    """The description of its dump; None where none was made, or one of another manifest."""
    folder = folder_of(edition)
    try:
        dump = _read(folder, (folder / NAME).stat().st_mtime_ns)
    except (OSError, StoreError):
        return None
    return dump if dump.manifest_sha256 == edition.manifest_sha256 else None


def archive_of(edition: Edition) -> tuple[str, int, str]:
    """The ZIP of a dump that is there: name, size and SHA-256."""
    folder, name = folder_of(edition), archive_name(edition.observation)
    text = (folder / f"{name}.sha256").read_text(encoding="utf-8")
    return name, (folder / name).stat().st_size, text.partition(" ")[0]


def sent_file(edition: Edition, path: str) -> Sent | None:
    """A file of a dump by its path; None where the dump has none there. Nothing else of the folder is ever opened."""
    dump, folder = dump_of(edition), folder_of(edition)
    if dump is None:
        return None
    archive = archive_name(edition.observation)
    if path == archive:
        sha256 = archive_of(edition)[2]
    elif path in (NAME, f"{archive}.sha256"):
        sha256 = file_sha256(folder / path)
    elif file := dump.file(path):
        sha256 = file.sha256
    else:
        return None
    place = folder / path
    return of_path(place, sha256, TYPES.get(place.suffix, BINARY)) if place.is_file() else None


@lru_cache(maxsize=64)
def _read(folder: Path, moment: int) -> Dump:
    del moment  # a description that was written anew is read anew
    return read_dump(folder)
