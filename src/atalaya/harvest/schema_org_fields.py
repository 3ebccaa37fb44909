"""Fields of schema.org and Croissant with no use in a record, with the reason."""

from collections.abc import Iterator, Mapping

_LINKED = "syntax of JSON-LD; says what kind of object this is"
_PERSON = "names persons or their addresses; only presence and domain of contact points are kept"
_CATALOGUE = "describes the catalogue around the dataset"
_RELATED = "points at related works; measured nowhere yet"
_SHOWN = "is there for showing a page"
_METADATA = "tells how the metadata are kept, not what the data are"
_CONTENT = "describes what the bytes hold, which is measured from the bytes"
_PRICE = "says that access costs nothing, not what may be done with the data"
_USE = "counts of use and opinions"
_PARTS = "datasets of their own, read as such"

_GROUPS: Mapping[str, str] = {
    _PERSON: """
        publisher.email publisher.telephone publisher.address publisher.sameAs publisher.logo publisher.memberOf
        publisher.parentOrganization publisher.contactPoint publisher.description publisher.image publisher.faxNumber
        creator.email creator.telephone creator.address creator.affiliation creator.givenName creator.familyName
        creator.sameAs creator.logo creator.description creator.contactPoint creator.url creator.honorificPrefix
        creator.jobTitle creator.image creator.parentOrganization
        contactPoint.telephone contactPoint.contactType contactPoint.address contactPoint.areaServed
        contactPoint.availableLanguage contactPoint.faxNumber contactPoint.contactOption
        author contributor editor funder sponsor maintainer accountablePerson copyrightHolder producer
        sourceOrganization provider
    """,
    _CATALOGUE: "includedInDataCatalog catalog includedDataCatalog",
    _RELATED: """
        sameAs citation isBasedOn isBasedOnUrl isPartOf subjectOf mainEntityOfPage workExample exampleOfWork translationOfWork
        workTranslation award funding about.sameAs relatedLink significantLink citeAs ?:citeAs cr:citeAs isRelatedTo
        predecessorOf successorOf hasDigitalDocumentPermission releasedEvent publication @reverse
    """,
    _SHOWN: """
        image thumbnailUrl thumbnail potentialAction text speakable headline alternateName alternativeHeadline
        disambiguatingDescription distribution.potentialAction mainEntity position additionalType learningResourceType
        typicalAgeRange audience genre creditText
    """,
    _METADATA: """
        sdDatePublished sdLicense sdPublisher sdVersion schemaVersion creativeWorkStatus dateDeleted expires archivedAt
        isLiveDataset cr:isLiveDataset isFamilyFriendly identifier.propertyID additionalProperty assesses
    """,
    _CONTENT: """
        variableMeasured variablesMeasured measurementTechnique measurementMethod recordSet cr:recordSet dataFeedElement
        issn size spatialResolution temporalResolution distribution.containedIn distribution.includes distribution.excludes
        distribution.cr:containedIn distribution.cr:includes distribution.cr:excludes distribution.cr:transform
        distribution.measurementMethod distribution.measurementTechnique distribution.variableMeasured distribution.source
        distribution.requiresSubscription distribution.additionalProperty distribution.additionalType distribution.sameAs
        distribution.publisher distribution.keywords distribution.isAccessibleForFree distribution.version
        spatialCoverage.address spatialCoverage.additionalProperty spatialCoverage.sameAs spatialCoverage.description
        spatialCoverage.url spatialCoverage.geo.description spatialCoverage.geo.elevation spatialCoverage.geo.name
        spatialCoverage.geo.additionalProperty spatialCoverage.containedInPlace
    """,
    _PRICE: "isAccessibleForFree offers price",
    _USE: "interactionStatistic aggregateRating review comment commentCount interactionCount",
    _PARTS: "hasPart dataset",
}
_EVERYWHERE = frozenset(("@type", "@id", "@context", "@language"))


class _Ignored(Mapping[str, str]):
    """Reasons by path; lists are looked up without their brackets, and what is syntax of JSON-LD counts at any path."""

    def __init__(self, root: str) -> None:
        self._reasons = {f"{root}.{name}": reason for reason, names in _GROUPS.items() for name in names.split()}

    def __getitem__(self, path: str) -> str:
        known = path.replace("[]", "")
        if known not in self._reasons and known.rpartition(".")[2] in _EVERYWHERE:
            return _LINKED
        return self._reasons[known]

    def __contains__(self, path: object) -> bool:
        known = str(path).replace("[]", "")
        return known in self._reasons or known.rpartition(".")[2] in _EVERYWHERE

    def __iter__(self) -> Iterator[str]:
        return iter(self._reasons)

    def __len__(self) -> int:
        return len(self._reasons)


ROOT = "Dataset"
IGNORED_FIELDS: Mapping[str, str] = _Ignored(ROOT)
