"""A country pack in memory: frozen objects that the rest of the engine reads. `countries.reader` builds them from files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from atalaya.catalogue.table_schema import TableSchema
from atalaya.commitments.bodies import Body
from atalaya.commitments.plan import Plan
from atalaya.commitments.sessions import Session
from atalaya.countries.observed import PublishedIndex, Topic
from atalaya.countries.row_translations import RowTranslation
from atalaya.countries.schedule import ScheduleRule
from atalaya.news.communique import Communique, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A body of the official register. `id` is `<cc>:<slug>`; `domains` are the hosts it publishes under."""

    id: str
    name: str
    kind: str
    branch: str | None = None
    acronym: str | None = None
    names: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    """Parts of the body that are known by their own names, and that the register does not list apart; each as its name alone
    or with its acronym: `National Police (NP)`."""
    site: str | None = None
    domains: tuple[str, ...] = ()
    division: str | None = None
    parent: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    verified: bool = False
    sources: tuple[str, ...] = ()
    """Documents that state these facts."""
    note: str | None = None


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
    """A territorial division. `level` 1 is the largest below the country; `parent` is the code of the level above.

    `row` and `column`, counted from 1, are its place on a map made of equal tiles, where the pack draws one.
    """

    code: str
    name: str
    level: int
    parent: str | None = None
    names: tuple[str, ...] = ()
    population: int | None = None
    row: int | None = None
    column: int | None = None


