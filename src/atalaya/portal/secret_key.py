"""The key of the portal's signatures, kept in the home folder where none was given, so that all processes have the same."""

import os
import secrets
from pathlib import Path

FILE = "portal.key"


def secret_key(home: Path, stated: str) -> str:
    """The key that was stated, else that of the home folder, made there by the first that asks; only its owner may read it."""
    if stated:
        return stated
    place = home / FILE
    if not place.exists():
        _make(place)
    return place.read_text(encoding="ascii").strip()


def _make(place: Path) -> None:
    """Write a new key under another name and give it its own by a link, which only the first of several can do."""
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:  # noqa: PTH123
        stream.write(secrets.token_urlsafe(48))
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(fresh, place)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
