"""Services that describe themselves in an answer: map services, interfaces and their descriptions, told by the keys
they must have."""

import re
from collections.abc import Mapping

CAPABILITIES = frozenset({"wms", "wfs", "wcs", "wmts", "csw", "wps"})
"""Formats that are the description of a service themselves: the capabilities of the services of the Open Geospatial
Consortium."""

_HEAD = 65_536
_API_RELATIONS = frozenset(
    {"service-desc", "service-doc", "conformance", "data", "http://www.opengis.net/def/rel/ogc/1.0/data"}
)
"""Relations of links of which a landing page must have one (OGC 17-069r4, §7.2)."""

_ARCGIS_KEYS = frozenset(
    {"layers", "tables", "services", "folders", "fields", "serviceDescription", "geometryType", "tasks", "tileInfo"}
)
_OPENAPI = re.compile(r"^(?:openapi|swagger)\s*:", re.MULTILINE)
_PAGES = (
    ("arcgis_rest", re.compile(r"arcgis rest services directory", re.IGNORECASE)),
    ("sparql", re.compile(r"<title>[^<]{0,60}sparql (?:query editor|endpoint)", re.IGNORECASE)),
    ("openapi", re.compile(r"id=[\"']swagger-ui[\"']|<redoc\b|<rapi-doc\b", re.IGNORECASE)),
)


def service_in_json(value: object) -> str | None:
    """The kind of service that a JSON document describes: arcgis_rest, ogc_api, openapi, odata, stac or tilejson."""
    if not isinstance(value, Mapping):
        return None
    if "currentVersion" in value and _ARCGIS_KEYS & value.keys():
        return "arcgis_rest"
    if ("openapi" in value or "swagger" in value) and "paths" in value:
        return "openapi"
    if "stac_version" in value:
        return "stac"
    if isinstance(value.get("conformsTo"), list) or _links_to_api(value.get("links")):
        return "ogc_api"
    if (
        "@odata.context" in value
        and str(value["@odata.context"]).endswith("$metadata")
        and isinstance(value.get("value"), list)
    ):
        return "odata"
    return "tilejson" if "tilejson" in value and "tiles" in value else None


def _links_to_api(links: object) -> bool:
    if not isinstance(links, list):
        return False
    return any(isinstance(link, Mapping) and link.get("rel") in _API_RELATIONS for link in links[:50])


def service_of_format(format_id: str | None, text: str) -> str | None:
    """The kind of service that a document of this format describes."""
    if format_id in CAPABILITIES:
        return format_id
    if format_id == "sparql_results":
        return "sparql"
    if format_id == "wsdl_document":
        return "soap"
    if format_id in ("rdf_xml", "turtle", "n_triples") and "sparql-service-description" in text[:_HEAD]:
        return "sparql"
    return "openapi" if format_id == "yaml" and _OPENAPI.search(text[:4096]) else None


def service_in_page(markup: str) -> str | None:
    """The kind of service whose own page this is: a directory of map services, an editor of queries, a description to read."""
    head = markup[:_HEAD]
    return next((service for service, mark in _PAGES if mark.search(head)), None)
