"""How a delimited text is written: delimiter, quote, escape and line end, judged by what makes the rows agree.

Every pair of delimiter and quote reads a sample. A pair is as good as its rows are alike, its cells are clean values and its
table is wide; prose reads badly with all of them, and is then no table.
"""

import csv
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain, groupby, islice

from atalaya.inspection.findings import Dialect
from atalaya.inspection.kinds import text_kind
from atalaya.inspection.records import is_unforeseen, lines, read_rows, strict_rows

DELIMITERS = (",", ";", "\t", "|", "^", "~", ":", " ")
_QUOTES = ('"', "'")
_SAMPLE_ROWS = 400
_SAMPLE_CHARACTERS = 400_000
_WEAK = {":": 0.55, " ": 0.45, "~": 0.9, "^": 0.9}
"""Characters that stand inside ordinary values (times, words) must agree much better before they delimit."""
_WORDS = ": "
"""Delimiters by which any sentence below a word is a row below a title."""
LEAST = 0.35
"""Score from which rows are a table: labelled tables score above 0.45, prose and source code below 0.3."""
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*\Z", re.IGNORECASE)
_SUSPECT = '"\t|;,'
"""Without one of these a cell is clean."""
_MOST_CELLS = 200
"""Cells of a row that are looked at."""
_STEADY = 4
"""Rows of one width under each other from which they may be a table of their own."""
_SEVERAL = 0.8
"""Worth of rows that agree with their neighbours only, as prose with commas sometimes does."""
_MOST_TITLES = 12
"""Lines of title above a table."""
_NEAR = 0.8
"""Share of the best score from which another delimiter may still be the right one: decimal commas make a column more."""
_TYPED_ROWS = 100
_MOST_LINES_A_ROW = 4
"""Lines that the rows of a table take on average, at the most: cells with line ends in them."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A dialect with its score between 0 and 1, the sentence that says why, and whether the first line names the delimiter.

    `rows` are all rows of a short text that the dialect cuts it into, None where they are yet to be read.
    """

    dialect: Dialect
    score: float
    width: int
    reason: str
    separator_line: bool = False
    rows: list[list[str]] | None = field(default=None, compare=False, repr=False)


def detect_dialect(text: str) -> Guess | None:
    """The dialect of a text, None when no delimiter makes its rows agree (one column, or no table at all)."""
    sample = _sample(text)
    if not sample:
        return None
    line_end = _line_end(text)
    declared = _SEPARATOR_LINE.match(sample[0].lstrip("\ufeff").rstrip("\r\n"))
    if declared:
        guess = _judge(sample[1:], declared.group(1), line_end, -1.0)
        dialect = _finish(text[len(sample[0]) :], declared.group(1), line_end)
        width = guess.width if guess is not None else 0
        return Guess(dialect, 1.0, width, "the first line declares the delimiter", separator_line=True)
    guesses: list[Guess] = []
    for delimiter in DELIMITERS:
        least = _NEAR * max((each.score for each in guesses), default=0.0)
        guess = _judge(sample, delimiter, line_end, least)
        if guess is not None:
            guesses.append(guess)
    best = _best(guesses, sample)
    if best is None or best.score < LEAST:
        return None
    if len(sample) < _SAMPLE_ROWS and len(text) <= _SAMPLE_CHARACTERS:
        return replace(best, rows=None) if text.startswith("\ufeff") else best
    return _of_whole(best, text)


def _best(guesses: list[Guess], sample: list[str]) -> Guess | None:
    """The best score; among scores that are near each other the delimiter that leaves numbers and dates behind."""
    highest = max((each.score for each in guesses), default=0.0)
    near = [each for each in guesses if each.score >= _NEAR * highest]
    if len(near) < 2:
        return next(iter(near), None)
    return max(near, key=lambda each: each.score * (1 + _typed_share(sample, each.dialect)))


def _typed_share(sample: list[str], dialect: Dialect) -> float:
    """Share of the filled cells that are numbers, dates or truth values."""
    rows = _rows(sample, "".join(sample), dialect)
    kinds = [text_kind(cell) for row in rows[:_TYPED_ROWS] for cell in row[:_MOST_CELLS]]
    filled = len(kinds) - kinds.count("empty")
    return (filled - kinds.count("text")) / filled if filled else 0.0


def told_by_name(text: str) -> Guess:
    """The dialect of a text that only its name calls a table: commas where its first row holds some, one column otherwise, and
    then a delimiter that cuts no line."""
    sample, line_end = _sample(text), _line_end(text)
    joined = "".join(sample)
    for delimiter in DELIMITERS[:4]:
        dialect = _finish(text, delimiter, line_end)
        widths = [len(row) for row in _rows(sample, joined, dialect)]
        if widths and widths[0] > 1:
            return Guess(dialect, 0.0, widths[0], "told by its name only, its rows do not agree")
        if all(width < 2 for width in widths):
            return Guess(dialect, 0.0, 1, "one column, told by its name only")
    return Guess(dialect, 0.0, 1, "one column, told by its name only")


