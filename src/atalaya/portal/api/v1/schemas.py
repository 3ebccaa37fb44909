"""What the JSON API answers: one schema for each table of the read model. Texts by language are objects such as `{"es": …}`.

Days are ISO 8601. A null says that nothing is known, never zero.
"""

from datetime import date
from typing import Any

from ninja import Schema

Texts = dict[str, str]


class Problem(Schema):
    """An error: its status, what is wrong with what to do, and for arguments which of them."""

    status: int
    detail: str
    errors: list[dict[str, str]] | None = None


def answers(found: Any) -> dict[int, Any]:
    """What an operation may answer: what was asked for, that there is none, what is wrong with the arguments, nothing yet."""
    return {200: found, 404: Problem, 422: Problem, 503: Problem}


class EditionOut(Schema):
    """One published observation."""

    observation: str
    country: str
    names: Texts
    as_of: date
    methodology: str
    newest: bool
    sample: bool
    manifest_sha256: str
    code_version: str
    datasets: int
    resources: int
    institutions: int
    publishing: int
    findings: int


class GroupOut(Schema):
    """A group of institutions that are ranked together."""

    id: str
    title: Texts
    headline: bool


class InstitutionOut(Schema):
    """A body of the register, with what it publishes."""

    id: str
    slug: str
    name: str
    acronym: str | None
    kind: str
    branch: str | None
    site: str | None
    groups: list[str]
    datasets: int
    resources: int
    findings: int


class ScoreOut(Schema):
    """The figure of one node of the index for one unit, 0 to 100, with the interval that what is unknown leaves it."""

    observation: str
    methodology: str
    unit: str
    node: str
    kind: str
    level: int
    parent: str | None
    title: Texts
    value: float | None
    low: float | None
    high: float | None
    coverage: float | None
    ranked: bool | None
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    weight: float | None
    detail: dict[str, Any]


class InstitutionDetail(InstitutionOut):
    """A body with its figure of the whole index in the newest edition; null where nothing could be measured."""

    score: ScoreOut | None


class GainOut(Schema):
    """What mending all failing cases of one check would add to an institution's figure, in points."""

    place: int
    indicator: str
    title: Texts
    check_id: str | None
    points: float
    failing: int


class HistoryOut(Schema):
    """The figure of the whole index in one edition."""

    observation: str
    as_of: date
    value: float | None
    low: float | None
    high: float | None
    rank: int | None


class DatasetOut(Schema):
    """A dataset as its source describes it. `formats` are those that its files have, else those that it declares."""

    id: str
    name: str
    source: str
    institution: str | None
    publisher: str | None
    title: str
    titles: Texts
    description: str
    descriptions: Texts
    keywords: list[str]
    themes: list[str]
    groups: list[str]
    licence: str | None
    licence_id: str | None
    licence_title: str | None
    licence_url: str | None
    frequency: str | None
    issued: str | None
    modified: str | None
    landing_page: str | None
    native_id: str | None
    first_seen: date | None
    last_seen: date | None
    changed: date
    resources: int
    findings: int
    formats: list[str]


class ResourceOut(Schema):
    """A distribution: what was declared of it, what answered, and what its bytes are. `tables` are shapes, without values."""

    id: str
    dataset: str
    place: int
    title: str
    url: str | None
    access_url: str | None
    download_url: str | None
    declared_format: str | None
    declared_media_type: str | None
    declared_size: int | None
    true_format: str | None
    encoding: str | None
    media_type: str | None
    size: int | None
    status: int | None
    failure: str | None
    sha256: str | None
    kept: str | None
    licence: str | None
    issued: str | None
    modified: str | None
    first_seen: date | None
    last_good: date | None
    changed: date | None
    tables: list[dict[str, Any]]
    defects: list[Any]


class FindingOut(Schema):
    """A failing case: the check with its version, what it is about, what it rests on, and since when it fails."""

    id: str
    check_id: str
    check_version: int
    level: str
    subject: str
    institution: str | None
    source: str | None
    dataset: str | None
    resource: str | None
    table_name: str | None
    reason: str
    passed: int | None
    applied: int | None
    evidence: dict[str, Any]
    since: date


class FindingDetail(FindingOut):
    """A failing case with what it says in words, by language."""

    sentence: Texts


class RuleOut(Schema):
    """A check as it was in the newest observation: what it asks, and how to mend what fails it."""

    id: str
    version: int
    kind: str
    level: str | None
    dimension: str | None
    effort: str | None
    title: Texts
    body: Texts
    remedy: Texts
    failing: int


class ChangeOut(Schema):
    """What became of a dataset since the observation before."""

    change: str
    subject: str
    title: str
    institution: str | None


class VanishedOut(Schema):
    """A dataset or resource that is there no more, moved or returned, with the last good copy of a resource."""

    id: str
    level: str
    state: str
    title: str
    dataset: str
    dataset_title: str
    institution: str | None
    source: str
    url: str | None
    last_seen: date
    since: date | None
    back: date | None
    reason: str
    facts: dict[str, Any]
    successor: str | None
    copy_day: date | None
    copy_sha256: str | None
    copy_size: int | None
    copy_kept: str | None
    copy_public: bool | None
    copy_media_type: str | None


class SourceOut(Schema):
    """One place where institutions publish, and how its reading ended."""

    id: str
    title: Texts
    protocol: str
    url: str
    institution: str | None
    state: str
    reason: str | None
    datasets: int | None
    resources: int | None


class ThemeOut(Schema):
    """A theme under which datasets stand."""

    name: str
    title: str
    datasets: int
