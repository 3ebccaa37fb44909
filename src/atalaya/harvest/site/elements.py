"""The elements of HTML by what they are to a reader of pages: frames of pages, lines, headings and their levels."""

CHROME = frozenset({"nav", "header", "footer", "aside"})
MUTE = frozenset({"style", "noscript", "svg", "template", "textarea", "script"})
LINES = frozenset({
    "p", "div", "li", "tr", "dt", "dd", "section", "article", "ul", "ol", "table", "tbody", "form", "fieldset",
    "h1", "h2", "h3", "h4", "h5", "h6", "main", "center", "blockquote", "body", "summary", "details", "legend",
    "caption", "hr",
})  # fmt: skip
"""Elements with which a new line begins; the cells of a row stand in one."""
LEVELS: dict[str, int] = {f"h{n}": n for n in range(1, 7)} | {"legend": 7, "summary": -1, "caption": 7, "dt": 7}
TOGGLE, BOLD_LEVEL, LIST, ALONE = -1, 8, 10, 1_000
"""Levels of headings that are none in HTML: of accordions, bold lines, and of the items under which lists hang; and of links that
lead nowhere, under which nothing stands."""
LOWEST = 7
"""The level below those of headings of HTML."""
