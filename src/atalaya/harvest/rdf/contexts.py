"""Contexts of JSON-LD documents that are known without the network, put in place of their addresses.

Nothing is fetched while a document is parsed. The tables hold the terms of DCAT and of Project Open Data as specified, no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from atalaya.harvest.rdf.terms import DCAT, DCT, FOAF, PREFIXES, SKOS, SPDX, VCARD
from atalaya.harvest.visits import Refusal

DEPTH_LIMIT = 200
"""Objects inside each other that are looked through for contexts."""

_IRI_TERMS = ("accessURL", "downloadURL", "landingPage", "conformsTo", "license", "references", "homepage")
_DCAT_TERMS = """
    Catalog Dataset Distribution DatasetSeries DataService CatalogRecord dataset distribution keyword theme landingPage
    accessURL downloadURL mediaType byteSize contactPoint startDate endDate bbox centroid version inSeries accessService
"""
_DCT_TERMS = """
    title description identifier issued modified language publisher creator spatial temporal license rights accessRights
    accrualPeriodicity conformsTo format isPartOf references type source relation provenance
"""

_NAMES: Mapping[str, object] = {
    **{prefix: namespace for namespace, prefix in PREFIXES.items()},
    "dcterms": DCT,
    **{name: f"{DCAT}{name}" for name in _DCAT_TERMS.split()},
    **{name: f"{DCT}{name}" for name in _DCT_TERMS.split()},
    "name": f"{FOAF}name",
    "homepage": f"{FOAF}homepage",
    "mbox": f"{FOAF}mbox",
    "page": f"{FOAF}page",
    "fn": f"{VCARD}fn",
    "hasEmail": f"{VCARD}hasEmail",
    "hasURL": f"{VCARD}hasURL",
    "Contact": f"{VCARD}Contact",
    "Organization": f"{FOAF}Organization",
    "checksum": f"{SPDX}checksum",
    "prefLabel": f"{SKOS}prefLabel",
    "accessLevel": f"{DCT}accessRights",
}

CONTEXT: Mapping[str, object] = {
    **_NAMES,
    **{name: {"@id": _NAMES[name], "@type": "@id"} for name in _IRI_TERMS if name in _NAMES},
}
"""Terms of DCAT 3 and DCAT-US 1.1 without a prefix, and the prefixes that both use."""

KNOWN = (
    "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
    "https://project-open-data.cio.gov/v1.1/schema/data.jsonld",
    "https://resources.data.gov/schemas/dcat-us/v1.1/schema/catalog.jsonld",
    "https://www.w3.org/ns/dcat.jsonld",
    "https://www.w3.org/ns/dcat2.jsonld",
    "https://www.w3.org/ns/dcat3.jsonld",
    "https://www.w3.org/ns/dcat",
    "http://www.w3.org/ns/dcat",
    "http://www.w3.org/ns/dcat#",
    "https://semiceu.github.io/DCAT-AP/releases/3.0.0/context/dcat-ap.jsonld",
    "https://semiceu.github.io/DCAT-AP/releases/3.0.1/context/dcat-ap.jsonld",
)
"""Addresses of contexts that stand for `CONTEXT`."""


@dataclass(frozen=True)
class Placed:
    """A document whose contexts are all inside it, and which addresses were replaced."""

    value: object
    notes: tuple[str, ...] = ()


class _Unknown(Exception):
    """Raised inside this module to leave the walk; carries the refusal."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal


def place(value: object) -> Placed | Refusal:
    """The document with known contexts in place; a refusal where one would have to be fetched."""
    notes: dict[str, None] = {}
    try:
        placed = _walk(value, notes, 0)
    except _Unknown as unknown:
        return unknown.refusal
    return Placed(placed, tuple(notes))


def _walk(value: object, notes: dict[str, None], depth: int) -> object:
    if depth > DEPTH_LIMIT:
        raise _Unknown(Refusal("nesting", f"objects nested deeper than {DEPTH_LIMIT}"))
    if isinstance(value, list):
        return [_walk(item, notes, depth + 1) for item in value]
    if isinstance(value, dict):
        return {
            key: _context(inner, notes, depth + 1) if key == "@context" else _walk(inner, notes, depth + 1)
            for key, inner in value.items()
        }
    return value


def _context(value: object, notes: dict[str, None], depth: int) -> object:
    """A context without addresses. `@import` and scoped contexts are looked through as well."""
    if isinstance(value, list):
        return [_context(item, notes, depth + 1) for item in value]
    if isinstance(value, str):
        if value.strip() in KNOWN:
            notes[f"the context {value.strip()} was not fetched; its terms are known"] = None
            return dict(CONTEXT)
        raise _Unknown(Refusal("remote_context", f"the context {value[:200]} is not known and nothing is fetched"))
    if isinstance(value, dict) and "@import" in value:
        raise _Unknown(Refusal("remote_context", f"the context imports {str(value['@import'])[:200]}"))
    return _walk(value, notes, depth)
