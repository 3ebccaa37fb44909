"""Every defect of a resource by code, from its families. Those of datasets and sources are tables of their own."""

from collections.abc import Mapping

from atalaya.samples.defects import contents, formats, links
from atalaya.samples.deliveries import Defect

RESOURCE_DEFECTS: Mapping[str, Defect] = {
    defect.code: defect
    for defect in sorted((*contents.DEFECTS, *formats.DEFECTS, *links.DEFECTS), key=lambda defect: defect.code)
}
"""Defects of resources by code."""
