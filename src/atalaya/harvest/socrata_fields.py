"""Fields of Socrata assets that have no use here, and what the custom metadata of domains means.

A domain names its own fields, in sets: `Common-Core_Update-Frequency`, `Información-de-Datos_Frecuencia-de-Actualización`.
The last part tells what is meant; the names below are those met in 49 recorded domains and on national portals, in English
and Spanish, without accents, hyphens and brackets.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_RECORD = "describes the record of the catalogue, not the data"
_PLATFORM = "belongs to the platform: views, previews, drafts, switches"
_PERSON = "names the account of a person"
_COLUMNS = "describes columns, which are inspected in the file itself"
_USE = "counts visits and downloads; measured nowhere yet"
_RELATION = "names the asset that this one is a view of; relations are measured nowhere yet"

_GROUPS: Mapping[str, str] = {
    _RECORD: "resource.metadata_updated_at",
    _PLATFORM: """
        preview_image_url published_copy resource.lens_display_type resource.hide_from_data_json resource.provenance
        resource.locked resource.locked_down resource.obe_fxf resource.nbe_fxf resource.public resource.published
        metadata.is_public metadata.is_published metadata.is_hidden metadata.approvals metadata.visible_to_anonymous
        metadata.visible_to_site metadata.is_derived metadata.is_view_moderation_enabled metadata.grants
        metadata.score score classification.domain_private_metadata
    """,
    _PERSON: "owner creator",
    _COLUMNS: """
        resource.columns_name resource.columns_field_name resource.columns_datatype resource.columns_description
        resource.columns_format resource.column_count resource.row_count
    """,
    _USE: "resource.page_views resource.download_count",
    _RELATION: "resource.parent_fxf",
}

IGNORED_FIELDS: Mapping[str, str] = {path: reason for reason, paths in _GROUPS.items() for path in paths.split()}
"""Fields with no use here, with the reason."""

WORDS_LIMIT = 5
"""Words of a custom field that may be a name; longer ones are questions and instructions."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    "publisher": ("publisher", "publishing agency", "publishing organization", "publicador", "editor"),
    "agency": (
        "nombre de la entidad", "entidad", "institucion", "organismo", "ministerio", "organizacion", "agency name",
        "agency", "department name", "department", "department agency", "source department", "publishing department",
        "organization", "organisation", "directorate", "ministry", "dependencia", "area o dependencia",
    ),
    "frequency": (
        "update frequency", "frequency", "frecuencia de actualizacion", "frecuencia", "periodicidad",
        "dataset update frequency", "data update frequency", "frequency of update", "frequency of updates",
        "expected update frequency", "estimated update frequency", "refresh frequency", "refresh rate", "update period",
        "update schedule", "update interval", "update cadence", "update regularity", "data change cadence",
        "posting frequency", "publishing frequency", "frequency of publishing", "accrual periodicity",
        "periodicidad de actualizacion",
    ),
    "temporal": (
        "temporal coverage", "temporal", "temporal applicability", "temporal extent", "cobertura temporal",
        "time period coverage", "time period of content", "time period", "period of coverage", "period of time",
        "temporal coverage time period", "date range", "periodo", "periodo de tiempo",
    ),
    "start": ("start date", "fecha de inicio", "fecha inicial"),
    "end": ("end date", "fecha de fin", "fecha final"),
    "spatial": (
        "geographic coverage", "geospatial coverage", "spatial coverage", "spatial", "cobertura geografica",
        "cobertura espacial", "geographic region name", "geographic extent", "geographic area", "jurisdiction",
    ),
    "language": ("language", "languages", "idioma", "lenguaje"),
    "licence": ("license", "licence", "licencia"),
    "rights": (
        "terms of use", "terms of service", "public access level comment", "access level comment", "rights",
        "terminos de uso",
    ),
    "access": ("public access level", "access level", "nivel de acceso"),
    "issued": ("issued", "fecha emision", "fecha de emision", "fecha de publicacion"),
    "modified": ("last update", "last updated", "modified"),
    "theme": ("theme", "topic", "tema"),
    "conforms": ("data standard", "estandar"),
    "version": ("version",),
    "contact_name": ("contact name", "nombre de contacto", "data contact", "primary data contact"),
    "contact_mail": (
        "contact email", "email", "correo electronico", "correo de contacto", "correo electronico de contacto",
        "correo electronico contacto",
    ),
}  # fmt: skip
"""Meaning → names of custom fields, best first."""

_OFFICE = "codes of the federal administration of one country"
_ABOUT = "points at documentation or at related datasets; measured nowhere yet"

_IDLE: Mapping[str, str] = {
    _PERSON: """
        data steward|business data steward|data owner|business owner|technical owner|data custodian|name|contact phone
        |contact telephone|business contact and phone|technical contact and phone|contact information|contacto
    """,
    _OFFICE: "bureau code|program code|primary it investment uii|system of records|is quality data",
    _ABOUT: """
        homepage|homepage url|references|described by|described by type|data dictionary|data dictionary variable list
        |related documents|technical documentation|additional documentation link|related data set|related datasets link s
        |citation|suggested citation|footnotes|url documentacion|url normativa|documentacion
    """,
}
"""Names of custom fields that have no use here, by reason."""

_IDLE_NAMES = frozenset(name.strip() for names in _IDLE.values() for name in names.split("|"))
_FREQUENCY = re.compile(r"\b(?:frequency|frecuencia|periodicity|periodicidad)\b")


@lru_cache(maxsize=4096)
def plain_name(key: str) -> str:
    """The last part of the key of a custom field, as words.

    >>> plain_name("Información-de-Datos_Frecuencia-de-Actualización"), plain_name("Coverage_Temporal-Coverage-(Period)-")
    ('frecuencia de actualizacion', 'temporal coverage period')
    """
    last = key.partition("_")[2] or key
    bare = "".join(part for part in unicodedata.normalize("NFKD", last.lower()) if not unicodedata.combining(part))
    words = re.sub(r"[^0-9a-z]+", " ", bare).split()
    return " ".join(words[:-3] if words[-3:] == ["aaaa", "mm", "dd"] else words)


def custom_keys(keys: Mapping[str, object], meaning: str) -> tuple[str, ...]:
    """The custom fields that mean this, best first; fields of the same name in the order of the source."""
    names = {key: plain_name(key) for key in keys}
    found = [key for name in _NAMES[meaning] for key in keys if names[key] == name]
    if meaning == "frequency":
        short = [key for key in keys if key not in found and len(names[key].split()) <= WORDS_LIMIT]
        found.extend(key for key in short if _FREQUENCY.search(names[key]))
    return tuple(found)


def is_idle(key: str) -> bool:
    """Whether a custom field is listed as having no use here."""
    return plain_name(key) in _IDLE_NAMES
