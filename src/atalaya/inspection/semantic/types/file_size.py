"""Sizes of files."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import DIGITS, Example, Fit, SemanticType, enough
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import WHOLE, phrases
from atalaya.inspection.semantic.shapes import NUMERIC, Form

NAMES = phrases(
    "bytes, size, file size, filesize, byte size, tamano, tamano de archivo, peso del archivo, taille, "
    "tamanho, size bytes, size in bytes, kb, mb, content length, contentlength"
)
MOST_AT_LEAST = 512
"""Bytes of the largest: a column of smaller numbers is of sizes of something else."""
_SIZE = re.compile(r"[\d.,]+\s?(?:[KMGT]i?B|bytes|[kmg]b|octets)\Z", re.IGNORECASE)


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Numbers with a unit of bytes, or numbers under a name that says so."""
    if column.name.says(NAMES) == WHOLE and column.numbers and max(column.numbers) >= MOST_AT_LEAST:
        return enough(column.of_forms(NUMERIC), "name")
    if column.of_forms(NUMERIC) >= 0.5:
        return None
    return enough(column.fitting(_SIZE.match))


TYPE = SemanticType(
    id="file_size",
    version=2,
    title="Size of a file",
    text="Sizes of files with units, or numbers under a name that says bytes or size; up to {tolerated} % may differ.",
    forms=NUMERIC | {Form.MIXED, Form.CODE},
    rule=rule,
    signs=DIGITS,
    examples=(
        Example("bytes", ("1024", "2048", "777"), True, "numbers under a name that tells"),
        Example("descarga", ("12 MB", "340 KB", "1.5 GB"), True, "numbers with units"),
        Example("tamaño de la población", ("1024", "2048"), False, "the size of something else"),
    ),
)
