"""Names of files, and paths without a scheme."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "file, filename, file name, archivo, nombre del archivo, nombre de archivo, nombre archivo, path, "
    "ruta, fichero, local path, arquivo, fichier, nom du fichier, imagen, foto, image, photo, logo, thumbnail, picture, icon, "
    "attachment, adjunto, archivo adjunto, source file, script, filepath, file path, documento, document",
    plural=True,
)
_MEASURE = re.compile(r"[-+]?\d*[.,]\d+\s?[A-Za-z]+\Z")
_HOSTS = frozenset(
    [
        "com",
        "org",
        "net",
        "gov",
        "edu",
        "mil",
        "int",
        "info",
        "biz",
        "gob",
        "gub",
        "go",
        "uk",
        "us",
        "mx",
        "ar",
        "co",
        "cl",
        "br",
        "es",
        "fr",
        "de",
        "eu",
        "io",
    ]
)
"""Endings of names of hosts, which are no files."""
NAMED_LEAST = 0.5
LEAST = 0.85
_NAME = re.compile(r"[^\n:*?\"<>|@]{1,250}\.(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{1,10}\Z")
_PATH = re.compile(r"(?:\.{0,2}|[A-Za-z]:)?[/\\]?(?:[^/\\\n]+[/\\])+[^/\\\n]*\Z")


def _is_file(text: str) -> bool:
    if "://" in text or _NAME.match(text) is None or text.lower().startswith("www."):
        return False
    if _MEASURE.match(text) is not None:
        return False
    return "/" in text or text.rsplit(".", 1)[1].lower() not in _HOSTS


def _is_file_or_path(text: str) -> bool:
    return _is_file(text) or ("://" not in text and _PATH.match(text) is not None)


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Names with an extension in nearly all cells; paths, or half of them, where the name says file."""
    share = column.fitting(_is_file)
    if column.name.says(NAMES) >= HEAD and (wider := column.fitting(_is_file_or_path)) >= NAMED_LEAST:
        return Fit(wider, "name")
    spaced = column.some(lambda text: " " in text and ". " in text)
    return Fit(share) if share >= LEAST and spaced < 0.5 else None


TYPE = SemanticType(
    id="file_name",
    version=2,
    title="Name of a file",
    text="Names of files with their extension in {least} % of the cells, or names and paths in {named} % where "
    "the name says file.",
    forms=frozenset({Form.CODE, Form.WORD, Form.WORDS, Form.MIXED, Form.TEXT, Form.WEB}),
    rule=rule,
    signs=frozenset("./\\"),
    tolerance=1 - LEAST,
    thresholds={"least": round(100 * LEAST), "named": round(100 * NAMED_LEAST)},
    examples=(
        Example("documento", ("informe.pdf", "datos 2019.csv"), True, "names with an extension"),
        Example("path", ("data/2019/a", "data/2020/b"), True, "paths under a name that tells"),
        Example(
            "tableSchema",
            ("gov.uk/schema/roles.json", "gov.uk/schema/posts.json"),
            True,
            "paths that begin like a host",
        ),
        Example("empresa", ("Uno, S.A.", "Dos, S.A."), False, "companies with dots"),
    ),
)
