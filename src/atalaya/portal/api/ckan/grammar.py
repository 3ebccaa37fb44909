"""The part of Solr's query language that clients of CKAN write: words, "phrases", field:value, [a TO b], AND, OR, NOT, + and -.

A text is read into a tree of frozen nodes; what they mean in the database is in `conditions`.
"""

import re
from dataclasses import dataclass

LONGEST = 4_000
"""Characters of a query; CKAN sends its own as an address, which servers cut at about as many."""
DEEPEST = 20
"""Brackets inside brackets."""
MOST = 400
"""Words, signs and brackets of one query."""

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<open>\() | (?P<close>\)) |
      (?P<range>[\[{]\s*(?P<low>"[^"]*"|[^\s\]}"]+)\s+TO\s+(?P<high>"[^"]*"|[^\s\]}"]+)\s*[\]}]) |
      (?P<word>(?:AND|OR|NOT)(?=[\s(]|$)|&&|\|\|) |
      (?P<sign>[+\-!](?=\S)) |
      (?P<field>[A-Za-z_*][\w.*\-]*):(?=\S) |
      (?P<phrase>"(?:\\.|[^"\\])*")(?:[~^][\d.]*)* |
      (?P<text>(?:\\.|[^\s()"\[\]{}])+)
    )""",
    re.VERBOSE,
)


class GrammarError(ValueError):
    """A query that cannot be read. Raised by `read_query`; the message says what and where."""


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a field (None: anywhere in the text). `phrase`: it stood in quotation marks, so that `*` means itself."""

    field: str | None
    text: str
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """From one value to another, both included; `*` for no bound."""

    field: str | None
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Not:
    """What is not so."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Every:
    """All of these."""

    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of these."""

    nodes: "tuple[Node, ...]"


Node = Term | Range | Not | Every | Some


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int
    low: str = ""
    high: str = ""


def read_query(text: str) -> Node:
    """A query as a tree; an empty one is `Every(())`. Raises GrammarError where it cannot be read.

    >>> read_query('organization:salud -res_format:pdf')
    Every(nodes=(Term(field='organization', text='salud', phrase=False), \
Not(node=Term(field='res_format', text='pdf', phrase=False))))
    """
    if len(text) > LONGEST:
        raise GrammarError(f"the query has {len(text)} characters; write at most {LONGEST}")
    tokens = _tokens(text)
    if len(tokens) > MOST:
        raise GrammarError(f"the query has {len(tokens)} parts; write at most {MOST}")
    reader = _Reader(tokens)
    node = reader.alternatives(None, 0)
    if reader.current is not None:
        raise GrammarError(f"`{reader.current.text}` at character {reader.current.place + 1} closes nothing")
    return node


def _tokens(text: str) -> list[_Token]:
    if text.lstrip().startswith("{!"):
        raise GrammarError("local parameters `{!…}` are not read; leave them out")
    found, place = [], 0
    stripped = text.rstrip()
    while place < len(stripped):
        match = _TOKEN.match(stripped, place)
        if match is None or match.end() == place:
            raise GrammarError(f"`{stripped[place : place + 20].strip()}` at character {place + 1} cannot be read")
        kind = next(name for name in _KINDS if match.group(name) is not None)
        found.append(
            _Token(kind, match.group(kind), match.start(kind), match.group("low") or "", match.group("high") or "")
        )
        place = match.end()
    return found


_KINDS = ("open", "close", "range", "word", "sign", "field", "phrase", "text")


class _Reader:
    """Reads tokens from left to right; each method reads one rule of the grammar."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens, self._place = tokens, 0

    @property
    def current(self) -> _Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def alternatives(self, field: str | None, depth: int) -> Node:
        if depth > DEEPEST:
            raise GrammarError(f"brackets stand {depth} deep; write at most {DEEPEST}")
        found = [self._together(field, depth)]
        while self._is_word("OR", "||"):
            self._place += 1
            found.append(self._together(field, depth))
        return found[0] if len(found) == 1 else Some(tuple(found))

    def _together(self, field: str | None, depth: int) -> Node:
        found: list[Node] = []
        while self.current is not None and self.current.kind != "close" and not self._is_word("OR", "||"):
            if self._is_word("AND", "&&"):
                self._place += 1
                continue
            found.append(self._signed(field, depth))
        return found[0] if len(found) == 1 else Every(tuple(found))

    def _signed(self, field: str | None, depth: int) -> Node:
        turned = False
        while self.current is not None and (self.current.kind == "sign" or self._is_word("NOT")):
            turned ^= self.current.text != "+"
            self._place += 1
        node = self._value(field, depth)
        return Not(node) if turned else node

    def _value(self, field: str | None, depth: int) -> Node:
        token = self.current
        if token is None or token.kind in ("close", "word"):
            raise GrammarError("a value is missing after a sign, a field or NOT")
        self._place += 1
        if token.kind == "field":
            if self.current is not None and self.current.kind == "field":
                raise GrammarError(
                    f"`{self.current.text}` at character {self.current.place + 1} follows a field; quote it"
                )
            return self._value(token.text, depth)
        if token.kind == "open":
            node = self.alternatives(field, depth + 1)
            if self.current is None or self.current.kind != "close":
                raise GrammarError(f"the bracket at character {token.place + 1} is never closed")
            self._place += 1
            return node
        if token.kind == "range":
            return Range(field, token.low.strip('"'), token.high.strip('"'))
        if token.kind == "phrase":
            return Term(field, re.sub(r"\\(.)", r"\1", token.text[1:-1]), phrase=True)
        return Term(field, re.sub(r"\\(.)", r"\1", re.sub(r"(?<=.)[~^][\d.]*$", "", token.text)))

    def _is_word(self, *words: str) -> bool:
        return self.current is not None and self.current.kind == "word" and self.current.text in words
