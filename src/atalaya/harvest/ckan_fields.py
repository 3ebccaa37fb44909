"""Fields of CKAN packages that have no use here, with the reason, by group. What is in no list and not read is reported."""

from collections.abc import Mapping

_SAME = "says again what another field says"
_RECORD = "describes the record of the catalogue, not the data"
_PLATFORM = "belongs to the platform: caches, previews, stores, indexes"
_PERSON = "names persons; only presence and domain of contacts are kept"
_RELATION = "relates a dataset to others or to documents about it; measured nowhere yet"
_DRAWING = "draws a place whose name or code is read elsewhere"

_GROUPS: Mapping[str, str] = {
    _SAME: """
        num_resources num_tags isopen owner_org identifier guid alternate_identifier uri id_given tags[].id
        tags[].state tags[].revision_timestamp tags[].vocabulary_id resources[].package_id resources[].position
        resources[].id_given resources[].resource_group_id resources[].uri extras.guid extras.identifier
        extras.alternate_identifier extras.uri organization.id organization.display_name groups[].id groups[].name
        groups[].display_name extras.dcat_identifier
    """,
    _RECORD: """
        revision_id revision_timestamp creator_user_id metadata_language type resources[].revision_id
        resources[].revision_timestamp resources[].metadata_created extras.metadata-date extras.metadata-language
        extras.metadata_created extras.metadata_modified extras.metadata_created_source extras.spatial_harvester
        extras.harvest_object_id extras.harvest_source_id extras.harvest_source_title organization.created
        organization.revision_id organization.state organization.type organization.is_organization
        organization.approval_status organization.description organization.image_url organization.image_display_url
        organization.package_count organization.num_followers groups[].description groups[].image_display_url
        groups[].image_url groups[].package_count groups[].state groups[].type groups[].is_organization
        groups[].created groups[].approval_status groups[].revision_id groups[].num_followers extras.resource-type
        num_followers plugin_data
    """,
    _PLATFORM: """
        tracking_summary archiver qa score index_id validated_data_dict resources[].cache_url
        resources[].cache_last_updated resources[].webstore_url resources[].webstore_last_updated
        resources[].datastore_active resources[].url_type resources[].mimetype_inner resources[].resource_type
        resources[].tracking_summary resources[].archiver resources[].qa
        resources[].datastore_contains_all_records_of_source_file resources[].has_views resources[].on_same_domain
        resources[].hash_algorithm resources[].ckan_url resources[].original_url resources[].task_created
        resources[].validation_status resources[].validation_timestamp extras.graphic-preview-file
        extras.graphic-preview-description extras.graphic-preview-type
    """,
    _PERSON: """
        publisher[].email publisher[].type publisher[].id_given creator[].email creator[].name creator[].type
        creator[].id_given contributor contact[].identifier contact[].url qualified_attribution provenance_activity
        hdab extras.publisher_email extras.dcat_publisher_email extras.publisher_type extras.publisher_url
        extras.creator_name extras.creator_email extras.dcat_creator_name extras.dcat_creator_email
        extras.creator_type extras.contact_uri extras.contact_identifier extras.responsible-party
    """,
    _RELATION: """
        relationships_as_object relationships_as_subject qualified_relation is_referenced_by documentation same_as
        in_series series_order_field series_order_type is_version_of has_version source sample related_resource
        cite_as version_notes provenance extras.documentation extras.is_referenced_by extras.related_resource
        extras.sample extras.source extras.has_version extras.is_version_of extras.provenance extras.version_notes
        extras.dcat_type dcat_type resources[].documentation resources[].access_services resources[].subresources
        resources[].position_in_series
    """,
    _DRAWING: """
        bbox spatial_coverage[].geom spatial_coverage[].bbox spatial_coverage[].centroid extras.spatial_bbox
        extras.spatial_centroid extras.bbox-east-long extras.bbox-west-long extras.bbox-north-lat
        extras.bbox-south-lat
    """,
}

IGNORED_FIELDS: Mapping[str, str] = {path: reason for reason, paths in _GROUPS.items() for path in paths.split()}
"""Fields with no use here, with the reason."""
