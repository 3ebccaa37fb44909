"""What a query may not hold: other sites are never asked, and nothing is written.

The words of a query are told from its texts, addresses, comments, variables and names with a prefix, as the grammar of SPARQL 1.1
tells them (https://www.w3.org/TR/sparql11-query/#sparqlGrammar): a text that says "service" is no SERVICE.
"""

import re

LONGEST = 10_000
"""Characters of a query."""

FORBIDDEN = frozenset(
    ["service", "load", "clear", "drop", "create", "add", "move", "copy", "insert", "delete", "into", "with", "using"]
)

_TOKEN = re.compile(
    r"""(?P<text>\"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*\"{3}|'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}"""
    r"""|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')"""
    r"""|(?P<address><[^<>"{}|^`\\\x00-\x20]*>)"""
    r"""|(?P<comment>\#[^\r\n]*)"""
    r"""|(?P<variable>[?$]\w+)"""
    r"""|(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"""
    r"""|(?P<name>[\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)"""
    r"""|(?P<word>\w+)""",
    re.DOTALL,
)


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query, small.

    >>> words_of('select ?service { ?s ex:load "insert" } # drop')
    ('select',)
    """
    return tuple(found["word"].casefold() for found in _TOKEN.finditer(query) if found["word"])


def forbidden(query: str) -> str:
    """The first word that a query may not hold, in capitals; empty where it holds none."""
    return next((word.upper() for word in words_of(query) if word in FORBIDDEN), "")
