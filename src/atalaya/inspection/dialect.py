"""How a delimited text is written: delimiter, quote, escape and line end, judged by what makes the rows agree.

Every pair of delimiter and quote reads a sample. A pair is as good as its rows are alike, its cells are clean values and its
table is wide; prose reads badly with all of them, and is then no table.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from atalaya.inspection.findings import Dialect
from atalaya.inspection.kinds import text_kind

DELIMITERS = (",", ";", "\t", "|", "^", "~", ":", " ")
_QUOTES = ('"', "'")
_SAMPLE_ROWS = 400
_SAMPLE_CHARACTERS = 400_000
_WEAK = {":": 0.55, " ": 0.45, "~": 0.9, "^": 0.9}
"""Characters that stand inside ordinary values (times, words) must agree much better before they delimit."""
LEAST = 0.35
"""Score from which rows are a table: labelled tables score above 0.45, prose and source code below 0.3."""
_FIELD_LIMIT = 16 * 1024 * 1024
"""Characters of the longest cell: outlines of territories take megabytes, an unclosed quote takes the file."""
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*\Z", re.IGNORECASE)
_SUSPECT = re.compile(r"[\"\t|;,]")
"""Without one of these a cell is clean."""
_IN_MEMORY = 1 << 20
"""Characters of a text that may be copied to be cut into lines fast."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")

csv.field_size_limit(_FIELD_LIMIT)


@dataclass(frozen=True, slots=True)
class Guess:
    """A dialect with its score between 0 and 1, the sentence that says why, and whether the first line names the delimiter."""

    dialect: Dialect
    score: float
    width: int
    reason: str
    separator_line: bool = False


def lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends, at `\\n`, `\\r\\n` and lone `\\r`; never at other characters."""
    if len(text) <= _IN_MEMORY:
        return io.StringIO(text, newline="")
    return (match.group() for match in _LINE.finditer(text) if match.group())


def read_rows(text: Iterator[str], dialect: Dialect) -> Iterator[list[str]]:
    """The rows of lines of text in a dialect. Raises csv.Error for a cell above the limit."""
    quote = dialect.quote
    return csv.reader(
        text,
        delimiter=dialect.delimiter,
        quotechar=quote,
        quoting=csv.QUOTE_NONE if quote is None else csv.QUOTE_MINIMAL,
        escapechar=dialect.escape,
        doublequote=dialect.escape is None,
        skipinitialspace=dialect.skip_initial_space,
    )


def detect_dialect(text: str) -> Guess | None:
    """The dialect of a text, None when no delimiter makes its rows agree (one column, or no table at all)."""
    sample = _sample(text)
    if not sample:
        return None
    line_end = _line_end(text)
    declared = _SEPARATOR_LINE.match(sample[0].rstrip("\r\n"))
    if declared:
        dialect = _finish(sample[1:], declared.group(1), line_end)
        return Guess(dialect, 1.0, 0, "the first line declares the delimiter", separator_line=True)
    best: Guess | None = None
    for delimiter in DELIMITERS:
        guess = _judge(sample, delimiter, line_end, best.score if best is not None else 0.0)
        if guess is not None and (best is None or guess.score > best.score + 1e-9):
            best = guess
    return best if best is not None and best.score >= LEAST else None


def _sample(text: str) -> list[str]:
    """Lines from the head and, of long texts, from the middle, where preambles no longer weigh."""
    taken: list[str] = []
    for line in lines(text[:_SAMPLE_CHARACTERS]):
        taken.append(line)
        if len(taken) >= _SAMPLE_ROWS:
            break
    whole = len(text) <= _SAMPLE_CHARACTERS or len(taken) >= _SAMPLE_ROWS
    return taken if whole or len(taken) < 2 else taken[:-1]


def _line_end(text: str) -> str:
    """The commonest line end of the head."""
    head = text[:_SAMPLE_CHARACTERS]
    pairs = head.count("\r\n")
    counts = {"\r\n": pairs, "\n": head.count("\n") - pairs, "\r": head.count("\r") - pairs}
    return max(counts, key=lambda end: counts[end]) if any(counts.values()) else "\n"


def _finish(sample: list[str], delimiter: str, line_end: str) -> Dialect:
    joined = "".join(sample)
    quote = _quote(joined, delimiter)
    escape = "\\" if quote and _backslash_escapes(joined, delimiter, quote) else None
    spaced = delimiter != " " and _spaced(joined, delimiter)
    return Dialect(delimiter=delimiter, quote=quote, escape=escape, line_end=line_end, skip_initial_space=spaced)


def _quote(text: str, delimiter: str) -> str | None:
    """The character that opens cells at a cell's start and closes them at its end, at least once and mostly in pairs."""
    cut = re.escape(delimiter)
    best: tuple[int, str | None] = (0, None)
    for quote in _QUOTES:
        if quote not in text:
            continue
        opened = len(re.findall(rf"(?:^|{cut})[ \t]?{quote}(?=[^\r\n])", text, re.MULTILINE))
        closed = len(re.findall(rf"{quote}[ \t]?(?:{cut}|\r|$)", text, re.MULTILINE))
        sure = min(opened, closed)
        if sure and (quote == '"' or sure * 2 >= max(opened, closed)) and sure > best[0]:
            best = (sure, quote)
    return best[1]


