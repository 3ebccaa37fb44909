"""Keys under a passphrase: files in one envelope, encrypted with AES-256-GCM under a key that scrypt makes of the passphrase.

The cost of scrypt (2**17, 8, 1: about half a second and 128 MB) is the one that OWASP's sheet on storing passwords names first.
"""

import base64
import json
import secrets
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from atalaya.exceptions import IntegrityError, StoreError

COST: Final = 1 << 17
SHORTEST: Final = 12
"""Characters of a passphrase: whoever has the backup may try for ever."""
_BOUND: Final = b"atalaya keys 1"


def seal(files: Mapping[str, bytes], passphrase: str) -> bytes:
    """The envelope of files by path. Raises StoreError where the passphrase is too short."""
    if len(passphrase) < SHORTEST:
        raise StoreError(f"the passphrase of the keys has fewer than {SHORTEST} characters; choose a longer one")
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    inside = json.dumps({path: base64.b64encode(body).decode() for path, body in sorted(files.items())}).encode()
    body = AESGCM(_key(passphrase, salt)).encrypt(nonce, inside, _BOUND)
    fields = {"salt": salt, "nonce": nonce, "body": body}
    return json.dumps({name: base64.b64encode(value).decode() for name, value in fields.items()}).encode()


def unseal(envelope: bytes, passphrase: str) -> dict[str, bytes]:
    """The files of an envelope by path. Raises StoreError where the passphrase is another, IntegrityError where it is damaged."""
    try:
        fields = {name: base64.b64decode(value) for name, value in json.loads(envelope).items()}
        salt, nonce, body = fields["salt"], fields["nonce"], fields["body"]
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise IntegrityError(f"the keys of the backup are damaged ({error}); take another backup") from error
    try:
        inside = AESGCM(_key(passphrase, salt)).decrypt(nonce, body, _BOUND)
    except InvalidTag as error:
        raise StoreError(
            "the keys of the backup do not open with this passphrase; give the one they were made with"
        ) from error
    return {path: base64.b64decode(text) for path, text in json.loads(inside).items()}


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode())
