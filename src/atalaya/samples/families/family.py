"""A family of checks in the sample country: the marks that are planted for them, and what they should say of every subject.

A *defect* spoils a dataset or a resource as a whole, and a subject has one at most. A *mark* changes one aspect of it and
leaves the others alone, so that a subject may bear several marks of different aspects, beside a defect that touches none of
them. What a check should say follows from the plan, the marks and what was written; the checks themselves are never asked.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from atalaya.catalogue.records import Dataset, Distribution
from atalaya.checks.outcomes import Verdict
from atalaya.samples.defects.datasets import WRITERS
from atalaya.samples.deliveries import Delivery
from atalaya.samples.kinds import KINDS
from atalaya.samples.plan import DatasetPlan, ResourcePlan, SourcePlan

Verdicts = Mapping[str, Verdict]
NOTHING: Verdicts = {}


def _as_written(record: Dataset, _plan: DatasetPlan, _source: SourcePlan, _day: int) -> Dataset:
    return record


def _as_planned(plan: DatasetPlan) -> DatasetPlan:
    return plan


def _as_described(item: Distribution, _dataset: DatasetPlan, _plan: ResourcePlan, _day: int) -> Distribution:
    return item


def _as_delivered(delivery: Delivery, _dataset: DatasetPlan, _plan: ResourcePlan, _day: int) -> Delivery:
    return delivery


def _same_resource(plan: ResourcePlan) -> ResourcePlan:
    return plan


def _same_address(url: str) -> str:
    return url


def _no_hops(_url: str) -> tuple[str, ...]:
    return ()


def _any_dataset(_plan: DatasetPlan, _source: SourcePlan) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetMark:
    """Something about the record of a dataset, on both days unless its functions say otherwise.

    `aspects` are what it touches; marks and defects with a common aspect never meet on a dataset. `write` changes the record
    that the catalogue writes; `replan` changes the plan when the mark is planted. `verdicts` are what it means for checks
    outside its family, on the first day, `later` on the second (None: the same). `quota` is how many are planted.
    """

    code: str
    note: str
    aspects: frozenset[str]
    quota: int
    write: Callable[[Dataset, DatasetPlan, SourcePlan, int], Dataset] = _as_written
    replan: Callable[[DatasetPlan], DatasetPlan] = _as_planned
    fits: Callable[[DatasetPlan, SourcePlan], bool] = _any_dataset
    writers: frozenset[str] = WRITERS
    verdicts: Verdicts = field(default_factory=dict)
    later: Verdicts | None = None
    aside: bool = False
    """Whether the record is set aside by it and judged by no check, so that it has no label."""

    def others(self, day: int) -> Verdicts:
        """What it means for checks outside its family on a day."""
        return self.later if day > 1 and self.later is not None else self.verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceMark:
    """Something about a resource without a defect: its description, its address, or what its host hands over.

    `describe` changes the distribution that the catalogue writes, `address` the published address (the host answers there),
    `hops` the addresses that it is redirected over, the file at the last, `deliver` the answer, `replan` the plan
    when the mark is
    planted. `own_host` names a host made for that resource alone.
    `restless`: the bytes differ between the days and the content does not. `stars` is what remains of the five-star scale.
    """

    code: str
    note: str
    aspects: frozenset[str]
    quota: int
    describe: Callable[[Distribution, DatasetPlan, ResourcePlan, int], Distribution] = _as_described
    deliver: Callable[[Delivery, DatasetPlan, ResourcePlan, int], Delivery] = _as_delivered
    replan: Callable[[ResourcePlan], ResourcePlan] = _same_resource
    address: Callable[[str], str] = _same_address
    hops: Callable[[str], tuple[str, ...]] = _no_hops
    kinds: frozenset[str] = frozenset(KINDS)
    fits: Callable[[DatasetPlan, SourcePlan], bool] = _any_dataset
    writers: frozenset[str] = WRITERS
    own_host: str | None = None
    secure: bool = False
    """Whether it needs a host that answers by https."""
    restless: bool = False
    stars: int | None = None
    table_lost: bool = False
    """Whether the planned table cannot be read any more, so that no label is written for it."""
    verdicts: Verdicts = field(default_factory=dict)
    later: Verdicts | None = None

    def others(self, day: int) -> Verdicts:
        """What it means for checks outside its family on a day."""
        return self.later if day > 1 and self.later is not None else self.verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSubject:
    """A source on a day, and the records that it lists; none where it is down."""

    source: SourcePlan
    day: int
    records: tuple[Dataset, ...]
    up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetSubject:
    """A dataset on a day: its plan, the record as written, those of its catalogue, and its own of the day before.

    `resources` are its resources on the day, in order.
    """

    source: SourcePlan
    plan: DatasetPlan
    day: int
    record: Dataset
    before: Dataset | None
    listed: tuple[Dataset, ...]
    resources: "tuple[ResourceSubject, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceSubject:
    """A resource on a day: its plan, the distribution as written, the answer of its host and that of the day before.

    `verdicts` are what the checks outside all families should say of it, `seen` whether its bytes come.
    """

    source: SourcePlan
    dataset: DatasetPlan
    plan: ResourcePlan
    day: int
    record: Distribution
    dataset_record: Dataset
    delivery: Delivery
    before: Delivery | None
    verdicts: Verdicts
    seen: bool
    """Whether the bytes of the resource, or what stands in their place, come on that day."""
    restless: bool = False
    """Whether its bytes differ between the days and its content does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The marks of some checks and their expectations, by level; a level without checks has None.

    An expectation gives the verdict of every check of the family on a subject. `table` is asked for the one table of a CSV
    that can still be read as planned.
    """

    dataset_marks: tuple[DatasetMark, ...] = ()
    resource_marks: tuple[ResourceMark, ...] = ()
    source: Callable[[SourceSubject], Verdicts] | None = None
    dataset: Callable[[DatasetSubject], Verdicts] | None = None
    resource: Callable[[ResourceSubject], Verdicts] | None = None
    table: Callable[[ResourceSubject], Verdicts] | None = None


def together(verdicts: Iterable[Verdicts]) -> dict[str, Verdict]:
    """The verdicts of several families in one table; no two families speak of one check."""
    found: dict[str, Verdict] = {}
    for each in verdicts:
        found.update(each)
    return found
