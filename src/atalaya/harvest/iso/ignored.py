"""Parts of ISO records with no use here, with the reason; whatever lies below them is passed over with them."""

from collections.abc import Mapping

_PERSON = "persons, posts and addresses; only presence and domain of contacts are kept"
_RECORD = "describes the record, not the dataset"
_LINEAGE = "how the data were made; told in prose that is measured nowhere yet"
_QUALITY = "results of measuring the data; measured nowhere yet"
_CONTENT = "describes the inside of the data, which are inspected themselves"
_DRAWING = "geometry, scale and grids of the data; places are read by name and box"
_RELATION = "relates the dataset to others or to documents about it; measured nowhere yet"
_VOCABULARY = "describes the vocabulary of a keyword or a code, not the dataset"
_PROSE = "prose beside the abstract"
_ACQUISITION = "instruments and campaigns that made the data"
_OFFLINE = "media, orders and sizes in megabytes; links are read"
_STATE = "state of the work; measured nowhere yet"

_GROUPS: Mapping[str, str] = {
    _PERSON: """
        phone address.deliveryPoint address.city address.administrativeArea address.postalCode address.country
        hoursOfService contactInstructions contactType contactInfo onlineResource individual citedResponsibleParty
        pointOfContact contact distributorContact userContactInfo processor party responsibleParty
    """,
    _RECORD: """
        characterSet hierarchyLevelName metadataStandardName metadataStandardVersion metadataStandard metadataProfile
        dateStamp dateInfo parentIdentifier parentMetadata metadataMaintenance metadataConstraints
        metadataExtensionInfo applicationSchemaInfo portrayalCatalogueInfo alternativeMetadataReference metadataLinkage
        locale otherLocale defaultLocale metadataScope.name series describes propertyType featureType featureAttribute
        info
    """,
    _LINEAGE: "dataQualityInfo.lineage resourceLineage lineage",
    _QUALITY: "dataQualityInfo",
    _CONTENT: "contentInfo",
    _DRAWING: """
        spatialRepresentationInfo spatialRepresentationType spatialResolution polygon verticalElement extentTypeCode
        temporalResolution
    """,
    _RELATION: """
        aggregationInfo associatedResource graphicOverview additionalDocumentation resourceSpecificUsage citation.series
        citation.ISBN citation.ISSN citation.otherCitationDetails citation.presentationForm citation.collectiveTitle
        resourceFormat citation.alternateTitle
    """,
    _VOCABULARY: """
        codeSpace authority thesaurusName keywordClass identifier.version identifier.description
        metadataIdentifier.version metadataIdentifier.description referenceSystemType
        referenceSystemIdentifier.description referenceSystemIdentifier.version
    """,
    _PROSE: "purpose supplementalInformation credit environmentDescription",
    _ACQUISITION: "acquisitionInformation processingLevel",
    _OFFLINE: """
        offLine transferSize unitsOfDistribution distributionOrderProcess transferFrequency fileDecompressionTechnique
        distributionFormat.version distributorFormat.version distributionFormat.amendmentNumber
        distributionFormat.specification distributionFormat.MD_Format formatDistributor formatSpecificationCitation
        onLine.applicationProfile onLine.protocolRequest distributorFormat.specification distributionFormat.medium
    """,
    _STATE: """
        status editionDate dateOfNextUpdate updateScope updateScopeDescription maintenanceNote maintenanceScope
        userNote classificationSystem handlingDescription responsibleParty releasability constraintApplicationScope
        resourceMaintenance.maintenanceDate resourceMaintenance.contact graphic
    """,
}

IGNORED_ISO: Mapping[str, str] = {path: reason for reason, paths in _GROUPS.items() for path in paths.split()}
"""Ends of property paths with no use here, with the reason."""
