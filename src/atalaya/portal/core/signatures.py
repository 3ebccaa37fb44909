"""Keys for one purpose each, made of the portal's one key."""

import base64
import hashlib

from django.conf import settings


def cipher_key() -> bytes:
    """The key of what lies encrypted in the database, as Fernet wants it."""
    return base64.urlsafe_b64encode(hashlib.sha256(f"atalaya.cipher\x1f{settings.SECRET_KEY}".encode()).digest())
