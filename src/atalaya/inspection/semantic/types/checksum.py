"""Hashes in hexadecimal digits."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "hash, checksum, md5, md 5, sha, sha 1, sha1, sha256, sha 256, sha512, digest, crc, commit, etag, "
    "huella, suma de verificacion"
)
IDENTIFIERS = phrases("id, identifier, uuid, guid, key, slug, identificador, uid, clave, llave")
LENGTHS = frozenset({32, 40, 56, 64, 96, 128})
"""Hexadecimal digits of MD5 and of the family of SHA."""
_NAMED_LENGTH = 8
_MOST_WORDS = 1.2
_HEX = re.compile(r"(?:(?:md5|sha\d*)[:=-])?([0-9a-f]+|[0-9A-F]+)\Z")


def _digits(text: str) -> int:
    found = _HEX.match(text)
    return len(found[1]) if found else 0


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Values of one of the lengths of hashes, unless the name says that they identify; shorter ones where the name
    says so."""
    if column.lengths < _NAMED_LENGTH or column.words > _MOST_WORDS:
        return None
    if column.name.says(NAMES):
        return enough(column.fitting(lambda text: _digits(text) >= _NAMED_LENGTH), "name")
    if column.name.says(IDENTIFIERS) >= HEAD:
        return None
    fit = enough(column.fitting(lambda text: _digits(text) in LENGTHS))
    return fit if fit and any(map(str.isalpha, "".join(column.values))) else None


TYPE = SemanticType(
    id="checksum",
    version=1,
    title="Checksum",
    text="Hashes of 32, 40, 56, 64, 96 or 128 hexadecimal digits that are not called identifiers; up to "
    "{tolerated} % may differ.",
    forms=frozenset({Form.CODE, Form.WORD, Form.TEXT, Form.INTEGER}),
    rule=rule,
    examples=(
        Example("sha256", ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",), True, "64 digits"),
        Example(
            "identifier",
            ("149f273b24b74c76b25438264deb7b28", "30bd01d579ab40fda0c4c517aeb7b28f"),
            False,
            "identifiers that look like it",
        ),
    ),
)
