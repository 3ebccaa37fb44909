"""Whether an encrypted PDF opens without a password: most are encrypted to forbid printing or copying and ask readers for none.

The standard security handler derives a key from the password (here the empty one) and tells by the entry U whether it is right:
ISO 32000-1:2008, §7.6.3 (algorithms 2, 4 and 5; revisions 2 to 4), and ISO 32000-2:2020, §7.6.4 (algorithms 2.A and 2.B;
revisions 5 and 6).
"""

import hashlib
import re

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_REFERENCE = re.compile(rb"/Encrypt\s+(\d{1,8})\s+(\d{1,5})\s+R")
_LONGEST = 4_096
"""Bytes of an encryption dictionary that are looked at; real ones have a few hundred."""
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_LITERAL = rb"\(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)"


def opens_without_password(data: bytes) -> bool:
    """Whether the empty password is right; False also where the dictionary of the encryption cannot be read."""
    reference = _REFERENCE.search(data[-65_536:]) or _REFERENCE.search(data[:65_536])
    if reference is None:
        return False
    number, generation = reference.groups()
    start = re.search(rb"(?<!\d)" + number + rb"\s+" + generation + rb"\s+obj\b", data)
    if start is None:
        return False
    found = data[start.end() : start.end() + _LONGEST].partition(b"endobj")[0]
    if not re.search(rb"/Filter\s*/Standard\b", found):
        return False
    revision = _number(found, b"R")
    user = _string(found, b"U")
    if revision is None or user is None:
        return False
    return _of_sha(revision, user) if revision >= 5 else _of_md5(data, found, revision, user)


def _of_md5(data: bytes, found: bytes, revision: int, user: bytes) -> bool:
    owner, rights = _string(found, b"O"), _number(found, b"P")
    if owner is None or rights is None or len(owner) < 32 or len(user) < 16:
        return False
    identity = re.search(rb"/ID\s*\[\s*(?:<([0-9A-Fa-f\s]*)>|" + _LITERAL + rb")", data)
    first = b"" if identity is None else _decoded(identity.group(1), identity.group(2))
    length = (_number(found, b"Length") or 40) // 8 if revision >= 3 else 5
    open_metadata = revision >= 4 and re.search(rb"/EncryptMetadata\s+false\b", found) is not None
    seed = _PADDING + owner[:32] + (rights & 0xFFFFFFFF).to_bytes(4, "little") + first
    key = _md5(seed + (b"\xff" * 4 if open_metadata else b""))
    sizes = {length, 16} if revision == 4 else {length}
    return any(_is_user(key, size, revision, first, user) for size in sizes if 5 <= size <= 16)


def _is_user(key: bytes, size: int, revision: int, first: bytes, user: bytes) -> bool:
    if revision < 3:
        return _rc4(key[:size], _PADDING) == user[:32]
    for _ in range(50):
        key = _md5(key[:size])
    mark = _rc4(key[:size], _md5(_PADDING + first))
    for turn in range(1, 20):
        mark = _rc4(bytes(byte ^ turn for byte in key[:size]), mark)
    return mark == user[:16]


def _of_sha(revision: int, user: bytes) -> bool:
    """The empty password with the validation salt, bytes 32 to 39 of U."""
    if len(user) < 48:
        return False
    mark = hashlib.sha256(user[32:40]).digest()
    if revision == 5:
        return mark == user[:32]
    turn, last = 0, 0
    while turn < 64 or last > turn - 32:
        cipher = Cipher(algorithms.AES(mark[:16]), modes.CBC(mark[16:32])).encryptor()
        mixed = cipher.update(mark * 64) + cipher.finalize()
        mark = (hashlib.sha256, hashlib.sha384, hashlib.sha512)[sum(mixed[:16]) % 3](mixed).digest()
        last = mixed[-1]
        turn += 1
    return mark[:32] == user[:32]


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    at = 0
    for place in range(256):
        at = (at + state[place] + key[place % len(key)]) % 256
        state[place], state[at] = state[at], state[place]
    left = right = 0
    out = bytearray()
    for byte in data:
        left = (left + 1) % 256
        right = (right + state[left]) % 256
        state[left], state[right] = state[right], state[left]
        out.append(byte ^ state[(state[left] + state[right]) % 256])
    return bytes(out)


def _number(found: bytes, name: bytes) -> int | None:
    """The last number of this name: the length of a crypt filter, in bytes, stands before that of the key."""
    numbers = re.findall(rb"/" + name + rb"\s+(-?\d{1,10})(?!\d)", found)
    return int(numbers[-1]) if numbers else None


def _string(found: bytes, name: bytes) -> bytes | None:
    match = re.search(rb"/" + name + rb"\s*(?:<([0-9A-Fa-f\s]*)>|" + _LITERAL + rb")", found, re.DOTALL)
    return None if match is None else _decoded(match.group(1), match.group(2))


def _decoded(hexadecimal: bytes | None, literal: bytes | None) -> bytes:
    if hexadecimal is not None:
        digits = b"".join(hexadecimal.split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    return _ESCAPE.sub(_unescape, literal or b"")


def _unescape(match: re.Match[bytes]) -> bytes:
    octal, other = match.groups()
    if octal is not None:
        return bytes([int(octal, 8) & 0xFF])
    return b"" if other in (b"\n", b"\r", b"\r\n") else _ESCAPES.get(other, other)
