"""Verification: every hash of an observation made again from its bytes, its signature, its chain and its archive."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from atalaya.exceptions import IntegrityError, StoreError
from atalaya.history.read import Sealed, open_sealed
from atalaya.store.archive import Archive
from atalaya.store.content import ContentHash, OrderError
from atalaya.store.manifest import (
    NAME,
    Manifest,
    TableEntry,
    check_signature,
    fingerprint,
    home_key,
    manifest_sha256,
    read_manifest,
    same_key,
)
from atalaya.store.observations import folders, observation_folder
from atalaya.store.outcome_seal import CODED
from atalaya.store.seal import BATCH, arrow_schema, connect, file_sha256
from atalaya.store.shelf import GONE
from atalaya.store.tables import TABLES


@dataclass(frozen=True, slots=True)
class Check:
    """One thing verified: what, whether it holds, and what differs where it does not.

    `warning` names what holds only as far as could be seen: it needs a person's look.
    """

    what: str
    holds: bool
    detail: str = ""
    warning: str = ""


UNKNOWN_KEY = "unknown key"
"""The warning for a manifest whose key nothing here vouches for."""


def verify(home: Path, folder: Path, *, archive: bool = True, key: str | None = None) -> tuple[Check, ...]:
    """Verify one sealed observation. Raises NotSealedError where it is not sealed; everything else is in the result.

    `key` demands that the manifest is signed with this public key, in hexadecimal or as its fingerprint.
    """
    observation = open_sealed(folder)
    checks = [_signature(observation), _key(home, observation.manifest, key)]
    checks += [_chain(home, observation), _chained_after(home, observation)]
    for entry in observation.manifest.tables:
        checks.append(_files(folder, entry))
        if entry.content_sha256 is not None:
            checks.append(_content(observation, entry))
    if archive:
        checks.append(_archive(home, observation))
    return tuple(checks)


def _signature(observation: Sealed) -> Check:
    try:
        check_signature(observation.manifest)
    except IntegrityError as error:
        return Check("signature", False, str(error))
    return Check("signature", True)


def _key(home: Path, manifest: Manifest, wanted: str | None) -> Check:
    """Whose key signed. Anyone can sign an altered manifest anew, so a good signature says little until the key is known.

    The key is known where a person demanded it, where it is this home's own, or where the observation before has the same and
    the home has none of its own. Otherwise it is unknown: a difference where one of them contradicts it, else a warning.
    """
    own, print_ = home_key(home), fingerprint(manifest.public_key)
    before = _previous_key(home, manifest)
    if wanted is not None:
        same = same_key(manifest.public_key, wanted)
        return Check("key", same, print_ if same else f"{UNKNOWN_KEY} {print_}: not the one demanded")
    if before is not None and before != manifest.public_key:
        detail = f"{UNKNOWN_KEY} {print_}: the observation before was signed with {fingerprint(before)}"
        return Check("key", False, detail)
    if manifest.public_key == own:
        return Check("key", True, f"{print_}, the key of this home")
    if before is not None and own is None:
        return Check("key", True, f"{print_}, the key of the observation before")
    whose = "this home has another key" if own is not None else "nothing here vouches for it"
    return Check("key", True, f"{print_}: {whose}; compare it with what was published, then demand it", UNKNOWN_KEY)


def _previous_key(home: Path, manifest: Manifest) -> str | None:
    """The public key of the observation before; None where there is none or it cannot be read."""
    if manifest.previous is None:
        return None
    try:
        return read_manifest(observation_folder(home, manifest.country, manifest.previous["observation"])).public_key
    except (StoreError, KeyError):
        return None


def _chained_after(home: Path, observation: Sealed) -> Check:
    """Whether the observations sealed after this one name the manifest that stands here."""
    here = manifest_sha256(observation.folder)
    for folder in folders(home, observation.manifest.country):
        try:
            previous = read_manifest(folder).previous or {}
        except StoreError:
            continue
        named = previous.get("observation") == observation.manifest.observation
        if named and previous.get("manifest_sha256") != here:
            return Check("chain after", False, f"{folder.name} was sealed after another manifest of this observation")
    return Check("chain after", True)


def _chain(home: Path, observation: Sealed) -> Check:
    previous = observation.manifest.previous
    if previous is None:
        return Check("chain", True, "first of its chain")
    folder = observation_folder(home, observation.manifest.country, previous["observation"])
    if not (folder / NAME).exists():
        return Check("chain", False, f"{previous['observation']} is not here")
    same = manifest_sha256(folder) == previous["manifest_sha256"]
    return Check("chain", same, "" if same else f"the manifest of {previous['observation']} was altered")


def _files(folder: Path, entry: TableEntry) -> Check:
    for file in entry.files:
        path = folder / file["name"]
        if not path.exists():
            return Check(f"files of {entry.name}", False, f"{file['name']} is missing")
        if file_sha256(path) != file["file_sha256"]:
            return Check(f"files of {entry.name}", False, f"{file['name']} was altered")
    return Check(f"files of {entry.name}", True)


def content_sha256(observation: Sealed, table: str) -> str:
    """The content hash of a sealed table, made again from its rows. Raises StoreError where two rows share a key."""
    try:
        return _hashed(table, _batches(observation, table))
    except OrderError:  # the content is the same in any order
        return _hashed(table, _sorted(observation, table))


def _hashed(table: str, batches: Iterable[pa.RecordBatch]) -> str:
    content = ContentHash(TABLES[table])
    for batch in batches:
        content.add(batch)
    return content.hexdigest()


def _batches(observation: Sealed, table: str) -> Iterator[pa.RecordBatch]:
    """The rows as they lie in the files. Texts that repeat come as numbers of a dictionary."""
    schema = arrow_schema(TABLES[table])
    for path in observation.files(table):
        with pq.ParquetFile(path, read_dictionary=[name for name in CODED if name in schema.names]) as file:
            for batch in file.iter_batches(BATCH, columns=schema.names):
                yield batch.select(schema.names)


def _sorted(observation: Sealed, table: str) -> Iterator[pa.RecordBatch]:
    shape = TABLES[table]
    columns = ", ".join(f'"{name}"' for name in shape.columns)
    key = ", ".join(f'"{name}"' for name in shape.key)
    with connect() as connection:
        query = f"SELECT {columns} FROM read_parquet(?) ORDER BY {key}"
        reader = connection.sql(query, params=[observation.files(table)]).to_arrow_reader(BATCH)
        for batch in reader:
            yield batch.cast(arrow_schema(shape))


def _content(observation: Sealed, entry: TableEntry) -> Check:
    try:
        same = content_sha256(observation, entry.name) == entry.content_sha256
    except Exception as error:  # noqa: BLE001 - whatever a damaged file raises is the result
        return Check(f"content of {entry.name}", False, f"cannot be read: {type(error).__name__}")
    return Check(f"content of {entry.name}", same, "" if same else "rows differ from the sealed hash")


def _archive(home: Path, observation: Sealed) -> Check:
    archive = Archive(home / "archive")
    wrong = []
    for row in observation.rows("blobs"):
        sha256 = str(row["sha256"])
        if archive.class_of(sha256) not in GONE and (fault := archive.fault(sha256)) is not None:
            wrong.append(f"{sha256}: {fault.detail}")
    return Check("archive", not wrong, "; ".join(wrong[:5]))
