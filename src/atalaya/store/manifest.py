"""The manifest of a sealed observation: what it holds, from what, with which hashes, chained to the one before and signed.

The signature proves that the holder of the key stated these hashes; the chain proves their order. Nothing more is claimed.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from atalaya.exceptions import IntegrityError, NotSealedError, StoreError
from atalaya.store.parts import canonical_json, sync_folder, write_atomic

FORMAT = 1
NAME = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableEntry:
    """One sealed table: its rows, its files with their hashes, and the hash of its content (None for volatile tables)."""

    name: str
    rows: int
    files: tuple[dict[str, str], ...]
    content_sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was sealed. `previous` names the observation before and the sha256 of its manifest file."""

    format: int
    kind: str
    country: str
    observation: str
    as_of: str
    cut_off: str | None
    parent: str | None
    seed: int
    versions: dict[str, str]
    pack_sha256: str
    methodologies: dict[str, str]
    settings: dict[str, str | int | float | bool | None]
    tables: tuple[TableEntry, ...]
    previous: dict[str, str] | None
    public_key: str = ""
    signature: str = ""

    def content_hashes(self) -> dict[str, str]:
        """Table → content hash, volatile tables left out."""
        return {entry.name: entry.content_sha256 for entry in self.tables if entry.content_sha256 is not None}

    def to_sign(self) -> bytes:
        """The canonical bytes that the signature covers: everything but the signature itself."""
        body = asdict(self)
        del body["signature"]
        return canonical_json(body).encode()


def signing_key(home: Path) -> Ed25519PrivateKey:
    """The deployer's key, made at first use under `home/keys/`, readable by its owner alone."""
    path = home / "keys" / "ed25519.pem"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _create_key(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise StoreError(
            f"{path} is not an Ed25519 key; restore the deployer's key or move the file away to make a new one"
        )
    return key


def home_key(home: Path) -> str | None:
    """The public key of the deployer in hexadecimal; None where no key was made or it cannot be read."""
    path = home / "keys" / "ed25519.pem"
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return _public(key) if isinstance(key, Ed25519PrivateKey) else None


def _public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


def fingerprint(public_key: str) -> str:
    """A public key (hexadecimal) as people compare it: the first 32 digits of its sha256, in groups of four.

    >>> fingerprint("00" * 32)
    '6668 7aad f862 bd77 6c8f c18b 8e9f 8e20'
    """
    digits = hashlib.sha256(_bytes(public_key)).hexdigest()[:32]
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def same_key(public_key: str, wanted: str) -> bool:
    """Whether a person's `wanted` is this public key or its fingerprint, in capitals or small, with or without blanks."""
    plain = "".join(wanted.lower().replace(":", " ").split())
    return plain in (public_key.lower(), fingerprint(public_key).replace(" ", ""))


def _bytes(public_key: str) -> bytes:
    """The bytes of a public key; the text itself where it is no hexadecimal, so that a damaged manifest has a name too."""
    try:
        return bytes.fromhex(public_key)
    except ValueError:
        return public_key.encode("utf-8", "replace")


def _create_key(path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(pem)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(temporary, path)  # fails where another process made the key first: theirs is then the key
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
    sync_folder(path.parent)


def sign(manifest: Manifest, key: Ed25519PrivateKey) -> Manifest:
    """The manifest with the public key and the signature over everything else."""
    public = _public(key)
    fields = {name: getattr(manifest, name) for name in Manifest.__slots__}
    unsigned = Manifest(**{**fields, "public_key": public, "signature": ""})
    return Manifest(**{**fields, "public_key": public, "signature": key.sign(unsigned.to_sign()).hex()})


def write_manifest(folder: Path, manifest: Manifest) -> Path:
    """Write the manifest, whole or not at all. From then on the observation is sealed."""
    path = folder / NAME
    write_atomic(path, [(json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()])
    return path


def read_manifest(folder: Path) -> Manifest:
    """Read a manifest. Raises NotSealedError where there is none, StoreError where it cannot be read."""
    path = folder / NAME
    if not path.exists():
        raise NotSealedError(
            f"{folder} holds no {NAME}: the observation is not sealed; resume it with `observe --resume`"
        )
    try:
        body = json.loads(path.read_bytes())
        tables = tuple(TableEntry(**{**entry, "files": tuple(entry["files"])}) for entry in body.pop("tables"))
        return Manifest(**body, tables=tables)
    except (ValueError, TypeError, KeyError) as error:
        raise StoreError(f"{path} is not a manifest of this format ({error})") from error


def manifest_sha256(folder: Path) -> str:
    """The sha256 of the manifest file: the head of the chain."""
    return hashlib.sha256((folder / NAME).read_bytes()).hexdigest()


def check_signature(manifest: Manifest) -> None:
    """Raises IntegrityError where the signature does not belong to the manifest and its public key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(manifest.public_key))
        key.verify(bytes.fromhex(manifest.signature), manifest.to_sign())
    except (InvalidSignature, ValueError) as error:
        raise IntegrityError(
            f"the signature of {manifest.observation} does not belong to its manifest: it was altered after sealing"
        ) from error
