"""All families of checks in the sample country: one line for each, sorted."""

from collections.abc import Mapping

from atalaya.samples.families import addresses, answers, file_facts, keeping, mqa, table_contents, table_values, wording
from atalaya.samples.families.family import DatasetMark, Family, ResourceMark

FAMILIES: tuple[Family, ...] = (
    addresses.FAMILY,
    answers.FAMILY,
    file_facts.FAMILY,
    keeping.FAMILY,
    mqa.FAMILY,
    table_contents.FAMILY,
    table_values.FAMILY,
    wording.FAMILY,
)

DATASET_MARKS: Mapping[str, DatasetMark] = {mark.code: mark for family in FAMILIES for mark in family.dataset_marks}
"""Marks of datasets by code, in the order in which they are planted."""

RESOURCE_MARKS: Mapping[str, ResourceMark] = {mark.code: mark for family in FAMILIES for mark in family.resource_marks}
"""Marks of resources by code, in the order in which they are planted."""


def is_aside(marks: tuple[str, ...]) -> bool:
    """Whether one of the marks of a dataset sets its record aside."""
    return any(DATASET_MARKS[code].aside for code in marks)