def _of_whole(guess: Guess, text: str) -> Guess:
    """The guess with the quote and the escape that stand only behind the sample."""
    dialect = guess.dialect
    if dialect.quote is None and '"' in text:
        dialect = replace(dialect, quote=_quote(text, dialect.delimiter))
    if dialect.quote is not None and dialect.escape is None:
        dialect = replace(dialect, escape=_escape(text, dialect.delimiter, dialect.quote))
    return replace(guess, dialect=dialect, rows=None)


def _sample(text: str) -> list[str]:
    """The first lines, whole ones, of the head."""
    taken = list(islice(lines(text[:_SAMPLE_CHARACTERS]), _SAMPLE_ROWS))
    whole = len(text) <= _SAMPLE_CHARACTERS or len(taken) >= _SAMPLE_ROWS
    return taken if whole or len(taken) < 2 else taken[:-1]


def _line_end(text: str) -> str:
    """The commonest line end of the head."""
    head = text[:_SAMPLE_CHARACTERS]
    if "\r" not in head:
        return "\n"
    pairs = head.count("\r\n")
    counts = {"\r\n": pairs, "\n": head.count("\n") - pairs, "\r": head.count("\r") - pairs}
    return max(counts, key=lambda end: counts[end])


def _finish(joined: str, delimiter: str, line_end: str) -> Dialect:
    """The dialect of a sample, given as one text, that a delimiter cuts."""
    quote = _quote(joined, delimiter)
    escape = _escape(joined, delimiter, quote)
    spaced = delimiter != " " and _spaced(joined, delimiter)
    return Dialect(delimiter=delimiter, quote=quote, escape=escape, line_end=line_end, skip_initial_space=spaced)


def _quote(text: str, delimiter: str) -> str | None:
    """The character that opens cells at a cell's start and closes them at its end, at least once; `'` must mostly do so in pairs,
    because it also stands in words."""
    opened, closed = _openings(text, delimiter, "'"), _closings(text, delimiter, "'")
    single = min(opened, closed)
    if single * 2 < max(opened, closed):
        single = 0
    if '"' not in text:
        return "'" if single else None
    if not single and text.count('\\"') == text.count('"'):
        return '"'
    if f'{delimiter}"' in text and f'"{delimiter}' in text and not single:
        return '"'
    double = min(_openings(text, delimiter, '"'), _closings(text, delimiter, '"'))
    if not single and not double:
        return None
    return '"' if double >= single else "'"


def _openings(text: str, delimiter: str, quote: str) -> int:
    """How often a quote stands at the start of a cell, spaces apart."""
    if quote not in text:
        return 0
    cut = re.escape(delimiter)
    pattern = rf"{quote}(?:(?<=[{cut}\r\n]{quote})|(?<=[{cut}\r\n][ \t]{quote})|(?<=\A{quote}))(?=[^\r\n])"
    return len(re.findall(pattern, text))


def _closings(text: str, delimiter: str, quote: str) -> int:
    """How often a quote stands at the end of a cell, spaces apart."""
    if quote not in text:
        return 0
    return len(re.findall(rf"{quote}[ \t]?(?:[{re.escape(delimiter)}\r\n]|\Z)", text))


def _escape(text: str, delimiter: str, quote: str | None) -> str | None:
    """What stands before quotes inside cells, or before delimiters where nothing is quoted; None where nothing does.

    A backslash escapes where it stands before quotes that do not close their cells, more often than quotes are doubled. Where
    cells are quoted with `'` and every `"` is written twice, the double quotes were doubled before the quotes were changed.
    """
    cut = re.escape(delimiter)
    if quote is None:
        return "\\" if f"\\{delimiter}" in text else None
    if quote == "'" and '""' in text:
        runs = re.findall(rf'(?<![{cut}\r\n"])""+', text)
        if runs and sum(map(len, runs)) == text.count('"') and not any(len(run) & 1 for run in runs):
            return '"'
    if f"\\{quote}" not in text:
        return None
    quotes = text.count(quote)
    if text.count(f"\\{quote}") == quotes:
        return "\\"
    escaped = len(re.findall(rf"\\{quote}(?!\s*(?:{cut}|\r|\n|\Z))", text))
    others = quotes - escaped - _openings(text, delimiter, quote) - _closings(text, delimiter, quote)
    return "\\" if escaped > max(0, others) else None


def _spaced(text: str, delimiter: str) -> bool:
    """Whether a space follows the delimiter nearly always: `a, "b"`."""
    total = text.count(delimiter)
    return total > 0 and text.count(f"{delimiter} ") >= 0.9 * total


