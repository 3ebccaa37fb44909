"""What a source says it publishes, shaped as in DCAT (W3C DCAT 3): datasets and their distributions, as read.

Values are kept as the source wrote them: dates, formats, licences and frequencies stay text here and are judged by checks.
Contacts keep no personal data: of a contact point we keep whether it is there and its domain, never the person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Text = Mapping[str, str]
"""Language tag (empty where the source states none) → text. An empty mapping means that nothing was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A publisher as the source names it; attribution to an institution comes later."""

    name: str | None = None
    uri: str | None = None
    native_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint:
    """That a contact exists and of what kind; never a person's name or address."""

    has_name: bool = False
    has_email: bool = False
    email_domain: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of time that the data cover, bounds as the source wrote them."""

    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """One resource of a dataset. `derived` marks an access link made by a rule of the reader, counted apart."""

    native_id: str | None = None
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    access_url: str | None = None
    download_url: str | None = None
    format: str | None = None
    media_type: str | None = None
    byte_size: int | None = None
    licence: str | None = None
    rights: str | None = None
    issued: str | None = None
    modified: str | None = None
    checksum: str | None = None
    conforms_to: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    derived: bool = False

    @property
    def url(self) -> str | None:
        """The address to probe: the download URL, else the access URL."""
        return self.download_url or self.access_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One dataset as a source describes it.

    `profile_violations` are the rules of DCAT-AP that its graph and those of its distributions break, each as
    `node path constraint`; None where the source publishes no graph to judge.
    """

    native_id: str | None = None
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    publisher: Agent | None = None
    creator: Agent | None = None
    contact: ContactPoint | None = None
    licence: str | None = None
    licence_title: str | None = None
    licence_url: str | None = None
    access_rights: str | None = None
    rights: str | None = None
    issued: str | None = None
    modified: str | None = None
    frequency: str | None = None
    spatial: tuple[str, ...] = ()
    temporal: tuple[Period, ...] = ()
    languages: tuple[str, ...] = ()
    landing_page: str | None = None
    version: str | None = None
    conforms_to: tuple[str, ...] = ()
    profile_violations: tuple[str, ...] | None = None
    distributions: tuple[Distribution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldUse:
    """What the reader did with one field of a source: `mapped`, `ignored` (listed, with no use here) or `unread`."""

    path: str
    reading: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that a source sent and that could not be read: where, why, and nothing of its personal content.

    `read` marks what was read all the same and departs from the profile that the source follows: nothing is lost by it.
    """

    place: str
    reason: str
    read: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader made of one answer of a source: nothing is dropped without a problem or a field use.

    `others` is how many records were read that the source counts in its total and that describe something else than a dataset;
    each of them is a problem.
    """

    datasets: tuple[Dataset, ...] = ()
    fields: tuple[FieldUse, ...] = ()
    problems: tuple[Problem, ...] = ()
    declared_total: int | None = None
    others: int = 0
    next_url: str | None = None


def preferred(text: Text, languages: tuple[str, ...] = ("es", "en")) -> str | None:
    """The text in the first language at hand, else the undetermined one, else the first by language tag; None if empty.

    >>> preferred({"en": "Budget", "es": "Presupuesto"})
    'Presupuesto'
    """
    for language in (*languages, ""):
        if text.get(language):
            return text[language]
    return next((text[tag] for tag in sorted(text) if text[tag]), None)
