"""Which predicates of which class were read: strict reading for graphs. Paths are `dcat:Dataset/dct:title`."""

from collections.abc import Mapping

import pyoxigraph as ox

from atalaya.harvest.fields import IGNORED, MAPPED, UNREAD, Ledger
from atalaya.harvest.rdf.graph import Graph, Node, Subject
from atalaya.harvest.rdf.terms import ADMS, DCAT, DCT, FOAF, HYDRA, LOCN, PROV, RDF_TYPE, SKOS, short

_CATALOGUE = "describes the catalogue or its records, not a dataset"
_VOCABULARY = "describes a term of a vocabulary, a place or a standard that datasets point at"
_PERSON = "names persons or their addresses; only presence and domain of contacts are kept"
_RELATION = "relates a dataset to others or to documents about it; measured nowhere yet"
_DRAWING = "draws a place whose name or code is read elsewhere"
_STATUS = "tells the state of the record or of its provenance; measured nowhere yet"

IGNORED_CLASSES: Mapping[str, str] = {
    f"{DCAT}Catalog": _CATALOGUE,
    f"{DCAT}CatalogRecord": _CATALOGUE,
    f"{DCAT}DataService": _RELATION,
    f"{DCAT}Relationship": _RELATION,
    f"{DCAT}Role": _RELATION,
    f"{DCAT}Resource": _RELATION,
    f"{PROV}Attribution": _PERSON,
    f"{PROV}Activity": _STATUS,
    f"{PROV}Agent": _PERSON,
    f"{SKOS}Concept": _VOCABULARY,
    f"{SKOS}ConceptScheme": _VOCABULARY,
    f"{DCT}LinguisticSystem": _VOCABULARY,
    f"{DCT}Standard": _VOCABULARY,
    f"{DCT}ProvenanceStatement": _STATUS,
    f"{ADMS}Identifier": _RELATION,
    f"{FOAF}Document": _RELATION,
    f"{LOCN}Address": _PERSON,
    "http://www.w3.org/2006/vcard/ns#Address": _PERSON,
    "http://www.w3.org/ns/dqv#QualityCertificate": _STATUS,
    "http://www.w3.org/ns/dqv#QualityMeasurement": _STATUS,
    "http://www.w3.org/ns/csvw#Table": _RELATION,
    "http://www.w3.org/ns/csvw#Column": _RELATION,
}
"""Classes of which no predicate is read, with the reason; what a reader takes of them all the same counts as mapped."""

_GROUPS: Mapping[str, str] = {
    _RELATION: """
        dct:isReferencedBy dct:relation dct:references dct:isPartOf dct:hasPart dct:isVersionOf dct:hasVersion dct:source
        dct:replaces dct:isReplacedBy dct:requires dct:type dcat:qualifiedRelation dcat:inSeries dcat:hasVersion dcat:prev
        dcat:next dcat:first dcat:last dcat:seriesMember dcat:previousVersion dcat:servesDataset dcat:accessService
        dcat:endpointURL dcat:endpointDescription foaf:page foaf:isPrimaryTopicOf foaf:primaryTopic foaf:thumbnail
        foaf:depiction adms:sample adms:identifier adms:versionNotes dct:alternative rdfs:seeAlso owl:sameAs
        dcat:hadRole dcat:hasPart
    """,
    _STATUS: """
        adms:status dct:provenance prov:wasGeneratedBy prov:wasDerivedFrom dqv:hasQualityAnnotation
        dqv:hasQualityMeasurement dct:created dct:available spdx:algorithm
    """,
    _PERSON: """
        foaf:mbox foaf:phone foaf:givenName foaf:familyName foaf:firstName foaf:lastName vcard:hasTelephone vcard:tel
        vcard:hasAddress vcard:organization-name vcard:organization-unit vcard:title vcard:role vcard:given-name
        vcard:family-name org:memberOf locn:address prov:qualifiedAttribution dct:contributor dct:rightsHolder
        vcard:street-address vcard:locality vcard:postal-code vcard:country-name vcard:region vcard:hasUID vcard:hasLogo
        vcard:organisationName vcard:organisationUnit vcard:hasOrganizationName vcard:hasStreetAddress
        vcard:hasLocality vcard:hasPostalCode vcard:hasCountryName
    """,
    _DRAWING: """
        locn:geometry dcat:bbox dcat:centroid locn:geographicName gsp:asWKT gsp:hasGeometry dcat:spatialResolutionInMeters
        dcat:temporalResolution skos:inScheme
    """,
    _CATALOGUE: """
        hydra:firstPage hydra:lastPage hydra:first hydra:last hydra:previous hydra:previousPage hydra:itemsPerPage
        hydra:view hydra:member
    """,
}

IGNORED_PREDICATES: Mapping[str, str] = {term: reason for reason, terms in _GROUPS.items() for term in terms.split()}
"""Predicates with no use here in whatever class, by short name, with the reason."""

PAGING_CLASSES = (f"{HYDRA}PagedCollection", f"{HYDRA}PartialCollectionView", f"{HYDRA}Collection")


class Taker:
    """Reads a graph and remembers what it took."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.ledger = Ledger({})
        self._taken: set[tuple[Subject, str]] = set()

    def take(self, subject: Subject, *predicates: str) -> list[Node]:
        """The objects of the first of these predicates that has any; all that are present count as mapped."""
        found: list[Node] = []
        for predicate in predicates:
            objects = self.graph.objects(subject, predicate)
            if objects:
                self._taken.add((subject, predicate))
            found = found or objects
        return found

    def every(self, subject: Subject, *predicates: str) -> list[Node]:
        """The objects of all these predicates."""
        return [item for predicate in predicates for item in self.take(subject, predicate)]

    def close(self) -> None:
        """Count every predicate of every subject: mapped, ignored or unread."""
        for subject, predicates in self.graph.triples.items():
            types = self.graph.types(subject)
            kind = min((short(name) for name in types), default="(no class)")
            passed = bool(types) and all(name in IGNORED_CLASSES for name in types)
            for predicate, objects in predicates.items():
                name = short(predicate)
                self.ledger.use(f"{kind}/{name}", self._reading(subject, predicate, name, passed), len(objects))

    def _reading(self, subject: Subject, predicate: str, name: str, passed: bool) -> str:
        if (subject, predicate) in self._taken or predicate == RDF_TYPE:
            return MAPPED
        return IGNORED if passed or name in IGNORED_PREDICATES else UNREAD


def is_node(item: Node) -> bool:
    """Whether an object is a thing with an address or a blank node, not a literal."""
    return not isinstance(item, ox.Literal)
