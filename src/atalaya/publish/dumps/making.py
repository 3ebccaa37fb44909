"""Making the dump of a sealed observation: once, in `home/dumps/<country>/<observation>/`, whole or not at all."""

import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

from atalaya.exceptions import MethodologyError, StoreError
from atalaya.history.read import Sealed
from atalaya.indices.language.reading import SHIPPED, read_index
from atalaya.publish.dumps import package
from atalaya.publish.dumps.allowed import ALLOWED
from atalaya.publish.dumps.description import FORMAT, NAME, RULE, Carried, Dump, File, read_dump, signed
from atalaya.publish.dumps.workbook import left_out, write_workbook
from atalaya.publish.dumps.writing import Extent, write_csv, write_lines, write_parquet
from atalaya.store.manifest import NAME as MANIFEST
from atalaya.store.manifest import manifest_sha256, signing_key
from atalaya.store.parts import sync_folder
from atalaya.store.seal import FOLDER, file_sha256
from atalaya.version import __version__

README = "README.md"
METHODOLOGIES = "methodologies"
LINES = ("duty_verdicts", "institutions", "measures", "records", "rules", "scores")
"""Tables that are given as JSON lines too: their lists and objects are what people ask for."""

_STORED = (".parquet", ".gz", ".xlsx")
"""Endings of files that are packed already: they stand in the ZIP as they are."""


def dump_folder(home: Path, country: str, observation: str) -> Path:
    """Where the dump of an observation lies."""
    return home / "dumps" / country / observation


def archive_name(observation: str) -> str:
    """The name of the ZIP that holds a whole dump, beside the other files."""
    return f"{observation}.zip"


def is_current(folder: Path, manifest_hash: str) -> bool:
    """Whether a dump lies there, whole, of this manifest and by today's rules."""
    try:
        dump = read_dump(folder)
    except StoreError:
        return False
    same = (dump.format, dump.rule, dump.manifest_sha256) == (FORMAT, RULE, manifest_hash)
    return same and (folder / f"{archive_name(dump.observation)}.sha256").is_file()


def make_dump(home: Path, observation: Sealed, to: Path | None = None) -> Path:
    """Make the dump, signed with the key of `home`; gives its folder. One that is there and current is left as it is.

    `to` is another folder. Raises StoreError where `to` holds something else already.
    """
    manifest = observation.manifest
    folder = to or dump_folder(home, manifest.country, manifest.observation)
    if is_current(folder, manifest_sha256(observation.folder)):
        return folder
    if to is not None and to.exists() and any(to.iterdir()):
        raise StoreError(f"{to} is not empty; give a new folder, so that nothing is mixed or lost")
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    try:
        _write(home, observation, unfinished)
        if folder.exists():
            shutil.rmtree(folder)
        unfinished.replace(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    sync_folder(folder.parent)
    return folder


def _write(home: Path, observation: Sealed, folder: Path) -> None:
    name = observation.manifest.observation
    files, extents = [], {}
    for table, allowed in sorted(ALLOWED.items()):
        if allowed.kept_back or not observation.files(table):
            continue
        path, extent = write_csv(observation, allowed, folder / "csv")
        extents[table] = extent
        files.append(_file(folder, path, "csv", table, extent.rows))
        written = write_parquet(observation, allowed, folder / FOLDER)
        files.extend(_file(folder, each, "parquet", table) for each in written)
        if table in LINES:
            path = write_lines(observation, allowed, folder / "jsonl")
            files.append(_file(folder, path, "jsonl", table, extent.rows))
    book = folder / f"{name}.xlsx"
    write_workbook(observation, extents, book)
    files.append(_file(folder, book, "xlsx"))
    described = json.dumps(package.package_of(observation, files), ensure_ascii=False, indent=1) + "\n"
    (folder / package.NAME).write_text(described, encoding="utf-8")
    shutil.copyfile(observation.folder / MANIFEST, folder / MANIFEST)
    shutil.copyfile(Path(str(resources.files("atalaya"))) / "data" / "dumps" / README, folder / README)
    kinds = ((package.NAME, "package"), (MANIFEST, "manifest"), (README, "readme"))
    files += [_file(folder, folder / path, kind) for path, kind in kinds]
    files += [_file(folder, path, "methodology") for path in _methodologies(observation, folder)]
    dump = _described(observation, extents, files)
    (folder / NAME).write_text(signed(dump, signing_key(home)).text(), encoding="utf-8")
    _pack(folder, archive_name(name), (*(each.path for each in dump.files), NAME))


def _methodologies(observation: Sealed, folder: Path) -> Iterator[Path]:
    """The methodology files of the observation's figures, where those at hand are the ones that its manifest names."""
    for name, sha256 in sorted(observation.manifest.methodologies.items()):
        source = SHIPPED / f"{name}.yml"
        try:
            at_hand = source.is_file() and read_index(source).sha256 == sha256
        except MethodologyError:
            continue  # a methodology that another release understands: its scores are carried, its text is not at hand
        if at_hand:
            target = folder / METHODOLOGIES / f"{name}.yml"
            target.parent.mkdir(parents=True, exist_ok=True)
            yield Path(shutil.copyfile(source, target))


def _described(observation: Sealed, extents: Mapping[str, Extent], files: list[File]) -> Dump:
    manifest = observation.manifest
    counts = {entry.name: entry.rows for entry in manifest.tables}
    carried = tuple(
        Carried(
            table=table,
            rows=counts[table],
            whole=allowed.whole,
            masked=allowed.masked,
            withheld=dict(allowed.withheld),
            kept_back=allowed.kept_back,
            workbook=left_out(allowed, extents.get(table)),
        )
        for table, allowed in sorted(ALLOWED.items())
        if table in counts
    )
    return Dump(
        format=FORMAT,
        rule=RULE,
        observation=manifest.observation,
        country=manifest.country,
        as_of=manifest.as_of,
        manifest_sha256=manifest_sha256(observation.folder),
        release=__version__,
        licence=package.LICENCE["name"],
        tables=carried,
        files=tuple(sorted(files, key=lambda each: each.path)),
    )


def _file(folder: Path, path: Path, kind: str, table: str = "", rows: int | None = None) -> File:
    return File(
        path=path.relative_to(folder).as_posix(),
        kind=kind,
        table=table,
        bytes=path.stat().st_size,
        sha256=file_sha256(path),
        rows=rows,
    )


def _pack(folder: Path, name: str, paths: tuple[str, ...]) -> None:
    """Everything in one ZIP, with the same moment in every entry: the same dump gives the same bytes. Its hash lies beside it."""
    with zipfile.ZipFile(folder / name, "w") as archive:
        for path in paths:
            entry = zipfile.ZipInfo(path)
            entry.compress_type = zipfile.ZIP_STORED if path.endswith(_STORED) else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with (folder / path).open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, 1 << 20)
    (folder / f"{name}.sha256").write_text(f"{file_sha256(folder / name)}  {name}\n", encoding="utf-8")
