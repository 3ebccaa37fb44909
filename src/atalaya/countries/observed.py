"""What a pack wants to be watched beside institutions and duties: topics, and indices that others publish of the country."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Groups = tuple[tuple[str, ...], ...]
"""Groups of alternatives: one of each group must be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Data that a topic needs: who should publish it (`institutions`), the `words` that describe it, its `columns`.

    `against` are words that speak against it in a title; `every` is how often it should appear (ISO 8601).
    """

    id: str
    title: Mapping[str, str]
    words: Groups
    institutions: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    columns: Groups = ()
    every: str | None = None
    note: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What must be true for a topic to be observed: `kind` is `published`, `columns`, `years` or `checks`.

    `of` are ids of what is wanted, all where empty; it is met when `share` of these meet it.
    """

    id: str
    title: Mapping[str, str]
    kind: str
    of: tuple[str, ...] = ()
    columns: Groups = ()
    years: int | None = None
    checks: tuple[str, ...] = ()
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A thematic observatory: its question, the data that it needs, and the minimum criteria of observation."""

    id: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    wanted: tuple[Wanted, ...]
    criteria: tuple[Criterion, ...]
    basis: tuple[Mapping[str, str], ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexValue:
    """What an index says of the country in one edition: `rank` of `among` countries, `parts` by their names."""

    edition: str
    value: float | None
    source: str
    rank: int | None = None
    among: int | None = None
    parts: Mapping[str, float] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Element:
    """One element of an index: `whole` its published figure over all categories, `gain` what full marks in all would add."""

    id: str
    title: Mapping[str, str]
    whole: float | None = None
    gain: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementRow:
    """One category of an index with its figure for each element; None where the element does not apply."""

    title: Mapping[str, str]
    figures: tuple[float | None, ...]
    institutions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Elements:
    """The figures of one edition by category and element; `remedies` say by element what to publish."""

    edition: str
    columns: tuple[Element, ...]
    rows: tuple[ElementRow, ...]
    remedies: Mapping[str, Mapping[str, str]]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedIndex:
    """An index that somebody else publishes: what it measures, why it differs from ours, and what it says of the country."""

    id: str
    title: Mapping[str, str]
    publisher: str
    measures: Mapping[str, str]
    differs: Mapping[str, str]
    least: float
    most: float
    values: tuple[IndexValue, ...]
    sources: tuple[str, ...]
    licence: str
    methodology: str | None = None
    elements: Elements | None = None
