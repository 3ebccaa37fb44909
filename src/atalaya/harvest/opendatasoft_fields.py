"""Fields of OpenDataSoft datasets that have no use here, with the reason. What is in no list and not read is reported.

The fields are those of the templates `default`, `dcat` and `inspire`, of the application templates, and of the object around
them: https://help.opendatasoft.com/apis/ods-explore-v2/#tag/Catalog.
"""

from collections.abc import Mapping

_COLUMNS = "describes the columns; they are measured on the files themselves"
_PLATFORM = "belongs to the platform: processing, visits, maps, who sees it"
_SAME = "says again what another field says"
_RELATION = "points at documents about the data or at whom to credit; measured nowhere yet"
_DRAWING = "draws a place or says how finely it is cut; its name or code is read elsewhere"
_MADE = "says when the data were made, before they were published, or what kind of body publishes"
_PERSON = "names persons or their addresses; only presence and domain of contacts are kept"

_OBJECT: Mapping[str, str] = {
    _COLUMNS: "fields",
    _PLATFORM: "_links links extra_metas staged visibility custom_view",
    _SAME: "dataset_uid datasetuid",
}
_DEFAULT: Mapping[str, str] = {
    _PLATFORM: """
        data_processed metadata_processed domain visibility staged timezone parent_domain shared_catalog oauth_scope
        federated modified_updates_on_metadata_change modified_updates_on_data_change records_size popularity_score
        api_call_count download_count metadata_languages geographic_reference_auto geographic_area_mode image logo
    """,
    _SAME: "license_id theme_id source_domain source_domain_title",
    _RELATION: "references attributions odi_certificate_url source",
    _DRAWING: "bbox_auto",
}
_DCAT: Mapping[str, str] = {
    _PERSON: "creator contributor",
    _MADE: "created publisher_type",
    _RELATION: "relation dataquality documentation provenance version_notes",
    _DRAWING: "granularity spatial_resolution spatial_centroid",
}
_INSPIRE: Mapping[str, str] = {
    _PERSON: "contact_address contact_phone contact_organisation_name contact_voice contact_city contact_country",
    _PLATFORM: "hierarchy_level hierarchy_level_name metadata_standard_name metadata_standard_version",
    _SAME: "file_identifier identification_purpose",
    _RELATION: "lineage data_quality",
    _DRAWING: "extend_description spatial_resolution",
}
_TEMPLATES = (
    "explore",
    "visualization",
    "internal",
    "processing",
    "semantic",
    "asset_content_configuration",
    "analyze",
)
"""Templates of applications: counters of visits, maps and settings of the portal."""
_FILE = "dataset_id datasetid"
_ROOTS = ("results[]", "datasets[]", "datasets[].dataset", "[]", "dataset", "")
_ENVELOPE = "_links links parameters facet_groups facets"


def _named(groups: Mapping[str, str], *prefixes: str) -> dict[str, str]:
    return {
        f"{prefix}{name}": reason for reason, names in groups.items() for name in names.split() for prefix in prefixes
    }


def _ignored() -> dict[str, str]:
    """The lists below every place where a dataset may stand, in all versions and in the table."""
    inner = {
        **_named(_OBJECT, ""),
        **_named(_DEFAULT, "", "default.", "metas.", "metas.default.", "basic_metas.default."),
        **_named(_DCAT, "dcat.", "metas.dcat.", "interop_metas.dcat."),
        **_named(_INSPIRE, "inspire.", "metas.inspire.", "interop_metas.inspire."),
        **{f"{holder}{name}": _PLATFORM for name in _TEMPLATES for holder in ("", "metas.", "extra_metas.")},
        **{f"{kind}[].{name}": _SAME for kind in ("attachments", "alternative_exports") for name in _FILE.split()},
    }
    listed = {f"{root}.{name}" if root else name: reason for name, reason in inner.items() for root in _ROOTS}
    return listed | dict.fromkeys(_ENVELOPE.split(), _PLATFORM)


IGNORED_TEMPLATES = frozenset(_TEMPLATES)
"""Templates of which nothing is read."""

IGNORED_FIELDS: Mapping[str, str] = _ignored()
"""Fields with no use here, with the reason."""