def _backslash_escapes(text: str, delimiter: str, quote: str) -> bool:
    """A backslash before a quote that does not close its cell, where quotes are not doubled as well."""
    cut = re.escape(delimiter)
    escaped = len(re.findall(rf"\\{quote}(?!\s*(?:{cut}|\r|\n|\Z))", text))
    doubled = len(re.findall(rf"(?<!{cut})(?<!\n){quote}{quote}(?!{cut}|\r|\n|\Z)", text))
    return escaped > doubled


def _spaced(text: str, delimiter: str) -> bool:
    """Whether a space follows the delimiter nearly always and quotes stand behind it: `a, "b"`."""
    total = text.count(delimiter)
    return total > 0 and text.count(f"{delimiter} ") >= 0.9 * total


def _judge(sample: list[str], delimiter: str, line_end: str, least: float) -> Guess | None:
    """What a delimiter makes of the sample; None where it makes no table, or none that scores above `least`."""
    weight = _WEAK.get(delimiter, 1.0)
    if weight <= least or not any(delimiter in line for line in sample):
        return None
    dialect = _finish(sample, delimiter, line_end)
    try:
        rows = [row for row in read_rows(iter(sample), dialect) if "".join(row).strip()]
    except csv.Error:
        return None
    if not rows:
        return None
    widths = Counter(len(row) for row in rows)
    width, alike = _main_width(widths)
    if width < 2:
        return None
    consistency = max(alike / len(rows), _several_widths(widths, len(rows)))
    if len(rows) == 1 and delimiter in _WEAK:
        return None
    score = consistency * (1 - 1 / width) ** 0.5
    if score * weight <= least:
        return None
    score = score * _clean_share(rows, width) ** 1.5 * weight
    shown = {"\t": "tab", " ": "space"}.get(delimiter, delimiter)
    reason = f"{alike} of {len(rows)} sampled rows have {width} cells split at {shown!r}"
    return Guess(dialect, score, width, reason)


def _main_width(widths: Counter[int]) -> tuple[int, int]:
    """The width that most rows share; among equals the wider one, so that titles above a table do not win."""
    width = max(widths, key=lambda each: (widths[each] * (1 if each > 1 else 0.5), each))
    return width, widths[width]


def _several_widths(widths: Counter[int], rows: int) -> float:
    """Tables under each other agree on two or three widths, each held by many rows; worth less than one width."""
    wide = sorted((number for width, number in widths.items() if width > 2), reverse=True)[:3]
    steady = [number for number in wide if number >= 10]
    return 0.65 * sum(steady) / rows


def _clean_share(rows: list[list[str]], width: int) -> float:
    """Share of cells that look like one value: no other delimiter repeated inside, no stray quote at an edge."""
    clean = seen = 0
    for row in rows[:_SAMPLE_ROWS]:
        if len(row) != width:
            continue
        cells = row[:200]
        seen += len(cells)
        suspect = _SUSPECT.search("".join(cells)) is not None
        clean += sum(map(_is_clean, cells)) if suspect else len(cells)
    return clean / seen if seen else 0.0


def _is_clean(cell: str) -> bool:
    if text_kind(cell) != "text":
        return True
    bare = cell.strip()
    if not bare:
        return True
    if (bare[0] == '"') != (bare[-1] == '"') or "\t" in bare or "|" in bare:
        return False
    if bare.count(";") > 1 and re.search(r";\S", bare):
        return False
    return not (re.search(r"\d,\d", bare) and bare.count(",") > 2 and not re.search(r"[^\W\d_]{3}", bare))
