"""All checks: one line for each, sorted by level and id."""

from collections.abc import Mapping
from functools import cache

from atalaya.checks.cases import Case, CatalogueCase, DatasetCase, DutyCase, ResourceCase
from atalaya.checks.catalogue import (
    catalogue_complete,
    catalogue_dates_varied,
    catalogue_identifiers_lasting,
    catalogue_original,
    catalogue_readable,
    catalogue_titles_distinct,
    catalogue_tls_valid,
)
from atalaya.checks.check import DOMAIN, AnyCheck, Level, remedy_of, text_of, title_of
from atalaya.checks.dataset import (
    contact_present,
    content_unique,
    current_declared,
    current_observed,
    data_downloadable,
    dates_consistent,
    described,
    five_stars,
    frequency_declared,
    history_deep,
    identifier_lasting,
    identifier_unique,
    keywords_useful,
    language_declared,
    licence_consistent,
    licence_open,
    metadata_present,
    modified_true,
    mqa_access_rights_availability,
    mqa_access_rights_vocabulary_alignment,
    mqa_category_availability,
    mqa_contact_point_availability,
    mqa_dcat_ap_compliance,
    mqa_keyword_availability,
    mqa_publisher_availability,
    mqa_spatial_availability,
    mqa_temporal_availability,
    period_valid,
    publisher_named,
    resources_distinct,
    resources_documented,
    theme_recognised,
    title_descriptive,
    title_unique,
)
from atalaya.checks.duty import duty_current, duty_open, duty_published, duty_reachable, duty_series_whole
from atalaya.checks.outcomes import Outcome
from atalaya.checks.resource import (
    address_lasting,
    answer_genuine,
    archive_plain,
    available_to_machines,
    bytes_stable,
    checksum_true,
    data_present,
    download_direct,
    encoding_utf8,
    format_declared,
    format_true,
    https_used,
    machine_readable,
    media_type_served,
    mqa_access_url_status_code,
    mqa_byte_size_availability,
    mqa_date_issued_availability,
    mqa_date_modified_availability,
    mqa_download_url_availability,
    mqa_download_url_status_code,
    mqa_format_availability,
    mqa_format_media_type_machine_interpretable,
    mqa_format_media_type_non_proprietary,
    mqa_format_media_type_vocabulary_alignment,
    mqa_known_license,
    mqa_license_availability,
    mqa_media_type_availability,
    mqa_rights_availability,
    open_format,
    reachable,
    redirect_short,
    resource_titled,
    service_capable,
    size_true,
    tls_valid,
    unprotected,
)
from atalaya.checks.table import (
    codes_match_names,
    columns_distinct,
    columns_filled,
    dates_possible,
    header_meaningful,
    keys_unique,
    letters_intact,
    magnitudes_alike,
    negatives_absent,
    number_format_single,
    numbers_typed,
    periods_in_rows,
    personal_data_absent,
    rows_distinct,
    rows_even,
    schema_stable,
    sums_hold,
    totals_add_up,
    totals_apart,
    unit_single,
    values_present,
)
from atalaya.translations import LANGUAGES, translate

