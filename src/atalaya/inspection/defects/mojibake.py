"""Letters were damaged when the text was written or read in the wrong encoding: `EducaciÃ³n`, `Educaci?n`, `Educaci¢n`."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from atalaya.inspection.defects.cells import MOST_CELLS, CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.view import ColumnView, TableView

_ID = "mojibake"

_RUN = re.compile(r"[^\x00-\x7f]{2,}")
_PAIR_FIRST = frozenset(map(chr, range(0xC2, 0xF5)))
_PLAUSIBLE = re.compile(
    "[\u00a0-\u00ff\u2010-\u2026\u20ac\u2122\ufffd\u0100-\u017f\u0400-\u04ff\u0370-\u03ff\u0300-\u0301\ufeff]+"
)
_CLOSING = frozenset("»”’“›‘")
"""Quotes that close or open behind a capital with an accent: `CAFÉ»`."""
_WRONG_PAGE = re.compile(
    r"[A-Za-z][¢¤¥£¡‚]+[a-z]|[A-Za-z]{2}[¢¤¥¡]\b"  # IBM850 read as Windows-1252
    r"|[A-Za-z][¾±Ð]+[a-z]|[a-z][ÚÝ][a-z]|[A-Za-z]ci¾n"  # Windows-1252 read as IBM850
    r"|[A-Za-z]‡[a-z]|[a-z]Ž[a-z]|ci—n\b"  # MacRoman read as Windows-1252
    r"|[a-z][ÛÌÒ˙È][a-z]"  # Windows-1252 read as MacRoman
    r"|[├┬][^\x00-\x7f]|√[≥±°©∫≠≤¢£]"  # UTF-8 read as IBM850, as MacRoman
    r"|ń[aeiou]|[A-Za-z]{2}[а-яё][a-z]|[a-z]ã[³±©¡º\xad]"  # read as Latin-2, as Windows-1251; put in lower case afterwards
)
_LOST = re.compile(
    r"(?<![\w./?&=])(?:[^\W\d_]*[a-záéíóúñü]\?[a-záéíóúñü][^\W\d_]*|[A-ZÁÉÍÓÚÑÜ]{2,}\?[A-ZÁÉÍÓÚÑÜ]+)(?![\w/?=])"
)
_QUERY = re.compile(r"[a-záéíóúñü]\?[a-záéíóúñü]|[A-ZÁÉÍÓÚÑÜ]{2}\?[A-ZÁÉÍÓÚÑÜ]")
"""A question mark inside a word, where a letter was lost; addresses hold some of their own."""
_ENTITY = re.compile(r"&(?:[aeiouAEIOU](?:acute|uml|grave|circ)|[nNaAoO]tilde|#(?:2[0-5]\d|19[2-9])|[cC]cedil);")
_DAMAGE = re.compile(f"{_WRONG_PAGE.pattern}|\ufffd")


def detect(view: TableView) -> Iterable[CellDefect]:
    """The damaged texts of each column, and of the header."""
    header = _header(view)
    for column in view.columns:
        if column.is_plain:
            continue
        damaged = _damaged(column)
        if damaged:
            yield _found(view, column, damaged)
    if header is not None:
        yield header


def _damaged(column: ColumnView) -> frozenset[int]:
    """The numbers of the texts that are damaged."""
    joined = column.joined
    if _is_suspect(joined) or ("?" in joined and _QUERY.search(joined)) or ("&" in joined and _ENTITY.search(joined)):
        return frozenset(number for number, text in enumerate(column.texts) if is_damaged(text))
    return frozenset()


def _is_suspect(text: str) -> bool:
    """Whether there is a letter or sign of which damage may consist, beside those of undamaged texts."""
    if text.isascii():
        return False
    others = text.encode("utf-8", "replace").translate(None, _ASCII).decode("utf-8", "replace")
    return not _SUSPECT.isdisjoint(others)


_ASCII = bytes(range(128))
_USUAL = frozenset("áéíóúüñàèìòùêôõçÁÉÍÓÚÜÑÇ¿°ºª«»–’“”…\u00a0")
"""Letters and signs that undamaged texts of the languages here are full of."""
_SUSPECT = (
    frozenset(map(chr, (*range(0x80, 0xF5), 0xFFFD, *range(0x430, 0x450), 0x451)))
    | frozenset("€‚ƒ„†‡ˆ‰Š‹ŒŽ‘•—˜™š›œžŸ├┬√ń˙")
) - _USUAL


def is_damaged(text: str) -> bool:
    """Whether a text shows letters that no one wrote.

    >>> [is_damaged(text) for text in ("EducaciÃ³n", "Educaci?n", "¿Qué?", "São Paulo", "CAFÉ»")]
    [True, True, False, False, False]
    """
    if _is_suspect(text) and (_DAMAGE.search(text) or any(map(_decoded, _RUN.findall(text)))):
        return True
    if "?" in text and "://" not in text and "www." not in text and _QUERY.search(text) and _LOST.search(text):
        return True
    return "&" in text and "<" not in text and _ENTITY.search(text) is not None


def _decoded(run: str) -> bool:
    """Whether letters beyond ASCII are the bytes of UTF-8, read one by one."""
    if _PAIR_FIRST.isdisjoint(run):
        return False
    return any(_is_sequence(part) for part in _sequences(run))


def _sequences(run: str) -> Iterator[str]:
    """Parts of a run that could be one character of UTF-8: a leading sign and as many signs as it announces."""
    place = 0
    while place < len(run):
        first = run[place]
        length = (
            2
            if "\xc2" <= first <= "\xdf"
            else 3
            if "\xe0" <= first <= "\xef"
            else 4
            if "\xf0" <= first <= "\xf4"
            else 1
        )
        if length > 1 and place + length <= len(run):
            part = run[place : place + length]
            if _is_sequence(part):
                yield part
                place += length
                continue
        place += 1


def _is_sequence(part: str) -> bool:
    if len(part) == 2 and part[0] != "Ã" and part[1] in _CLOSING:
        return False
    try:
        decoded = b"".join(map(_byte, part)).decode("utf-8")
    except UnicodeError:
        return False
    return _PLAUSIBLE.fullmatch(decoded) is not None or (len(part) == 4 and decoded.isprintable())


def _byte(sign: str) -> bytes:
    """The byte that a sign was, in Windows-1252; the five that it leaves undefined stand for themselves."""
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")


def _found(view: TableView, column: ColumnView, damaged: frozenset[int]) -> CellDefect:
    count = sum(column.counts[number] for number in damaged)
    rows = islice((row for row, number in enumerate(column.codes) if number in damaged), MOST_CELLS)
    detail = f"{count} cells of column {column.letters} hold letters that were damaged by a wrong encoding"
    example = (column.texts[min(damaged)],)
    return view.found(_ID, ((column, row) for row in rows), detail, count=count, example=example)


def _header(view: TableView) -> CellDefect | None:
    """Damaged names of columns; they stand in the first row of the header."""
    damaged = [column for column in view.columns if is_damaged(column.name)]
    if not damaged:
        return None
    row = view.frame.header_rows[:1]
    detail = f"the names of {len(damaged)} columns hold letters that were damaged by a wrong encoding"
    cells = tuple(column.address(row[0]) for column in damaged[:MOST_CELLS]) if row else ()
    positions = tuple(column.position for column in damaged)
    example = (damaged[0].name,)
    return CellDefect(
        id=_ID, columns=positions, count=len(damaged), cells=cells, rows=row, detail=detail, example=example
    )


KIND = DefectKind(
    id=_ID,
    version=1,
    title="Letters damaged by a wrong encoding",
    text="No text holds the signs that appear where it was written in one encoding and read in another: two signs in place of a "
    "letter with an accent, question marks or replacement signs inside words, codes of HTML.",
    remedy="Export the table again from its source in UTF-8. What was saved with replacement signs cannot be mended "
    "from the file.",
    detect=detect,
    examples=(
        ExampleTable("UTF-8 read as Windows-1252", ("area", "monto"), (("EducaciÃ³n", 1), ("Salud", 2)), ("A2",)),
        ExampleTable("read wrongly twice", ("area", "monto"), (("EducaciÃƒÂ³n", 1), ("Salud", 2)), ("A2",)),
        ExampleTable("letters that were lost", ("area", "monto"), (("Educaci\ufffdn", 1), ("Ni?ez", 2)), ("A2", "A3")),
        ExampleTable("IBM850 read as Windows-1252", ("area", "monto"), (("Educaci¢n", 1), ("Salud", 2)), ("A2",)),
        ExampleTable("Windows-1252 read as IBM850", ("area", "monto"), (("Salud", 1), ("Educaci¾n", 2)), ("A3",)),
        ExampleTable("a damaged name of a column", ("regiÃ³n", "monto"), (("Norte", 1), ("Sur", 2)), ("A1",)),
        ExampleTable("letters with accents", ("area", "monto"), (("Educación", 1), ("São João", 2), ("CAFÉ»", 3))),
        ExampleTable("questions", ("pregunta", "sí"), (("¿Tiene agua?", 1), ("¿Por qué?", 2))),
    ),
)
