"""A text of the safe shape as HTML: every word is escaped, and there is no other way into a page."""

from collections.abc import Sequence

from markupsafe import Markup

from atalaya.news.body import Body, Heading, Item, Listing, Quote, Span, Table

_LINK = Markup('<a rel="noopener noreferrer nofollow" href="{}">{}</a>')
_CELL, _HEAD = Markup("<td>{}</td>"), Markup('<th scope="col">{}</th>')


def drawn(body: Body, named: str) -> Markup:
    """The text; `named` is what people who do not see it are told of a table that can be scrolled."""
    return Markup("\n").join(_block(block, named) for block in body)


def _block(block: object, named: str) -> Markup:
    if isinstance(block, Heading):
        return Markup("<h{0}>{1}</h{0}>").format(block.level, _spans(block.spans))
    if isinstance(block, Listing):
        return _list(block.items, 0)
    if isinstance(block, Quote):
        return Markup("<blockquote><p>{}</p></blockquote>").format(_spans(block.spans))
    if isinstance(block, Table):
        return _table(block, named)
    return Markup("<p>{}</p>").format(_spans(block.spans))  # type: ignore[attr-defined]


def _list(items: Sequence[Item], depth: int) -> Markup:
    """Items of one level with those below each; where numbered and unnumbered ones follow each other, a list of each."""
    parts: list[Markup] = []
    place = 0
    while place < len(items):
        ordered, made = items[place].ordered, list[Markup]()
        while place < len(items) and items[place].ordered is ordered:
            item = items[place]
            end = next((n for n in range(place + 1, len(items)) if items[n].depth <= depth), len(items))
            below = _list(items[place + 1 : end], depth + 1)
            made.append(Markup("<li>{}{}</li>").format(_spans(item.spans), below))
            place = end
        whole = Markup("<ol>{}</ol>") if ordered else Markup("<ul>{}</ul>")
        parts.append(whole.format(Markup("").join(made)))
    return Markup("").join(parts)


def _table(table: Table, named: str) -> Markup:
    rows = [_row(row, _CELL) for row in table.rows[1 if table.headed else 0 :]]
    head = Markup("<thead>{}</thead>").format(_row(table.rows[0], _HEAD)) if table.headed else Markup("")
    whole = Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table>{}<tbody>{}</tbody></table></div>'
    )
    return whole.format(named, head, Markup("").join(rows))


def _row(cells: Sequence[Sequence[Span]], cell: Markup) -> Markup:
    return Markup("<tr>{}</tr>").format(Markup("").join(cell.format(_spans(each)) for each in cells))


def _spans(spans: Sequence[Span]) -> Markup:
    return Markup("").join(_span(span) for span in spans)


def _span(span: Span) -> Markup:
    words = Markup.escape(span.text)
    if span.emphasis:
        words = Markup("<em>{}</em>").format(words)
    if span.strong:
        words = Markup("<strong>{}</strong>").format(words)
    return _LINK.format(span.href, words) if span.href else words
