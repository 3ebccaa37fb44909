"""A country pack in memory: frozen objects that the rest of the engine reads. `countries.reader` builds them from files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A body of the official register. `id` is `<cc>:<slug>`; `domains` are the hosts it publishes under."""

    id: str
    name: str
    kind: str
    branch: str | None = None
    acronym: str | None = None
    names: tuple[str, ...] = ()
    site: str | None = None
    domains: tuple[str, ...] = ()
    division: str | None = None
    parent: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of institutions that are ranked together; exactly one group of a pack is the headline."""

    id: str
    title: Mapping[str, str]
    branches: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    headline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A territorial division. `level` 1 is the largest below the country; `parent` is the code of the level above."""

    code: str
    name: str
    level: int
    parent: str | None = None
    names: tuple[str, ...] = ()
    population: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place where institutions publish. `least` and `most` are the datasets that it should yield.

    `covers` lists the institutions that publish there (empty: any); `institution` owns all records of a source that has
    one publisher. `state` is active, unreachable or later, with its reason. `local` permits private and loopback addresses.
    `shrink_limit` is the share of datasets whose loss holds the source (0.2 means a fifth).
    """

    id: str
    title: Mapping[str, str]
    protocol: str
    url: str
    institution: str | None = None
    covers: tuple[str, ...] = ()
    state: str = "active"
    reason: str | None = None
    requests_per_second: float | None = None
    connections: int | None = None
    page_size: int | None = None
    local: bool = False
    least: int = 0
    most: int | None = None
    shrink_limit: float = 0.2
    body_limit: int | None = None
    caveats: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionRule:
    """Publisher text of a source → institution. `source` None means any; `match` says how `publisher` is compared."""

    publisher: str
    institution: str
    source: str | None = None
    match: str = "exact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """An identifier with a check digit, as data: pattern, weights, modulus and slices."""

    id: str
    title: Mapping[str, str]
    pattern: str
    rule: Mapping[str, object]
    personal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A legal obligation to publish: article, numeral, texts, who is obliged and how often."""

    id: str
    law: str
    article: str
    numeral: str
    name: Mapping[str, str]
    obliged: tuple[str, ...]
    update: str
    paraphrase: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRule:
    """Working days: the `holidays` package's country code, days added and removed, weekend days (Monday is 0)."""

    holidays_country: str | None = None
    weekend: tuple[int, ...] = (5, 6)
    added: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryPack:
    """Everything that the engine knows of a country. `sha256` covers every file of the pack, in path order."""

    code: str
    name: Mapping[str, str]
    languages: tuple[str, ...]
    folder: Path
    sha256: str
    groups: tuple[Group, ...]
    institutions: tuple[Institution, ...]
    divisions: tuple[Division, ...]
    sources: tuple[Source, ...]
    attribution: tuple[AttributionRule, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    duties: tuple[Duty, ...] = ()
    calendar: CalendarRule = field(default_factory=CalendarRule)
    rates: Mapping[str, float] = field(default_factory=dict)
    """Requests per second of hosts that the pack declares, host → rate."""
