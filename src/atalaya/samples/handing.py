"""The answer that a host gives for a resource on a day: the sound file of its kind, then what was planted in it."""

from functools import lru_cache

from atalaya.samples.defects.registry import RESOURCE_DEFECTS
from atalaya.samples.deliveries import Delivery
from atalaya.samples.facts import topics
from atalaya.samples.families.registry import RESOURCE_MARKS
from atalaya.samples.kinds import KINDS
from atalaya.samples.plan import DatasetPlan, ResourcePlan
from atalaya.samples.tables import build


@lru_cache(maxsize=4096)
def deliver(dataset: DatasetPlan, resource: ResourcePlan, day: int) -> Delivery:
    """Status, headers, bytes and declaration of one resource on one day."""
    kind = KINDS[resource.kind]
    topic = topics()[dataset.topic]
    table = build(topic, dataset.divisions, dataset.year, dataset.key, resource.revision(day))
    body = kind.write(table)
    sound = Delivery(
        table=table,
        body=body,
        format=kind.format,
        media_type=kind.media_type,
        served_type=kind.media_type,
        sound_size=len(body),
    )
    for mark in resource.marks:
        sound = RESOURCE_MARKS[mark].deliver(sound, dataset, resource, day)
    code = resource.defect(day)
    return sound if code is None else RESOURCE_DEFECTS[code].plant(sound)
