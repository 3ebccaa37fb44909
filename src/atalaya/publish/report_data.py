"""What a report is made of: plain rows of one sealed observation, and of what changed since the one before.

Columns typed `json` may come parsed or as their JSON text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from atalaya.history.appearances import Aside
from atalaya.indices.language.definition import Index
from atalaya.publish.points import UnitPoints

Row = Mapping[str, object]
"""A row by column names."""

FINDING_COLUMNS = (
    "check_id",
    "check_version",
    "level",
    "subject_id",
    "institution_id",
    "source_id",
    "record_id",
    "resource_id",
    "table",
    "verdict",
    "reason",
    "passed",
    "applied",
    "evidence",
    "finding_id",
    "record_title",
    "resource_title",
    "landing_page",
    "url",
    "status",
    "failure",
    "media_type",
    "format",
    "size",
    "sha256",
)
"""Columns of a finding: a failing row of `outcomes` joined, where they exist, with its record (record_title, landing_page),
its distribution (resource_title), the probe of its address (url, status, failure, media_type, size, sha256) and the
inspection of its bytes (format: what the file really is). Absent columns are read as unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTitle:
    """A group of institutions: its id, its title by language, and whether it is the headline universe."""

    id: str
    title: Mapping[str, str]
    headline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What changed since the observation before (`parent`, observed at `parent_as_of`).

    `datasets`: rows of change (new, changed, vanished, returned, migrated), record_id, title, institution_id, landing_page.
    `attributions`: rows of record_id, title, before, after (institution ids; None where unattributed), for records that were
    given to another institution, which changes nothing in the data.
    `scores`: rows of unit_id, kind (institution or group), before, after (figures of the index; None where there was none).
    `findings`: rows of change (failing, mended) and the columns of a finding.
    `rules`: rows of id, before, after (versions of checks or of the methodology), where a rule moved and not the institution.
    """

    parent: str
    parent_as_of: str
    datasets: tuple[Row, ...] = ()
    attributions: tuple[Row, ...] = ()
    scores: tuple[Row, ...] = ()
    findings: tuple[Row, ...] = ()
    rules: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    """One observation as a report needs it.

    `names`: the country by language. `institutions`, `sources`, `scores`, `measures`, `rules`: rows of these tables;
    `findings`: rows with FINDING_COLUMNS. `caveats`: source id → sentences. `hashes`: table → content sha256.
    `manifest_sha256` names the sealed observation as a whole; None while it is not sealed. `commands` recompute and verify it.
    `code_version` is of Atalaya. `datasets` and `resources` count the observation.
    """

    country: str
    names: Mapping[str, str]
    observation_id: str
    as_of: str
    methodology: Index
    groups: tuple[GroupTitle, ...] = ()
    institutions: tuple[Row, ...] = ()
    sources: tuple[Row, ...] = ()
    scores: tuple[Row, ...] = ()
    measures: tuple[Row, ...] = ()
    rules: tuple[Row, ...] = ()
    findings: tuple[Row, ...] = ()
    caveats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    manifest_sha256: str | None = None
    commands: tuple[str, ...] = ()
    code_version: str = ""
    datasets: int = 0
    resources: int = 0
    differences: Differences | None = None
    points: tuple[UnitPoints, ...] = ()
    """The European points of institutions and sources, in the order in which they are told."""
    aside: Mapping[str, Aside] = field(default_factory=dict)
    """Source id → how many of its records are copies or republished series, which count for nobody."""
    sample: bool = False
    """Whether the country is a made-up sample; the page says so at the top."""
