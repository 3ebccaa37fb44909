"""The process that makes one derived file: `python -m atalaya.portal.derived.worker KIND HOME COUNTRY FOLDER SHA256…`."""

import json
import resource
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from atalaya.countries.identifiers import compile_identifier
from atalaya.countries.reader import find_pack, read_pack
from atalaya.exceptions import CountryPackError
from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_file
from atalaya.inspection.limits import DEFAULT, IsIdentity, Limits
from atalaya.inspection.versions.files import compare_files
from atalaya.portal.derived.comparison import told
from atalaya.portal.derived.making import MEMORY, SECONDS
from atalaya.portal.derived.preview import preview_of
from atalaya.repair.file import repair_file
from atalaya.repair.package import write_package
from atalaya.store.archive import Archive

HELD = replace(DEFAULT, memory=MEMORY // 2, seconds=SECONDS)


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be made: of which files, where, and what is known of the country's identity numbers."""

    files: tuple[Path, ...]
    folder: Path
    identities: tuple[IsIdentity, ...]

    def limits(self, *, described: bool = False, cells: bool = False) -> Limits:
        """The limits of a reading."""
        return replace(HELD, described=described, cells_kept=cells, identities=self.identities)


def identities_of(country: str) -> tuple[IsIdentity, ...]:
    """What tells the numbers by which a country identifies persons, where its pack is at hand."""
    try:
        pack = read_pack(find_pack(country))
    except CountryPackError:
        return ()
    rules = [compile_identifier(each, pack.divisions) for each in pack.identifiers if each.personal]
    return tuple((lambda text, rule=rule: rule.verdict(text).valid) for rule in rules if rule.checks)


def is_personal(inspection: Inspection) -> bool:
    """Whether a column of a file seems to hold personal data."""
    return any(column.personal for table in inspection.tables for column in table.columns)


def _check(work: Work) -> None:
    """Whether a file may be handed out: its tables were read, and no column of them is personal."""
    found = inspect_file(work.files[0], limits=work.limits())
    read = bool(found.tables) and all(table.content != "page" for table in found.tables)
    _write(work, {"read": read, "personal": is_personal(found)})


def _preview(work: Work) -> None:
    _write(work, preview_of(inspect_file(work.files[0], limits=work.limits(described=True, cells=True))))


def _compare(work: Work) -> None:
    old, new = (inspect_file(path, limits=work.limits(cells=True)) for path in work.files)
    _write(work, told(compare_files(old.tables, new.tables), len(old.tables), len(new.tables)))


def _repair(work: Work) -> None:
    """The repaired file as a ZIP; nothing is written where no table could be read or one was too large."""
    found = repair_file(work.files[0], limits=work.limits())
    if not found.tables or found.too_large or is_personal(found.inspection):
        raise SystemExit(1)
    written = write_package(work.folder / "package", found.tables, work.files[0].name)
    with zipfile.ZipFile(work.folder / "made.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in written.files:
            entry = zipfile.ZipInfo(path.name)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())


MAKERS: dict[str, Callable[[Work], None]] = {
    "check": _check,
    "compare": _compare,
    "preview": _preview,
    "repair": _repair,
}


def _write(work: Work, content: dict[str, object]) -> None:
    (work.folder / "made.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Make one file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS + 5, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    kind, home, country, folder, *hashes = arguments
    archive, place = Archive(Path(home) / "archive"), Path(folder)
    files = tuple(place / f"{sha256[:16]}.bin" for sha256 in hashes)
    for sha256, path in zip(hashes, files, strict=True):
        archive.extract(sha256, path)
    MAKERS[kind](Work(files, place, identities_of(country)))


if __name__ == "__main__":
    main(sys.argv[1:])
