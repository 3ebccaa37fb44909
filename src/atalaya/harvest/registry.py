"""The protocols, sorted by id."""

from atalaya.exceptions import SourceError
from atalaya.harvest import (
    arcgis_hub,
    ckan,
    csw,
    datacite,
    datajson,
    datajson_ar,
    datapackage,
    dcat_rdf,
    oai_pmh,
    ocds,
    ogc_services,
    opendatasoft,
    schema_org,
    sitemap,
    socrata,
    udata,
    waf,
)
from atalaya.harvest.protocol import Protocol

PROTOCOLS: tuple[Protocol, ...] = (
    arcgis_hub.PROTOCOL,
    ckan.PROTOCOL,
    csw.PROTOCOL,
    datacite.PROTOCOL,
    datajson.PROTOCOL,
    datajson_ar.PROTOCOL,
    datapackage.PROTOCOL,
    dcat_rdf.PROTOCOL,
    oai_pmh.PROTOCOL,
    ocds.PROTOCOL,
    ogc_services.PROTOCOL,
    opendatasoft.PROTOCOL,
    schema_org.PROTOCOL,
    sitemap.PROTOCOL,
    socrata.PROTOCOL,
    udata.PROTOCOL,
    waf.PROTOCOL,
)


def protocol(protocol_id: str) -> Protocol:
    """The protocol of an id. Raises SourceError naming the ids that exist."""
    for known in PROTOCOLS:
        if known.id == protocol_id:
            return known
    ids = ", ".join(item.id for item in PROTOCOLS)
    raise SourceError(f"no protocol is called {protocol_id!r}; choose one of {ids}")
