"""Names of files, and paths without a scheme."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "file, filename, file name, archivo, nombre del archivo, nombre de archivo, nombre archivo, path, "
    "ruta, fichero, local path, arquivo, fichier, nom du fichier, imagen, foto"
)
NAMED_LEAST = 0.5
LEAST = 0.85
_NAME = re.compile(r"[^\n:*?\"<>|@]{1,250}\.(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{1,10}\Z")
_PATH = re.compile(r"(?:\.{0,2}|[A-Za-z]:)?[/\\]?(?:[^/\\\n]+[/\\])+[^/\\\n]*\Z")


def _is_file(text: str) -> bool:
    return "://" not in text and not text.lower().startswith("www.") and _NAME.match(text) is not None


def _is_file_or_path(text: str) -> bool:
    return _is_file(text) or ("://" not in text and _PATH.match(text) is not None)


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Names with an extension in nearly all cells; paths, or half of them, where the name says file."""
    if not column.holds(".", "/", "\\"):
        return None
    share = column.fitting(_is_file)
    if column.name.says(NAMES) >= HEAD and (wider := column.fitting(_is_file_or_path)) >= NAMED_LEAST:
        return Fit(wider, "name")
    spaced = column.some(lambda text: " " in text and ". " in text)
    return Fit(share) if share >= LEAST and spaced < 0.5 else None


TYPE = SemanticType(
    id="file_name",
    version=1,
    title="Name of a file",
    text="Names of files with their extension in {least} % of the cells, or names and paths in {named} % where "
    "the name says file.",
    forms=frozenset({Form.CODE, Form.WORD, Form.WORDS, Form.MIXED, Form.TEXT}),
    rule=rule,
    tolerance=1 - LEAST,
    thresholds={"least": round(100 * LEAST), "named": round(100 * NAMED_LEAST)},
    examples=(
        Example("documento", ("informe.pdf", "datos 2019.csv"), True, "names with an extension"),
        Example("path", ("data/2019/a", "data/2020/b"), True, "paths under a name that tells"),
        Example("empresa", ("Uno, S.A.", "Dos, S.A."), False, "companies with dots"),
    ),
)