def _judge(sample: list[str], delimiter: str, line_end: str, least: float) -> Guess | None:
    """What a delimiter makes of the sample; None where it makes no table, or none that scores above `least`."""
    weight = _WEAK.get(delimiter, 1.0)
    joined = "".join(sample)
    if weight <= least or delimiter not in joined:
        return None
    if least > 0 and _too_few(sample, joined, delimiter, least * len(sample) / _MOST_LINES_A_ROW):
        return None
    dialect = _finish(joined, delimiter, line_end)
    rows = _rows(sample, joined, dialect)
    if not rows:
        return None
    whole = rows if dialect.quote is None and dialect.escape is None and len(rows) == len(sample) else None
    widths = Counter(map(len, rows))
    width, alike = _main_width(widths)
    if width < 2 or (len(rows) == 1 and delimiter in _WEAK):
        return None
    lengths = [len(row) for row in rows]
    consistency = max(
        alike / len(rows), _several_widths(lengths), 0 if delimiter in _WORDS else _below_titles(lengths, width)
    )
    score = consistency * (1 - 1 / width) ** 0.5
    if score * weight <= least:
        return None
    score = score * _clean_share(rows, width) ** 1.5 * weight
    shown = {"\t": "tab", " ": "space"}.get(delimiter, delimiter)
    reason = f"{alike} of {len(rows)} sampled rows have {width} cells split at {shown!r}"
    return Guess(dialect, score, width, reason, rows=whole)


def _too_few(sample: list[str], joined: str, delimiter: str, lines: float) -> bool:
    """Whether fewer lines than these hold a delimiter; where it does not stand as often, they need not be counted."""
    return joined.count(delimiter) < lines or sum([delimiter in line for line in sample]) < lines


def _rows(sample: list[str], joined: str, dialect: Dialect) -> list[list[str]]:
    """The rows of a sample that hold anything. Quotes that the rules do not foresee are minded where rows do not agree."""
    try:
        rows = [row for row in strict_rows(sample, dialect) if row and (row[0].strip() or "".join(row).strip())]
        if dialect.quote is None or len(set(map(len, rows))) < 2 or not is_unforeseen(joined, dialect):
            return rows
        return [row for row in read_rows(sample, dialect) if "".join(row).strip()]
    except csv.Error:
        return []


def _main_width(widths: Counter[int]) -> tuple[int, int]:
    """The width that most rows share; among equals the wider one, so that titles above a table do not win."""
    width = max(widths, key=lambda each: (widths[each] * (1 if each > 1 else 0.5), each))
    return width, widths[width]


def _below_titles(lengths: list[int], width: int) -> float:
    """Agreement of the rows from the first to the last that are as wide as the table: those above and below, titles and notes,
    count a quarter."""
    start, end = lengths.index(width), len(lengths) - lengths[::-1].index(width)
    within = lengths[start:end]
    around = len(lengths) - len(within)
    if around > _MOST_TITLES or len(within) < _STEADY:
        return 0.0
    alike = within.count(width)
    return alike / (len(within) + around / 4) if alike >= 0.9 * len(within) else 0.0


def _several_widths(widths: list[int]) -> float:
    """Tables under each other agree on a width for many rows each; worth less than one width."""
    if widths.count(widths[0]) == len(widths):
        return _SEVERAL if widths[0] > 1 and len(widths) >= _STEADY else 0.0
    runs = [(width, sum(1 for _ in run)) for width, run in groupby(widths)]
    steady = sum(number for width, number in runs if width > 1 and number >= _STEADY)
    return _SEVERAL * steady / len(widths)


def _clean_share(rows: list[list[str]], width: int) -> float:
    """Share of cells that look like one value: no other delimiter repeated inside, no stray quote at an edge."""
    wide = [row for row in rows if len(row) == width]
    cells = list(chain.from_iterable(wide if width <= _MOST_CELLS else (row[:_MOST_CELLS] for row in wide)))
    joined = "".join(cells)
    suspects = {cell for mark in _SUSPECT if mark in joined for cell in cells if mark in cell}
    dirty = {cell for cell in suspects if not _is_clean(cell)}
    return 1 - sum(map(dirty.__contains__, cells)) / len(cells) if dirty else 1.0


def _is_clean(cell: str) -> bool:
    bare = cell.strip()
    if not bare:
        return True
    broken = (
        (bare[0] == '"') != (bare[-1] == '"')
        or "\t" in bare
        or "|" in bare
        or (bare.count(";") > 1 and re.search(r";\S", bare) is not None)
        or (bare.count(",") > 2 and re.search(r"\d,\d", bare) is not None and not re.search(r"[^\W\d_]{3}", bare))
    )
    return not broken or text_kind(cell) != "text"
