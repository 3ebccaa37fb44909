"""`dump.json`: what a dump holds and what it keeps back, every file with its size and hash, signed with the deployer's key.

The signature covers the hash of the sealed manifest too, so that files which a dump changed (masked, or without some columns)
are vouched for as well as those that it hands out as they were sealed.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from atalaya.exceptions import IntegrityError, StoreError
from atalaya.store.parts import canonical_json

NAME = "dump.json"
FORMAT = 1
RULE = 1
"""Version of what is carried and how it is written; a dump made by another version is made again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of a dump: its path inside the folder, what it is, its table (empty: of several), size, hash and rows."""

    path: str
    kind: str
    table: str
    bytes: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One table: its rows, whether its sealed files are handed out as they are, and what is masked or kept back with why.

    `workbook` says why the workbook has no sheet of it; empty where it has one.
    """

    table: str
    rows: int
    whole: bool
    masked: tuple[str, ...]
    withheld: Mapping[str, str]
    kept_back: str
    workbook: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """What `dump.json` says."""

    format: int
    rule: int
    observation: str
    country: str
    as_of: str
    manifest_sha256: str
    release: str
    licence: str
    tables: tuple[Carried, ...]
    files: tuple[File, ...]
    public_key: str = ""
    signature: str = ""

    def to_sign(self) -> bytes:
        """The canonical bytes that the signature covers: everything but the signature itself."""
        body = asdict(self)
        del body["signature"]
        return canonical_json(body).encode()

    def text(self) -> str:
        """What the file holds."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def file(self, path: str) -> File | None:
        """The file at a path, None where the dump has none there."""
        return next((each for each in self.files if each.path == path), None)


def signed(dump: Dump, key: Ed25519PrivateKey) -> Dump:
    """The description with the public key and the signature over everything else."""
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    unsigned = replace(dump, public_key=public, signature="")
    return replace(unsigned, signature=key.sign(unsigned.to_sign()).hex())


def read_dump(folder: Path) -> Dump:
    """Read `dump.json` of a folder. Raises StoreError where there is none or it cannot be read."""
    path = folder / NAME
    try:
        return dump_of(path.read_bytes())
    except FileNotFoundError as error:
        raise StoreError(f"{folder} holds no {NAME}: it is not a dump, or not all of it") from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(f"{path} is not the description of a dump ({error}); download it again") from error


def dump_of(data: bytes) -> Dump:
    """The description that some bytes hold. Raises ValueError, TypeError or KeyError where they hold none."""
    body = json.loads(data)
    tables = tuple(Carried(**{**each, "masked": tuple(each["masked"])}) for each in body.pop("tables"))
    files = tuple(File(**each) for each in body.pop("files"))
    return Dump(**body, tables=tables, files=files)


def check_signature(dump: Dump) -> None:
    """Raises IntegrityError where the signature does not belong to the description and its public key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(dump.public_key))
        key.verify(bytes.fromhex(dump.signature), dump.to_sign())
    except (InvalidSignature, ValueError, TypeError) as error:
        raise IntegrityError(
            f"the signature of {NAME} does not belong to it: it was altered after the dump of {dump.observation} was made"
        ) from error