SITE = "site"
"""The protocol of a source that is the web site of an institution: it is read page by page and yields no datasets."""


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
    least: int = 1
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
class IdentifierVector:
    """A value that an identifier's rule must accept or refuse; `why` says what is wrong with a refused one."""

    identifier: str
    value: str
    valid: bool
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """An identifier with a check digit, as data: pattern, weights, modulus and slices (see `countries.identifiers`)."""

    id: str
    title: Mapping[str, str]
    pattern: str
    rule: Mapping[str, object]
    personal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnIdentity:
    """Columns that add up in the tables of a country: one of the names of `total` is the sum of one of each of `parts`."""

    id: str
    total: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligedClass:
    """Whom a law obliges, in the law's own words: `everyone` in the register, or those of the kinds and branches named.

    A class that names none of them obliges bodies that the register does not list.
    """

    id: str
    law: str
    title: Mapping[str, str]
    everyone: bool = False
    branches: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRule:
    """How often a law wants something published: `every` an ISO 8601 duration, `within_days` of a change, or before."""

    id: str
    law: str
    title: Mapping[str, str]
    every: str | None = None
    within_days: int | None = None
    hours_before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A procedural rule of a law. `unit` is `working` or `natural` days; `verified` False: known from secondary sources."""

    id: str
    law: str
    article: str
    text: Mapping[str, str]
    days: int | None = None
    unit: str | None = None
    notice_days_before: int | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """How the articles and numerals of a law are cited.

    `article` and `numeral` are the words before their numbers, longest forms and abbreviations alike; `marks` are signs that
    stand before a numeral only where it begins a text or follows an article, such as `No`. `default_article` is the one that a
    numeral alone belongs to. `forms` are the forms that numerals take: `digits`, `roman`, `words` and `letters`. `law` are names
    of the law and of the section that sites have for it.
    """

    article: tuple[str, ...] = ()
    numeral: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    default_article: str | None = None
    forms: tuple[str, ...] = ("digits",)
    law: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law that obliges institutions to publish. `in_force` is an ISO 8601 date."""

    id: str
    title: Mapping[str, str]
    reference: str | None = None
    in_force: str | None = None
    note: str | None = None
    sources: tuple[str, ...] = ()
    citation: Citation = field(default_factory=Citation)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyEvidence:
    """What counts as fulfilling a duty, in the words of those who publish.

    `names` are ways in which institutions name the section or the document, `words` single words and short phrases that speak for
    the duty, `against` those that speak against it although the others are there. `columns` are groups of names of which a table
    that fulfils it has at least one each. `documents` are kinds that may fulfil it, such as `table`, `text`, `page`, `map`.
    """

    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    columns: tuple[tuple[str, ...], ...] = ()
    documents: tuple[str, ...] = ()
    period: str | None = None
    """The length of the periods that the series has, as an ISO 8601 duration (`P1M`, `P1Y`); None: it has no periods."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A legal obligation to publish: article, numeral, texts, who is obliged and how often.

    `obliged` are ids of `ObligedClass`, `except_kinds` kinds of institution that it does not oblige although a class names them,
    `update` is the id of an `UpdateRule`, both of the same law. `openness` is the form that counts as open: `table` (a table that
    machines read), `text` (searchable text) or `any`. A date outside `valid_from` and `valid_to` is not obliged. `repeats` are
    ids of duties whose information this one asks of others, as of private bodies what public ones publish on their purchases.
    """

    id: str
    law: str
    article: str
    numeral: str
    name: Mapping[str, str]
    obliged: tuple[str, ...]
    update: str
    paraphrase: Mapping[str, str] = field(default_factory=dict)
    except_kinds: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    openness: str = "any"
    valid_from: str | None = None
    valid_to: str | None = None
    evidence: DutyEvidence = field(default_factory=DutyEvidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Where an institution receives letters: the post, never a person, its address, and where that was read."""

    institution: str
    source: str
    post: Mapping[str, str] = field(default_factory=dict)
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A request under a law, as a template: `subject` is `duty`, `dataset` or `vanished`, `deadline` the id of a `Deadline`.

    `body` holds paragraphs by language, with places to fill (`countries.letters.PLACES`).
    """

    id: str
    subject: str
    law: str
    deadline: str
    post: Mapping[str, str]
    title: Mapping[str, str]
    body: Mapping[str, tuple[str, ...]]
    addressees: tuple[Addressee, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredSchema:
    """A schema for the tables of a topic, as institutions and civil society propose or agree on it.

    `state` is `proposal` or `agreed`, `agreed_by` names who agreed and `date` when; `duties` are ids of the duties that tables
    of this schema fulfil; `file` is its descriptor in the pack, which can be handed on as it is.
    """

    id: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    version: str
    date: str
    state: str
    schema: TableSchema
    file: str
    agreed_by: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRule:
    """Working days: the `holidays` package's country code, days added and removed, weekend days (Monday is 0).

    Days are ISO 8601 dates, or `MM-DD` for every year.
    """

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
    identities: tuple[ColumnIdentity, ...] = ()
    duties: tuple[Duty, ...] = ()
    schemas: tuple[RegisteredSchema, ...] = ()
    """Schemas of tables that are agreed on, by topic."""
    plans: tuple[Plan, ...] = ()
    """Action plans of open government, by their numbers."""
    bodies: tuple[Body, ...] = ()
    """The bodies that follow the plans, by their ids."""
    sessions: tuple[Session, ...] = ()
    """Sessions of the bodies that follow the plans, by day."""
    communiques: tuple[Communique, ...] = ()
    """What institutions announced, by day."""
    periods: tuple[Period, ...] = ()
    """Periods of government, by their first days."""
    letters: tuple[Letter, ...] = ()
    topics: tuple[Topic, ...] = ()
    international: tuple[PublishedIndex, ...] = ()
    """Indices that others publish of the country."""
    translated_into: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Further languages that names are translated into: tag → its name by language."""
    translations: tuple[RowTranslation, ...] = ()
    calendar: CalendarRule = field(default_factory=CalendarRule)
    schedule: ScheduleRule = field(default_factory=ScheduleRule)
    sample: bool = False
    """Whether the country is made up; reports say so at the top."""
    rates: Mapping[str, float] = field(default_factory=dict)
    """Requests per second of hosts that the pack declares, host → rate."""
    stop_words: tuple[str, ...] = ()
    """Words that tell no two institutions apart: articles, prepositions, legal forms."""
    closing_words: tuple[str, ...] = ()
    """Words that may end a name without telling anything, such as *of the Republic*; the country's own name is one."""
    unit_words: tuple[str, ...] = ()
    """Words that the name of a part of a body begins with, such as *directorate*."""
    other_body_words: tuple[str, ...] = ()
    """Words that the name of somebody else begins with, such as *union* or *foundation*."""
    subordinate_kinds: tuple[str, ...] = ()
    """Kinds of institution that lie under others: named together with their superior, they are meant."""
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    """Words and phrases as officials shorten them → what they stand for."""
    place_words: tuple[str, ...] = ()
    """Words that say what kind of place a name is of, such as the word for municipality."""
    kind_titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    branch_titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    identifier_vectors: tuple[IdentifierVector, ...] = ()
    laws: tuple[Law, ...] = ()
    obliged_classes: tuple[ObligedClass, ...] = ()
    update_rules: tuple[UpdateRule, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
