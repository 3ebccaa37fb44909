"""Fields of uData datasets that have no use here, with the reason. What is in no list and not read is reported.

The fields are those of the API, versions 1 and 2 (https://www.data.gouv.fr/api/1/swagger.json), and of the catalogue's tables.
"""

from collections.abc import Mapping

_PLATFORM = "belongs to the platform: visits, rights of editing, previews, its own dates, internal links"
_SCORE = "the score that the portal gives by its own rules; Atalaya measures by its own"
_SAME = "says again what another field says"
_PERSON = "names persons or their accounts; only presence and domain of contacts are kept"
_OTHERS = "was added by others than the publisher"
_HARVEST = "says how the portal gathered the record from another catalogue"
_CRAWL = "what the portal's own crawler found; Atalaya asks and inspects by itself"
_RESTS = "says the level, the kind or the plan of something; measured nowhere yet"

_DATASET: Mapping[str, str] = {
    _PLATFORM: "metrics permissions featured internal deleted_at last_modified_internal_by uri preview_url",
    _SCORE: "quality quality_score",
    _SAME: "slug acronym description_short resources_count main_resources_count resources_formats owner_type",
    _PERSON: "owner owner_id",
    _OTHERS: "community_resources reuses discussions dataservices topics",
    _RESTS: "badges frequency_date access_audiences access_type_reason_category authorization_request_url spatial.granularity",
}
_HARVESTED = """
    backend created_at modified_at source_id source_label source_url remote_id domain last_update uri dct_identifier
    archived_at archived issued_at ckan_name ckan_source last_modified ods_url ods_references ods_has_records ods_geo
    remote_created_at remote_modified_at
"""
_ORGANIZATION: Mapping[str, str] = {
    _SAME: "acronym slug uri logo logo_thumbnail class description image_url",
    _PERSON: "members requests teams",
    _PLATFORM: "metrics extras created_at last_modified deleted permissions internal zone",
    _RESTS: "badges business_number_id",
}
_RESOURCE: Mapping[str, str] = {
    _PLATFORM: "metrics internal preview_url permissions deleted downloads dataset_id",
    _SAME: "latest uri",
    _RESTS: "type harvest.ods_type",
    _PERSON: "owner",
}
_CRAWLED = """
    analysis:checksum analysis:content-length analysis:mime-type analysis:error analysis:last-modified-at
    analysis:last-modified-detection analysis:content-type analysis:parsing:error analysis:parsing:finished_at
    analysis:parsing:parquet_size analysis:parsing:parquet_url analysis:parsing:parsing_table analysis:parsing:pmtiles_url
    analysis:parsing:pmtiles_size analysis:parsing:geojson_url analysis:parsing:geojson_size analysis:parsing:started_at
    check:available check:date check:id check:status check:timeout check:error check:count-availability check:url
    check:headers:content-type check:headers:content-length check:headers:content-md5 check:headers:charset
    check:headers:content-disposition check:headers:last-modified
"""
_COLUMNS: Mapping[str, str] = {
    _SAME: "dataset.slug dataset.acronym",
    _RESTS: "archived_reason schema_version",
    _PLATFORM: """
        metric.discussions metric.discussions_open metric.issues metric.reuses metric.followers metric.views
        metric.resources_downloads metric.dataservices metric.resources metric.community_resources metric.nb_hits
        metric.nb_uniq_visitors metric.nb_visits metric.reuses_by_months metric.followers_by_months
    """,
}
_ENVELOPE = "page page_size previous_page facets"


def _below(root: str, groups: Mapping[str, str]) -> dict[str, str]:
    dot = f"{root}." if root else ""
    return {f"{dot}{name}": reason for reason, names in groups.items() for name in names.split()}


def _ignored() -> dict[str, str]:
    """The lists below every place where a dataset, an organization or a resource may stand."""
    listed = _below("", _COLUMNS) | _below("", {_PLATFORM: _ENVELOPE}) | _below("datasets[]", _DATASET)
    for root in ("data[]", "datasets[].dataset", ""):
        dot = f"{root}." if root else ""
        listed |= _below(root, _DATASET)
        listed |= _below(f"{dot}harvest", {_HARVEST: _HARVESTED})
        listed |= _below(f"{dot}organization", _ORGANIZATION)
        listed |= _below(f"{dot}contact_points[]", {_PERSON: "id organization owner role permissions"})
        listed |= _below(f"{dot}license", {_SAME: "maintainer flags alternate_urls alternate_titles"})
        listed |= _below(f"{dot}frequency", {_SAME: "label"})
        listed |= _below(f"{dot}schema", {_RESTS: "version"})
    listed |= _below("datasets[].organization", _ORGANIZATION)
    for root in ("data[].resources[]", "datasets[].resources[]", "resources[]", ""):
        dot = f"{root}." if root else ""
        listed |= _below(root, _RESOURCE)
        listed |= _below(f"{dot}harvest", {_HARVEST: _HARVESTED})
        listed |= _below(f"{dot}extras", {_CRAWL: _CRAWLED})
        listed |= _below(f"{dot}schema", {_RESTS: "version"})
    return listed


IGNORED_FIELDS: Mapping[str, str] = _ignored()
"""Fields with no use here, with the reason."""
