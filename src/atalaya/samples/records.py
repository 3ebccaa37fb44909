"""The records that a catalogue of the sample country lists on one day: the plan with its defects, shaped as in DCAT."""

from datetime import datetime, timedelta

from atalaya.catalogue.identity import IdentifiedDataset, identify
from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Distribution, Period
from atalaya.clock import stamp
from atalaya.samples.defects.datasets import DATASET_DEFECTS
from atalaya.samples.deliveries import Delivery
from atalaya.samples.facts import texts
from atalaya.samples.families.registry import DATASET_MARKS, RESOURCE_MARKS
from atalaya.samples.frequencies import written
from atalaya.samples.handing import deliver
from atalaya.samples.plan import DatasetPlan, ResourcePlan, SourcePlan

THEMES = "http://publications.europa.eu/resource/authority/data-theme/"
"""Authority table of the Publications Office of the European Union."""

_FIRST_ISSUE = timedelta(days=30)
"""A dataset was issued at least this long before its last change."""

_LINKED = ("jsonld", "rdfxml", "turtle")
"""Catalogues whose datasets and distributions are named by URIs."""


def listed_records(source: SourcePlan, day: int) -> tuple[IdentifiedDataset, ...]:
    """The records of the source on that day with their ids, in the order of `source.listed(day)`."""
    return identify(source.id, tuple(dataset_record(source, dataset, day) for dataset in source.listed(day)))


def dataset_record(source: SourcePlan, plan: DatasetPlan, day: int) -> Dataset:
    """One dataset as its catalogue describes it on that day."""
    licence = _licence(plan)
    low = source.writer == "turtle" and bool(plan.resources)
    sound = Dataset(
        native_id=_name(source, plan.twin or plan.key),
        title={"es": plan.title},
        description={"es": plan.description},
        keywords=plan.keywords,
        themes=(THEMES + plan.theme,),
        publisher=Agent(name=plan.publisher),
        contact=ContactPoint(has_name=True, has_email=True, email_domain=plan.domain),
        licence=None if low else licence["url"],
        licence_title=None if low else licence["title"],
        access_rights="http://publications.europa.eu/resource/authority/access-right/PUBLIC",
        issued=stamp(min(plan.issued, plan.modified[0] - _FIRST_ISSUE)),
        modified=stamp(plan.modified[day - 1]),
        frequency=written(plan.frequency, source.writer),
        spatial=(plan.place,),
        temporal=(Period(start=f"{plan.year}-01-01", end=f"{plan.year}-12-31"),),
        languages=("es",),
        landing_page=f"{source.host.origin}/dataset/{plan.slug}",
        distributions=tuple(
            _distribution(source, plan, item, day, licence["url"] if low else None) for item in plan.resources
        ),
    )
    for mark in plan.marks:
        sound = DATASET_MARKS[mark].write(sound, plan, source, day)
    return sound if plan.defect is None else DATASET_DEFECTS[plan.defect].plant(sound, plan, source.writer)


def resource_url(source: SourcePlan, plan: DatasetPlan, resource: ResourcePlan) -> str:
    """The published address of a resource; it never changes."""
    url = f"{resource.host.origin}/recursos/{resource.stem}"
    if source.writer == "ckan" and resource.host == source.host:
        url = f"{resource.host.origin}/dataset/{plan.key}/resource/{resource.key}/download/{resource.stem}"
    for mark in resource.marks:
        url = RESOURCE_MARKS[mark].address(url)
    return url


def _name(source: SourcePlan, key: str) -> str:
    return f"{source.host.origin}/dataset/{key}" if source.writer in _LINKED else key


def _licence(plan: DatasetPlan) -> dict[str, str]:
    choices: list[dict[str, str]] = texts()["open_licences"]
    return choices[plan.licence % len(choices)]


def _distribution(
    source: SourcePlan, plan: DatasetPlan, resource: ResourcePlan, day: int, licence: str | None
) -> Distribution:
    answer: Delivery = deliver(plan, resource, day)
    name = {
        "ckan": resource.key,
        "datajson": None,
    }.get(source.writer, f"{source.host.origin}/dataset/{plan.key}/resource/{resource.key}")
    sound = Distribution(
        native_id=name,
        title={"es": resource.title},
        description={"es": f"Archivo de muestra de {plan.title}"},
        access_url=f"{source.host.origin}/dataset/{plan.slug}" if source.writer in _LINKED else None,
        download_url=resource_url(source, plan, resource),
        format=answer.format,
        media_type=answer.media_type,
        byte_size=answer.sound_size,
        checksum=answer.checksum,
        licence=licence,
        modified=_changed(plan, resource, day),
    )
    for mark in resource.marks:
        sound = RESOURCE_MARKS[mark].describe(sound, plan, resource, day)
    return sound


def _changed(plan: DatasetPlan, resource: ResourcePlan, day: int) -> str:
    moment: datetime = plan.modified[day - 1 if len(set(resource.revisions)) > 1 else 0]
    return stamp(moment)
