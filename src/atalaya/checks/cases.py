"""What a check may know of its subject: frozen cases, one class a level, built by the runner.

A check sees nothing else: no network, no clock, no store. `Prior` is what earlier observations say of the same subject.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from atalaya.catalogue.records import Dataset, Distribution
from atalaya.inspection.findings import Inspection, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorTable:
    """The columns of a table when it was last read: `names` and, in the same order, `kinds`; `key` is its key in its file."""

    key: str
    names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What earlier sealed observations say of a subject; dates are dates of observations.

    `failing_since` is the first of the unbroken run of observations with the same hard failure (404 or 410),
    `unreached_since` of the run with a soft one (timeout, refused, DNS, 5xx), `hidden_since` of the run of unknowns;
    `observations` counts how often the subject was seen before, `unknown_rounds` the length of that last run. `changed`
    is when its canonical content last changed, and `changes` how often since `first_seen`. `sha256` and
    `content_sha256` are those of the bytes that were read last, `tables` the columns of their tables. `declared` is the
    latest date of change that a record (or every record of a catalogue) bore when it was last seen, and `described` the
    mark of all else that it said then (`catalogue.changes.record_mark`).
    """

    first_seen: date | None = None
    last_seen: date | None = None
    last_good: date | None = None
    failing_since: date | None = None
    unreached_since: date | None = None
    hidden_since: date | None = None
    unknown_rounds: int = 0
    observations: int = 0
    changed: date | None = None
    changes: int = 0
    sha256: str | None = None
    content_sha256: str | None = None
    tables: tuple[PriorTable, ...] = ()
    declared: date | None = None
    described: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeFacts:
    """What the last probe of a resource's address saw; `failure` is a value of `fetch.answers.Failure`.

    `second_look` tells that this 404 or 410 was confirmed at least one hour after a first look, in this round or
    before.
    """

    url: str
    final_url: str
    status: int | None = None
    failure: str | None = None
    tls_failure: str | None = None
    media_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[str, ...] = ()
    size: int | None = None
    sha256: str | None = None
    whole: bool = True
    second_look: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceCase:
    """One distribution, its dataset, the probe of its address (None when nothing was asked) and the inspection of its
    bytes."""

    as_of: date
    distribution: Distribution
    dataset: Dataset
    probe: ProbeFacts | None = None
    inspection: Inspection | None = None
    prior: Prior = field(default_factory=Prior)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetCase:
    """One dataset with the cases of its resources, and how it stands among the other datasets.

    `occurrence` is above 1 where its identifier repeats one of its source. `same_title` counts the other datasets of the
    same source and publisher with the same title, `series_periods` the years, quarters or months for which titles that differ in
    these alone are there, its own included, `theme_peers` the other datasets of the source under the most frequent of its themes.
    `contents` counts its different data files by their content, `shared_contents` those of
    them that another dataset of the same institution has too. `former_id` is the record id that it had in the observation
    before, where that was another one, and `described` the mark of what its record says now, its dates left out.
    """

    as_of: date
    dataset: Dataset
    resources: tuple[ResourceCase, ...] = ()
    prior: Prior = field(default_factory=Prior)
    occurrence: int = 1
    same_title: int = 0
    series_periods: int = 0
    theme_peers: int = 0
    contents: int = 0
    shared_contents: int = 0
    former_id: str | None = None
    described: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCase:
    """One table of one resource; `prior` is what it was when the resource was last read, None where that was never."""

    as_of: date
    table: Table
    inspection: Inspection
    dataset: Dataset
    distribution: Distribution
    prior: PriorTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueCase:
    """One source after its harvest: `state` is complete, partial, failed or held, with the reason.

    Of its datasets: `republished` are series of international organisations, `repeated_titles` bear the title of another
    one of the same publisher, `known` were there in the observation before, of which `renamed` under another identifier.
    `dated` have a date of last change; `same_moment` of them bear one and the same moment with its time of day,
    `same_day` one and the same day, which is `common_day`.
    """

    as_of: date
    source_id: str
    state: str
    reason: str | None = None
    datasets: int = 0
    declared_total: int | None = None
    unread_fields: int = 0
    problems: int = 0
    tls_failure: str | None = None
    prior: Prior = field(default_factory=Prior)
    url: str | None = None
    republished: int = 0
    repeated_titles: int = 0
    known: int = 0
    renamed: int = 0
    dated: int = 0
    same_moment: int = 0
    same_day: int = 0
    common_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCase:
    """How one institution stands with one legal duty to publish, in one observation.

    `standing` and `reason` are those of the verdict on the duty as a whole (`duties.verdicts.Standing`, `duties.sentences`),
    `url` the first address that it rests on. `open` tells whether what is published has a form that the duty accepts, `clicks`
    the fewest links from the home page to it, None where nothing is published or no link leads there. `periods` counts the
    periods of its series that were judged, `gaps` those not there between others that are; `first_gap` is the oldest.
    """

    as_of: date
    duty_id: str
    article: str
    numeral: str
    standing: str
    reason: str
    url: str = ""
    days_late: int | None = None
    open: bool | None = None
    clicks: int | None = None
    periods: int = 0
    gaps: int = 0
    first_gap: str | None = None


Case = CatalogueCase | DatasetCase | DutyCase | ResourceCase | TableCase
