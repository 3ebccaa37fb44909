"""A semantic type as a declaration: the rule as a reader would say it, one pure function, and columns that are of
it and that are not.

Texts are English templates in the gettext domain `semantic`; `{tolerated}` is the percentage of values that may
differ.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import Phrases
from atalaya.inspection.semantic.shapes import Form
from atalaya.translations import translate

DOMAIN = "semantic"
"""The gettext domain of the texts of semantic types."""

TOLERANCE = 0.1
"""Share of the values that may differ where a type states nothing else: with 80 values looked at, a column of which
one cell in twenty is a note or plain wrong passes nearly always, and one of which a fifth is something else
hardly ever."""

REASONS: Mapping[str, str] = {
    "values": "{share} % of the {looked} different values looked at have this form, whatever the column is called.",
    "name": "The name of the column says so, and {share} % of the {looked} different values looked at can be read so.",
    "known": "{share} % of the {looked} different values looked at stand in a list of them that is known.",
    "table": "The other columns of the table say so, and {share} % of the {looked} different values looked at can be read so.",
    "check_digit": "{share} % of the {looked} different values looked at have the form and the check digit of such a "
    "number.",
    "repeated": "Few different values, which repeat over the rows; {share} % of the {looked} looked at are short.",
    "varied": "Values that hardly repeat; {share} % of the {looked} looked at can be read so.",
    "left": "No narrower type fits, and {share} % of the {looked} different values looked at can be read so.",
}
"""Why a column was judged to be of a type: code → sentence. None tells a value."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a column fits a type: the share of the values looked at, and a code of `REASONS`."""

    share: float
    reason: str = "values"


@dataclass(frozen=True, slots=True)
class Example:
    """A column by its name and cells, and whether it is of the type. `beside` are the names of other columns of its
    table."""

    name: str
    cells: tuple[str, ...]
    fits: bool
    note: str
    beside: tuple[str, ...] = ()


DIGITS = frozenset("0123456789")
"""Signs of types of which every value holds a digit."""

Rule = Callable[[Seen, Knowledge], Fit | None]
"""A column and what a country pack knows → how well it fits; None where it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SemanticType:
    """One meaning that a column may have.

    `forms` are those that its values can have, and `signs` characters of which its values hold at least one: the rule
    is asked only where the commonest form of the values is among the forms, and one of the signs occurs in the column.
    Where a type gives `words`, folded values of which one must occur unless the name says one of `names`, one dictionary
    of the words of all such types rules most of them out at once. `version` goes up whenever the same column may be
    judged otherwise.
    """

    id: str
    version: int
    title: str
    text: str
    forms: frozenset[Form]
    rule: Rule
    signs: frozenset[str] = frozenset()
    words: Callable[[Knowledge], frozenset[str]] | None = None
    names: Phrases | None = None
    examples: tuple[Example, ...]
    tolerance: float = TOLERANCE
    thresholds: Mapping[str, int | float | str] = field(default_factory=dict)


def title_of(each: SemanticType, language: str) -> str:
    """The title in a language."""
    return translate(each.title, language, DOMAIN)


def text_of(each: SemanticType, language: str) -> str:
    """What the type is, in a language, with its thresholds."""
    return translate(each.text, language, DOMAIN).format(tolerated=tolerated(each), **each.thresholds)


def tolerated(each: SemanticType) -> int:
    """The percentage of values that may differ."""
    return round(100 * each.tolerance)


def texts(each: SemanticType) -> tuple[str, ...]:
    """Every English text of a type that people read."""
    return (each.title, each.text)


def enough(share: float, reason: str = "values", tolerance: float = TOLERANCE) -> Fit | None:
    """A fit where the share leaves no more than the tolerance."""
    return Fit(share, reason) if share >= 1 - tolerance else None
