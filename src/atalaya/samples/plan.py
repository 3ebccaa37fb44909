"""The plan of a sample country: pure data, made once from the seed, from which every file and every label is written.

Days are numbered 1 and 2. What differs between them stands in pairs, first day first.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

DAYS = (1, 2)
AS_OF = {
    1: datetime(2026, 1, 5, 12, tzinfo=UTC),
    2: datetime(2026, 1, 5, 12, tzinfo=UTC) + timedelta(days=2),
}
"""The moments of the two observations: fixed, so that the same seed gives the same bytes on any day."""

CODE = "xm"
"""Code of the sample country; ISO 3166 leaves XM to users."""

ALWAYS = (1, 2)
"""Days on which most datasets are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionPlan:
    """An invented institution; `role` says how it behaves as a publisher."""

    slug: str
    name: str
    kind: str
    branch: str
    acronym: str
    sector: str
    role: str
    domain: str
    division: str | None = None
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPlan:
    """A host that serves files: its conditional requests, and what is wrong with its certificate (None: nothing)."""

    name: str
    validators: str = "none"
    certificate: str | None = None
    plain: bool = False

    @property
    def origin(self) -> str:
        """Scheme and host as published."""
        return f"{'http' if self.plain else 'https'}://{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcePlan:
    """One resource. `defects` and `revisions` are pairs over the days; `kind` names the writer of its bytes.

    A `moved` resource is sound, but its address redirects to where the file is now.
    """

    key: str
    title: str
    kind: str
    stem: str
    host: HostPlan
    defects: tuple[str | None, str | None] = (None, None)
    revisions: tuple[int, int] = (1, 1)
    moved: bool = False
    marks: tuple[str, ...] = ()

    def defect(self, day: int) -> str | None:
        """The code of what is wrong on that day."""
        return self.defects[day - 1]

    def revision(self, day: int) -> int:
        """The edition of its content on that day."""
        return self.revisions[day - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetPlan:
    """One dataset as published by a source; `institution` is None where the publisher text leads to nobody.

    `twin` is the key of the dataset whose identifier this one repeats; `modified` is a pair over the days.
    """

    key: str
    slug: str
    source: str
    institution: str | None
    publisher: str
    domain: str
    topic: str
    divisions: tuple[str, ...]
    year: int
    twin: str | None = None
    title: str
    description: str
    keywords: tuple[str, ...]
    theme: str
    place: str
    frequency: str
    licence: int
    issued: datetime
    modified: tuple[datetime, datetime]
    days: tuple[int, ...] = ALWAYS
    defect: str | None = None
    marks: tuple[str, ...] = ()
    resources: tuple[ResourcePlan, ...] = ()

    @property
    def revised(self) -> bool:
        """Whether the bytes of a resource differ between the days."""
        return any(len(set(resource.revisions)) > 1 for resource in self.resources)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePlan:
    """One source. `writer` chooses the form of the catalogue; `defect` is what is wrong with the source as a whole."""

    slug: str
    title: str
    protocol: str
    writer: str
    host: HostPlan
    institution: str | None
    covers: tuple[str, ...] = ()
    state: str = "active"
    defect: str | None = None
    datasets: tuple[DatasetPlan, ...] = ()
    files: tuple[HostPlan, ...] = ()
    kept_share: tuple[float, float] = (1.0, 1.0)
    """Share of its datasets that the catalogue lists on each day; below 1 the catalogue shrinks."""

    @property
    def id(self) -> str:
        """The id of the source in the pack."""
        return f"{CODE}:{self.slug}"

    @property
    def url(self) -> str:
        """The address that the pack declares."""
        paths = {"ckan": "", "datajson": "/data.json", "rdfxml": "/catalog.rdf", "turtle": "/catalog.ttl"}
        return self.host.origin + paths.get(self.writer, "/catalog.jsonld")

    def listed(self, day: int) -> tuple[DatasetPlan, ...]:
        """The datasets in the catalogue of that day."""
        present = [dataset for dataset in self.datasets if day in dataset.days]
        return tuple(present[: round(len(present) * self.kept_share[day - 1])])


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryPlan:
    """The whole sample country."""

    seed: int
    institutions: tuple[InstitutionPlan, ...]
    sources: tuple[SourcePlan, ...]

    def hosts(self) -> tuple[HostPlan, ...]:
        """Every host of the country once, in order of name."""
        found = {host.name: host for source in self.sources for host in (source.host, *source.files)}
        return tuple(found[name] for name in sorted(found))