CHECKS: tuple[AnyCheck, ...] = (
    catalogue_complete.CHECK,
    catalogue_dates_varied.CHECK,
    catalogue_identifiers_lasting.CHECK,
    catalogue_original.CHECK,
    catalogue_readable.CHECK,
    catalogue_titles_distinct.CHECK,
    catalogue_tls_valid.CHECK,
    contact_present.CHECK,
    content_unique.CHECK,
    current_declared.CHECK,
    current_observed.CHECK,
    data_downloadable.CHECK,
    dates_consistent.CHECK,
    described.CHECK,
    five_stars.CHECK,
    frequency_declared.CHECK,
    history_deep.CHECK,
    identifier_lasting.CHECK,
    identifier_unique.CHECK,
    keywords_useful.CHECK,
    language_declared.CHECK,
    licence_consistent.CHECK,
    licence_open.CHECK,
    metadata_present.CHECK,
    modified_true.CHECK,
    mqa_access_rights_availability.CHECK,
    mqa_access_rights_vocabulary_alignment.CHECK,
    mqa_category_availability.CHECK,
    mqa_contact_point_availability.CHECK,
    mqa_dcat_ap_compliance.CHECK,
    mqa_keyword_availability.CHECK,
    mqa_publisher_availability.CHECK,
    mqa_spatial_availability.CHECK,
    mqa_temporal_availability.CHECK,
    period_valid.CHECK,
    publisher_named.CHECK,
    resources_distinct.CHECK,
    resources_documented.CHECK,
    theme_recognised.CHECK,
    title_descriptive.CHECK,
    title_unique.CHECK,
    duty_current.CHECK,
    duty_open.CHECK,
    duty_published.CHECK,
    duty_reachable.CHECK,
    duty_series_whole.CHECK,
    address_lasting.CHECK,
    answer_genuine.CHECK,
    archive_plain.CHECK,
    available_to_machines.CHECK,
    bytes_stable.CHECK,
    checksum_true.CHECK,
    data_present.CHECK,
    download_direct.CHECK,
    encoding_utf8.CHECK,
    format_declared.CHECK,
    format_true.CHECK,
    https_used.CHECK,
    machine_readable.CHECK,
    media_type_served.CHECK,
    mqa_access_url_status_code.CHECK,
    mqa_byte_size_availability.CHECK,
    mqa_date_issued_availability.CHECK,
    mqa_date_modified_availability.CHECK,
    mqa_download_url_availability.CHECK,
    mqa_download_url_status_code.CHECK,
    mqa_format_availability.CHECK,
    mqa_format_media_type_machine_interpretable.CHECK,
    mqa_format_media_type_non_proprietary.CHECK,
    mqa_format_media_type_vocabulary_alignment.CHECK,
    mqa_known_license.CHECK,
    mqa_license_availability.CHECK,
    mqa_media_type_availability.CHECK,
    mqa_rights_availability.CHECK,
    open_format.CHECK,
    reachable.CHECK,
    redirect_short.CHECK,
    resource_titled.CHECK,
    service_capable.CHECK,
    size_true.CHECK,
    tls_valid.CHECK,
    unprotected.CHECK,
    codes_match_names.CHECK,
    columns_distinct.CHECK,
    columns_filled.CHECK,
    dates_possible.CHECK,
    header_meaningful.CHECK,
    keys_unique.CHECK,
    letters_intact.CHECK,
    magnitudes_alike.CHECK,
    negatives_absent.CHECK,
    number_format_single.CHECK,
    numbers_typed.CHECK,
    periods_in_rows.CHECK,
    personal_data_absent.CHECK,
    rows_distinct.CHECK,
    rows_even.CHECK,
    schema_stable.CHECK,
    sums_hold.CHECK,
    totals_add_up.CHECK,
    totals_apart.CHECK,
    unit_single.CHECK,
    values_present.CHECK,
)


def by_id(check_id: str) -> AnyCheck:
    """The check of an id; KeyError where there is none."""
    return _by_id()[check_id]


@cache
def by_level(level: Level) -> tuple[AnyCheck, ...]:
    """The checks of one level, in the order of the registry."""
    return tuple(check for check in CHECKS if check.level is level)


def run_checks(case: Case) -> tuple[tuple[AnyCheck, Outcome], ...]:
    """The outcome of every check of the case's level. A check that raises is a fault of ours and is not caught."""
    return tuple((check, check.rule(case)) for check in by_level(level_of(case)))


def level_of(case: Case) -> Level:
    """The level of a case."""
    if isinstance(case, CatalogueCase):
        return Level.CATALOGUE
    if isinstance(case, DatasetCase):
        return Level.DATASET
    if isinstance(case, DutyCase):
        return Level.DUTY
    return Level.RESOURCE if isinstance(case, ResourceCase) else Level.TABLE


def rules_table() -> tuple[dict[str, object], ...]:
    """Rows of the table `rules`, one for each check: what readers of an observation need to explain an outcome without this code.

    `title`, `text` and `remedy` map a language to a text; `reasons` and `terms` a language to codes and their texts, where
    reasons keep their `{evidence}` placeholders and thresholds are written in. `formats` names the evidence that holds ids of
    formats.
    """
    return tuple(_rule_row(check) for check in CHECKS)


@cache
def _by_id() -> dict[str, AnyCheck]:
    return {check.id: check for check in CHECKS}


def _rule_row(check: AnyCheck) -> dict[str, object]:
    return {
        "id": check.id,
        "version": check.version,
        "kind": "check",
        "level": check.level.value,
        "dimension": check.dimension.value,
        "effort": check.effort.value,
        "title": {language: title_of(check, language) for language in LANGUAGES},
        "text": {language: text_of(check, language) for language in LANGUAGES},
        "remedy": {language: remedy_of(check, language) for language in LANGUAGES},
        "reasons": {language: _reasons(check, language) for language in LANGUAGES},
        "terms": {language: _translated(check.terms, language) for language in LANGUAGES},
        "formats": list(check.formats),
    }


def _translated(texts: Mapping[str, str], language: str) -> dict[str, str]:
    return {code: translate(text, language, DOMAIN) for code, text in texts.items()}


class _Placeholders(dict[str, object]):
    """Values for a template; a name without one stays as it was written."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def _reasons(check: AnyCheck, language: str) -> dict[str, str]:
    known = _Placeholders(check.thresholds)
    return {code: text.format_map(known) for code, text in _translated(check.reasons, language).items()}
