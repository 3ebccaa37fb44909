"""Namespaces of DCAT-AP and its neighbours, short names for paths, and the misspellings that publishers are known for.

Namespaces: W3C DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), DCAT-AP 3 and the vocabularies that they reuse.
"""

import re
from collections.abc import Mapping

DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
DC = "http://purl.org/dc/elements/1.1/"
FOAF = "http://xmlns.com/foaf/0.1/"
VCARD = "http://www.w3.org/2006/vcard/ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "http://schema.org/"
TIME = "http://www.w3.org/2006/time#"
SPDX = "http://spdx.org/rdf/terms#"
ADMS = "http://www.w3.org/ns/adms#"
OWL = "http://www.w3.org/2002/07/owl#"
HYDRA = "http://www.w3.org/ns/hydra/core#"
LOCN = "http://www.w3.org/ns/locn#"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"

RDF_TYPE = f"{RDF}type"

PREFIXES: Mapping[str, str] = {
    DCAT: "dcat",
    DCT: "dct",
    DC: "dc",
    FOAF: "foaf",
    VCARD: "vcard",
    RDF: "rdf",
    RDFS: "rdfs",
    SKOS: "skos",
    SCHEMA: "schema",
    TIME: "time",
    SPDX: "spdx",
    ADMS: "adms",
    OWL: "owl",
    HYDRA: "hydra",
    LOCN: "locn",
    ORG: "org",
    PROV: "prov",
    "http://www.w3.org/ns/dqv#": "dqv",
    "http://www.w3.org/ns/odrl/2/": "odrl",
    "http://data.europa.eu/r5r/": "dcatap",
    "http://data.europa.eu/930/": "geodcatap",
    "http://healthdataportal.eu/ns/health#": "healthdcatap",
    "http://www.opengis.net/ont/geosparql#": "gsp",
    "http://www.w3.org/2011/content#": "cnt",
    "http://www.w3.org/ns/csvw#": "csvw",
    "http://www.w3.org/ns/oa#": "oa",
    "http://rdfs.org/ns/void#": "void",
}

_HTTPS = re.compile(r"^https://(www\.w3\.org/|purl\.org/dc/|schema\.org/|xmlns\.com/foaf/|spdx\.org/rdf/)")
_HASHED = re.compile(r"^http://purl\.org/dc/terms/#")


def normal(iri: str) -> str:
    """A term with its namespace as specified: `https` and `dc/terms/#` are misspellings of the same term.

    >>> normal("https://www.w3.org/ns/dcat#Dataset")
    'http://www.w3.org/ns/dcat#Dataset'
    """
    if iri.startswith("https://"):
        iri = _HTTPS.sub(r"http://\1", iri)
    return _HASHED.sub(DCT, iri)


def short(iri: str) -> str:
    """A term with its prefix, for paths of fields.

    >>> short("http://purl.org/dc/terms/title")
    'dct:title'
    """
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = PREFIXES.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix else iri[:120]
