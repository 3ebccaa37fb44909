"""Edges of `media_type_served`: families of media types."""

import pytest

from atalaya.checks.example_cases import distribution, inspection, probe, resource_case, table
from atalaya.checks.resource.media_type_served import rule


@pytest.mark.parametrize(
    ("served", "format_id", "reason"),
    [
        ("application/json", "geojson", "ok"),
        ("application/vnd.api+json", "json", "ok"),
        ("application/atom+xml", "xml", "ok"),
        ("text/xml", "wms", "ok"),
        ("application/zip", "xlsx", "ok"),
        ("application/zip", "shapefile", "ok"),
        ("text/html", "csv", "other"),
        ("application/vnd.ms-excel", "xlsx", "other"),
        ("application/json", "csv", "other"),
        ("binary/octet-stream", "pdf", "generic"),
        ("", "pdf", "missing"),
        ("tonteria", "csv", "type_unknown"),
    ],
)
def test_media_types(served: str, format_id: str, reason: str) -> None:
    found = inspection(format_id, tables=(table(),))
    published = distribution(format=None, media_type=None)
    case = resource_case(probe=probe(media_type=served), inspection=found, distribution=published)
    assert rule(case).reason == reason
