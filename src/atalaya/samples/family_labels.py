"""The subjects of the sample country as families of checks see them, and what they should say of each."""

from collections.abc import Callable, Iterator, Mapping

from atalaya.catalogue.identity import IdentifiedDataset, digest_id
from atalaya.catalogue.records import Dataset
from atalaya.checks.outcomes import Verdict
from atalaya.samples.defects.datasets import DATASET_DEFECTS
from atalaya.samples.defects.registry import RESOURCE_DEFECTS
from atalaya.samples.defects.sources import SOURCE_DEFECTS
from atalaya.samples.families.family import DatasetSubject, ResourceSubject, SourceSubject, Verdicts, together
from atalaya.samples.families.registry import DATASET_MARKS, FAMILIES, RESOURCE_MARKS, is_aside
from atalaya.samples.files.containers import SHEET
from atalaya.samples.handing import deliver
from atalaya.samples.plan import DAYS, DatasetPlan, ResourcePlan, SourcePlan
from atalaya.samples.records import listed_records

Subject = SourceSubject | DatasetSubject | ResourceSubject
Cause = tuple[str | None, str | None]
"""Codes of what was planted in a subject, and their notes."""

Found = tuple[str, str, Subject, Cause]
"""Level (`source`, `dataset`, `resource` or `table`), subject id, subject and cause."""

Base = Callable[[ResourcePlan, int], Mapping[str, Verdict]]
"""What the checks outside all families should say of a resource on a day."""


def expected(level: str, subject: Subject) -> Verdicts:
    """What every check of every family should say of a subject of a level."""
    wanted = (getattr(family, level) for family in FAMILIES)
    return together(expect(subject) for expect in wanted if expect is not None)


def family_subjects(source: SourcePlan, day: int, base: Base) -> Iterator[Found]:
    """Every subject of a source on a day: itself, its datasets, their resources, and the tables that are there as planned."""
    listed = listed_records(source, day)
    up = source.defect is None or SOURCE_DEFECTS[source.defect].outage is None
    records = tuple(item.dataset for item in listed)
    about = SourceSubject(source=source, day=day, records=records if up else (), up=up)
    defect = source.defect
    yield "source", source.id, about, (None, None) if defect is None else (defect, SOURCE_DEFECTS[defect].note)
    before = _before(source, day)
    for plan, identified in zip(source.listed(day), listed, strict=True):
        if is_aside(plan.marks):
            continue
        resources = tuple(_resources(source, plan, identified, day, base))
        dataset = DatasetSubject(
            source=source,
            plan=plan,
            day=day,
            record=identified.dataset,
            before=before.get(plan.key),
            listed=records,
            resources=resources,
        )
        yield "dataset", identified.record_id, dataset, _dataset_cause(plan)
        for resource, item in zip(resources, identified.distributions, strict=True):
            cause = _resource_cause(resource.plan, day)
            yield "resource", item.resource_id, resource, cause
            if table_planned(resource.plan, day):
                yield "table", digest_id(item.resource_id, table_key(resource.plan, day)), resource, cause


def _before(source: SourcePlan, day: int) -> dict[str, Dataset]:
    """The records of the day before, by the key of their plan."""
    if day == DAYS[0]:
        return {}
    pairs = zip(source.listed(day - 1), listed_records(source, day - 1), strict=True)
    return {plan.key: identified.dataset for plan, identified in pairs}


def _resources(
    source: SourcePlan, plan: DatasetPlan, identified: IdentifiedDataset, day: int, base: Base
) -> Iterator[ResourceSubject]:
    for resource, item in zip(plan.resources, identified.distributions, strict=True):
        yield ResourceSubject(
            source=source,
            dataset=plan,
            plan=resource,
            day=day,
            record=item.distribution,
            dataset_record=identified.dataset,
            delivery=deliver(plan, resource, day),
            before=deliver(plan, resource, day - 1) if day > 1 and day - 1 in plan.days else None,
            verdicts=base(resource, day),
            seen=bytes_seen(resource, day),
            restless=any(RESOURCE_MARKS[code].restless for code in resource.marks),
        )


def bytes_seen(resource: ResourcePlan, day: int) -> bool:
    """Whether bytes come on that day, of the file or of what stands in its place."""
    code = resource.defect(day)
    return code is None or RESOURCE_DEFECTS[code].bytes_seen


def table_planned(resource: ResourcePlan, day: int) -> bool:
    """Whether the planned table of a resource can be read on that day: of a CSV, of a workbook, or of a page in its place."""
    code = resource.defect(day)
    defect = None if code is None else RESOURCE_DEFECTS[code]
    if any(RESOURCE_MARKS[mark].table_lost for mark in resource.marks):
        return False
    if defect is not None and defect.table_shown:
        return True
    intact = defect is None or defect.header_lost or defect.table_kept
    return resource.kind.startswith(("csv", "xlsx")) and intact


def table_key(resource: ResourcePlan, day: int) -> str:
    """The key of the planned table in its file: the name of the sheet in a workbook, nothing elsewhere."""
    code = resource.defect(day)
    shown = code is not None and RESOURCE_DEFECTS[code].table_shown
    return SHEET if resource.kind == "xlsx" and not shown else ""


def _dataset_cause(plan: DatasetPlan) -> Cause:
    found = [] if plan.defect is None else [(plan.defect, DATASET_DEFECTS[plan.defect].note)]
    return _joined([*found, *((code, DATASET_MARKS[code].note) for code in plan.marks)])


def _resource_cause(plan: ResourcePlan, day: int) -> Cause:
    code = plan.defect(day)
    found = [] if code is None else [(code, RESOURCE_DEFECTS[code].note)]
    return _joined([*found, *((code, RESOURCE_MARKS[code].note) for code in plan.marks)])


def _joined(planted: list[tuple[str, str]]) -> Cause:
    """Any of what was planted may be why a check does not pass."""
    return ", ".join(code for code, _ in planted) or None, "; ".join(note for _, note in planted) or None
