"""A text as people write it: plain lines with a few signs.

Every line is a paragraph. `## ` and `### ` make headings, `- ` and `1. ` lists (two blanks further in is one level deeper), `> `
a quote, `| a | b |` a row of a table, whose first row names the columns where `|---|---|` follows it. `**strong**`,
`__emphasis__`, `[words](https://…)`; a backslash takes the sign after it as it is. The bullets, tabs and numbers of a word
processor, pasted without its formats, are read as what they look like.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from atalaya.news.body import (
    DEEPEST,
    LARGE,
    SMALL,
    Block,
    Body,
    Heading,
    Item,
    Listing,
    Quote,
    Span,
    Spans,
    Table,
    gathered,
    paragraph,
    table,
    tidy,
)
from atalaya.news.links import safe_link

_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = " \t\u00a0"
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_BULLET = re.compile(r"[-*+○□–—]\t\s*(.*)|[-*+]\s+(.*)|[•·▪◦●■\uf0b7\uf0a7\uf0d8\uf0fc]\s*(.*)|[o§]\t\s*(.*)")
"""Bullets of people and of word processors; those of the private area are of the symbol fonts that these use."""
_NUMBER = re.compile(r"\(?\d{1,3}[.)]\s+(.*)|[a-z][.)]\t\s*(.*)")
_RULE = re.compile(r"\s*:?-{3,}:?\s*")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(\s*([^()\s]+)\s*\)")
_SIGN = re.compile(r"[#>|]|[-+]\s|[•·▪◦●■]")
_NUMBERED = re.compile(r"\(?\d{1,3}[.)]")
_ESCAPED = re.compile(r"[\\\[\]]|(?<![A-Za-z0-9])[*_]|[*_](?![A-Za-z0-9])")
"""Signs in words that would be read as marks; a single one within a word stands as it is."""

MARKS = {"**": "strong", "__": "emphasis"}
"""Mark → the look that it turns on and off."""
PLAIN = Span("")


def read_body(text: str) -> Body:
    """The shape of a text. It never fails: what is no sign is a word."""
    return gathered(_blocks(_ENDS.split(text)))


def _blocks(lines: list[str]) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        cells = _run(lines, place, _cells)
        tabs = [] if cells else _run(lines, place, _tabbed, even=True)
        if cells:
            yield from _table(cells)
        elif len(tabs) > 1:
            yield from table([_spans(cell) for cell in row] for row in tabs)
        else:
            yield from _block(lines[place])
        place += len(cells) or (len(tabs) if len(tabs) > 1 else 1)


def _block(line: str) -> list[Block]:
    item, said = _item(line), line.strip(_BLANKS)
    if item is not None:
        return [Listing((item,))]
    heading = _HEADING.fullmatch(said)
    if heading:
        told = tidy(_spans(heading[2]))
        return [Heading(LARGE if len(heading[1]) <= LARGE else SMALL, told)] if told else []
    if said.startswith(">"):
        told = tidy(_spans(said[1:]))
        return [Quote(told)] if told else []
    return paragraph(_spans(said))


def _run(lines: list[str], place: int, read: Callable[[str], list[str] | None], even: bool = False) -> list[list[str]]:
    """What a reader makes of the lines from a place on, as long as it makes something of them; `even`: rows of one length."""
    found: list[list[str]] = []
    for number in range(place, len(lines)):
        row = read(lines[number])
        if row is None or (even and found and len(row) != len(found[0])):
            break
        found.append(row)
    return found


def _cells(line: str) -> list[str] | None:
    said = line.strip(_BLANKS)
    if len(said) < 2 or not said.startswith("|") or not said.endswith("|"):
        return None
    return re.findall(r"((?:[^|\\]|\\.)*)\|", said[1:])


def _tabbed(line: str) -> list[str] | None:
    said = line.strip(" \u00a0")
    if "\t" not in said.strip("\t") or _item(line) is not None:
        return None
    return said.split("\t")


def _table(rows: list[list[str]]) -> list[Block]:
    ruled = [bool(row) and all(_RULE.fullmatch(cell) for cell in row) for row in rows]
    headed = len(rows) > 1 and ruled[1]
    kept = (row for row, rule in zip(rows, ruled, strict=True) if not rule)
    return table(([_spans(cell) for cell in row] for row in kept), headed)


def _item(line: str) -> Item | None:
    said = line.strip(_BLANKS)
    indent = sum(2 if sign == "\t" else 1 for sign in line[: len(line) - len(line.lstrip(_BLANKS))])
    for pattern, ordered in ((_BULLET, False), (_NUMBER, True)):
        found = pattern.fullmatch(said)
        if found:
            words = next((each for each in found.groups() if each is not None), "")
            return Item(min(indent // 2, DEEPEST), ordered, tuple(_spans(words)))
    return None


def _spans(text: str, look: Span = PLAIN, *, linked: bool = False) -> list[Span]:
    """The spans of a line. A mark that is never closed is a word; within a link there is no other link."""
    found: list[Span] = []
    words: list[str] = []

    def close() -> None:
        if words:
            found.append(replace(look, text="".join(words)))
            words.clear()

    place = 0
    while place < len(text):
        pair, sign = text[place : place + 2], text[place]
        link = _LINK.match(text, place) if sign == "[" and not linked else None
        if sign == "\\" and len(pair) == 2:
            words.append(pair[1])
            place += 2
        elif pair in MARKS and (getattr(look, MARKS[pair]) or text.find(pair, place + 2) > 0):
            close()
            look = _turned(look, MARKS[pair])
            place += 2
        elif link:
            close()
            found += _spans(link[1], replace(look, href=safe_link(link[2])), linked=True)
            place = link.end()
        else:
            words.append(sign)
            place += 1
    close()
    return found


def _turned(look: Span, name: str) -> Span:
    return replace(look, strong=not look.strong) if name == "strong" else replace(look, emphasis=not look.emphasis)


def written(body: Body) -> str:
    """A text as lines that people edit; reading them gives the same text."""
    blocks = [_written(block) for block in body]
    return "\n\n".join(blocks) + ("\n" if blocks else "")


def _written(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_marked(block.spans)}"
    if isinstance(block, Quote):
        return f"> {_marked(block.spans)}"
    if isinstance(block, Listing):
        return "\n".join(
            f"{'  ' * each.depth}{'1.' if each.ordered else '-'} {_marked(each.spans)}" for each in block.items
        )
    if isinstance(block, Table):
        rows = [f"| {' | '.join(_marked(cell, cell=True) for cell in row)} |" for row in block.rows]
        rule = ["|" + "---|" * len(block.rows[0])] if block.headed else []
        return "\n".join([rows[0], *rule, *rows[1:]])
    return _begun(_marked(block.spans))


def _begun(line: str) -> str:
    """A line whose first signs would make it something else than a paragraph, with a backslash before them."""
    if _SIGN.match(line):
        return f"\\{line}"
    number = _NUMBERED.match(line)
    return f"{line[: number.end() - 1]}\\{line[number.end() - 1 :]}" if number else line


def _marked(spans: Spans, *, cell: bool = False) -> str:
    """Spans with their signs; a mark that goes on from one span to the next is not closed between them."""
    line, before = "", PLAIN
    for span in (*spans, PLAIN):
        for mark, name in MARKS.items():
            if getattr(before, name) is not getattr(span, name):
                line += mark
        before = span
        words = _ESCAPED.sub(r"\\\g<0>", span.text)
        words = words.replace("|", "\\|") if cell else words
        line += f"[{words}]({span.href})" if span.href else words
    return line
