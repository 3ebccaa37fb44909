"""A resource that is declared as a service describes itself: its capabilities, its layers, or the description of its interface.

The address is asked as it is published. Where it asks for capabilities, an exception fails; a bare address of a map service that
answers with an exception is unknown, because nobody asked it for anything.
"""

import re

from atalaya.catalogue.vocabularies.formats import is_a
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import DECLARED_FIELDS, is_empty, is_service, soft_failure
from atalaya.checks.example_cases import distribution, inspection, resource_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.inspection.findings import Defect, Inspection
from atalaya.inspection.soft_failures.registry import CODE

DAMAGE = ("truncated", "unreadable", "bomb")
"""Codes of defects after which a description of a service cannot be read."""

HIDDEN = ("blocked", "captcha", "login")
"""Soft failures that hide a service from programs or strangers; they are judged by other checks."""


_ARCGIS = re.compile(r"/(?:map|feature|image|geocode|gp|scene|vectortile)server(?:/\d+)?/?$")
"""The end of the path of a service of ArcGIS, which shows people a page until it is asked for f=json."""


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    if case.distribution.derived:
        return not_applicable("derived")
    if not is_service(case.distribution):
        return not_applicable("no_service")
    found = case.inspection
    if found is None:
        return unknown("not_read")
    if found.service is not None:
        damaged = any(defect.code in DAMAGE for defect in found.defects)
        return failed("damaged", service=found.service) if damaged else passed("ok", service=found.service)
    failure = soft_failure(found)
    if failure is None:
        return _other_answer(found, bare=_shows_people_a_page(case.distribution.url or ""))
    if failure in HIDDEN:
        return unknown("hidden")
    bare = "request=" not in (case.distribution.url or "").lower()
    return unknown("bare") if bare and failure in ("map_exception", "error_answer", "not_found") else failed("error")


def _shows_people_a_page(url: str) -> bool:
    path, _, query = url.lower().partition("?")
    return _ARCGIS.search(path) is not None and "f=" not in query


def _other_answer(found: Inspection, *, bare: bool) -> Outcome:
    """Answers that describe nothing: data came from an interface that gives data at once, a page, or nothing at all."""
    if is_empty(found):
        return failed("empty")
    if found.format is None:
        return unknown("unrecognised")
    if is_a(found.format, "html"):
        return unknown("bare") if bare else failed("page")
    return unknown("data", format=found.format)


_CAPABILITIES = "https://mapas.example.org/wms?service=WMS&request=GetCapabilities"


def _declared(found: Inspection | None, url: str = _CAPABILITIES) -> ResourceCase:
    declared = distribution(download_url=url, format="WMS", media_type=None)
    return resource_case(inspection=found, distribution=declared)


def _failing(kind: str, format_id: str = "ogc_exception") -> Inspection:
    return inspection(format_id, defects=(Defect(code=CODE, place=kind, detail=""),))


_BARE = "https://mapas.example.org/wms"

CHECK = Check(
    id="service_capable",
    version=2,
    level=Level.RESOURCE,
    dimension=Dimension.ACCESS,
    title="The service describes itself",
    text="A resource that is declared as a service answers with a description that programs read: the capabilities "
    "of a map service "
    "(WMS, WFS, WCS, WMTS, CSW), the layers of a service of ArcGIS, the landing page of an OGC API, or a description "
    "as OpenAPI.",
    remedy="Start the service again or correct its address, and publish the address that describes it, such as the "
    "one that ends in "
    "request=GetCapabilities, or in f=json for ArcGIS. A page for people belongs into the field for the landing page.",
    effort=Effort.MEDIUM,
    fields=(
        "distribution.derived",
        *DECLARED_FIELDS,
        "distribution.download_url",
        "distribution.access_url",
        "inspection",
        "inspection.service",
        "inspection.defects",
        "inspection.defects.code",
        "inspection.defects.place",
        "inspection.size",
        "inspection.format",
    ),
    reasons={
        "ok": "The service describes itself ({service}).",
        "damaged": "The description of the service ({service}) is cut off or cannot be read.",
        "error": "The service answered with an error where it should describe itself.",
        "page": "A web page came that describes no service.",
        "empty": "The service answered with nothing.",
        "bare": "The published address asks the service for nothing and got an error or a page; "
        "nobody asked it to describe itself.",
        "data": "The interface answered with data ({format}) and no description, so it could not be judged.",
        "hidden": "A form or a filter stands before the service, so it was not seen.",
        "unrecognised": "The format of the answer could not be recognised.",
        "not_read": "The service was not read in this round, so nothing can be said about it.",
        "no_service": "The resource is not declared as a service.",
        "derived": "The link was made by a rule of the reader, not published by the institution.",
    },
    terms={
        "wms": "Web Map Service",
        "wfs": "Web Feature Service",
        "wcs": "Web Coverage Service",
        "wmts": "Web Map Tile Service",
        "csw": "Catalogue Service for the Web",
        "wps": "Web Processing Service",
        "arcgis_rest": "a service of ArcGIS",
        "ogc_api": "an OGC API",
        "openapi": "a description as OpenAPI",
        "odata": "a service of OData",
        "stac": "a SpatioTemporal Asset Catalog",
        "tilejson": "a description of map tiles",
        "sparql": "a SPARQL endpoint",
        "soap": "a SOAP service",
    },
    formats=("format",),
    rule=rule,
    examples=(
        Example(_declared(inspection("wms", service="wms")), Verdict.PASS, "ok", "capabilities of a map service"),
        Example(_declared(inspection("json", service="arcgis_rest")), Verdict.PASS, "ok", "layers of ArcGIS"),
        Example(
            _declared(inspection("wms", service="wms", defects=(Defect(code="truncated", place="file", detail=""),))),
            Verdict.FAIL,
            "damaged",
            "half a description",
        ),
        Example(_declared(_failing("map_exception")), Verdict.FAIL, "error", "an exception in place of capabilities"),
        Example(_declared(inspection("html")), Verdict.FAIL, "page", "the home page of a viewer"),
        Example(_declared(inspection(None, size=0)), Verdict.FAIL, "empty", "no bytes at all"),
        Example(_declared(_failing("map_exception"), _BARE), Verdict.UNKNOWN, "bare", "an address without a request"),
        Example(
            _declared(inspection("html"), "https://mapas.example.org/rest/services/a/MapServer"),
            Verdict.UNKNOWN,
            "bare",
            "the page of a service of ArcGIS, which shows its description to who asks for it",
        ),
        Example(_declared(inspection("json"), _BARE), Verdict.UNKNOWN, "data", "an interface that gives data at once"),
        Example(_declared(_failing("login", "html")), Verdict.UNKNOWN, "hidden", "a form for passwords"),
        Example(_declared(inspection(None)), Verdict.UNKNOWN, "unrecognised", "bytes that nobody recognises"),
        Example(_declared(None), Verdict.UNKNOWN, "not_read", "no answer"),
        Example(resource_case(), Verdict.NOT_APPLICABLE, "no_service", "a file"),
        Example(
            resource_case(distribution=distribution(derived=True)),
            Verdict.NOT_APPLICABLE,
            "derived",
            "a link that the reader made",
        ),
    ),
)
